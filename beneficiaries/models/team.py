from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.models import TimestampedModel

from ..enums import TeamRole


class TeamQuerySet(models.QuerySet):
    def now(self):
        """Those whose part has not ended; an end is written on its day, never for a day to come."""
        return self.filter(until=None)


class TeamMember(TimestampedModel):
    """Somebody around a person: a colleague, who by this reaches the person from any town, or a partner by name."""

    person = models.ForeignKey("beneficiaries.Person", models.CASCADE, related_name="team", verbose_name=_("person"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("colleague")
    )
    partner_name = models.CharField(_("partner"), max_length=120, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=TeamRole.choices)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("added by")
    )

    objects = TeamQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        verbose_name = _("member of the team")
        verbose_name_plural = _("members of the team")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "user"],
                condition=Q(until=None, user__isnull=False),
                name="a_colleague_once_in_a_team",
                violation_error_message=_("This colleague is already in the team."),
            ),
            models.CheckConstraint(
                condition=Q(user=None) & ~Q(partner_name="") | Q(user__isnull=False, partner_name=""),
                name="team_member_is_colleague_or_partner",
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="team_ends_after_its_start"),
        ]

    def __str__(self):
        return str(self.user) if self.user_id else self.partner_name

    @property
    def audit_subject(self):
        return self.person.audit_key
