from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oltreiperimetri.accounts.enums import STAFF_ROLES, Role
from oltreiperimetri.audit.trail import Transition
from oltreiperimetri.shared.models import TimestampedModel
from partners.models import Organisation
from partners.models.organisation import WithinOrganisationQuerySet

from .edition import Edition

HOST_AND_STAFF = STAFF_ROLES | {Role.FIRM_CONTACT}


class NeedQuerySet(WithinOrganisationQuerySet):
    def published(self):
        return self.filter(state=Need.State.PUBLISHED)

    def waiting(self):
        return self.filter(state=Need.State.PROPOSED)

    def matching(self, text: str):
        return self.filter(Q(title__icontains=text.strip()) | Q(organisation__name__icontains=text.strip()))


class Need(TimestampedModel):
    """What a partner's business is looking for, so that somebody may answer with an idea. Staff read it first."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("To be checked")
        PUBLISHED = "published", pgettext_lazy("need", "Published")
        RETURNED = "returned", _("Sent back")
        WITHDRAWN = "withdrawn", pgettext_lazy("need", "Withdrawn")

    TRANSITIONS = {
        (State.PROPOSED, State.PUBLISHED): Transition(_("Publish"), roles=STAFF_ROLES),
        (State.PROPOSED, State.RETURNED): Transition(_("Send back"), roles=STAFF_ROLES, needs_reason=True),
        (State.RETURNED, State.PROPOSED): Transition(_("Send it again"), roles=HOST_AND_STAFF),
        (State.PROPOSED, State.WITHDRAWN): Transition(_("Withdraw"), roles=HOST_AND_STAFF),
        (State.RETURNED, State.WITHDRAWN): Transition(_("Withdraw"), roles=HOST_AND_STAFF),
        (State.PUBLISHED, State.WITHDRAWN): Transition(_("Withdraw"), roles=HOST_AND_STAFF),
    }
    TONES = {State.PROPOSED: "wait", State.PUBLISHED: "ok", State.RETURNED: "no", State.WITHDRAWN: "quiet"}
    audit_subject = None

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="needs", verbose_name=_("edition"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="needs", verbose_name=_("organisation"))
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("what you need"), max_length=2000)
    offer = models.TextField(_("what you offer to whoever has the idea"), max_length=1000)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.PROPOSED)
    published_on = models.DateField(_("published on"), null=True, blank=True)

    objects = NeedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("need of a firm")
        verbose_name_plural = _("needs of firms")
        indexes = [models.Index(fields=["edition", "state"], name="need_edition_state")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_on__isnull=False),
                name="a_published_need_has_its_day",
                violation_error_message=_("A published need has the day of its publication."),
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("generazioni:need_own", args=[self.pk])

    @property
    def is_editable_by_firm(self) -> bool:
        return self.state in {self.State.PROPOSED, self.State.RETURNED}
