from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.models import TimestampedModel


class SavedViewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own and those that colleagues share."""
        return self.filter(Q(owner=user) | Q(is_shared=True))


class SavedView(TimestampedModel):
    """The filters of a list under a name. `query` is the part of the address after `?`, never with a searched name."""

    class List(models.TextChoices):
        APPLICATIONS = "applications", _("Applications")
        PEOPLE = "people", _("People")

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views", verbose_name=_("saved by")
    )
    list = models.CharField(_("list"), max_length=20, choices=List.choices)
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(_("filters"), max_length=500, blank=True)
    is_default = models.BooleanField(_("opens first"), default=False)
    is_shared = models.BooleanField(_("shared with the team"), default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "list", "name"],
                name="a_view_has_one_name",
                violation_error_message=_("You already have a view with this name."),
            ),
            models.UniqueConstraint(fields=["owner", "list"], condition=Q(is_default=True), name="one_view_opens_first"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"{reverse(f'beneficiaries:{self.list}')}?{self.query}"
