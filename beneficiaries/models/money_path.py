from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.accounts.enums import STAFF_ROLES
from oltreiperimetri.audit.trail import Transition
from oltreiperimetri.followups.models import FollowUpPlan
from oltreiperimetri.shared.crypto import EncryptedTextField
from oltreiperimetri.shared.models import TimestampedModel

from ..enums_money import MoneyOutcome, MoneyPathKind, StopReason
from . import reach
from .person import OfPersonQuerySet, Person

LONGEST_SESSION = 480


class MoneyPathQuerySet(OfPersonQuerySet):
    def open(self):
        return self.filter(state=MoneyPath.State.OPEN)


class MoneyPath(TimestampedModel):
    """A path beside ORAFO: financial education, or debts negotiated again. Once it has ended it is followed for a year."""

    class State(models.TextChoices):
        OPEN = "open", _("Under way")
        ENDED = "ended", _("Ended")
        STOPPED = "stopped", _("Interrupted")

    TRANSITIONS = {
        (State.OPEN, State.ENDED): Transition(_("End the path"), roles=STAFF_ROLES),
        (State.OPEN, State.STOPPED): Transition(
            _("Interrupt the path"), roles=STAFF_ROLES, needs_reason=True, reasons=tuple(StopReason.choices)
        ),
        (State.ENDED, State.OPEN): Transition(_("Open it again"), roles=STAFF_ROLES),
        (State.STOPPED, State.OPEN): Transition(_("Open it again"), roles=STAFF_ROLES),
    }
    TONES = {State.OPEN: "info", State.ENDED: "ok", State.STOPPED: "quiet"}

    person = models.ForeignKey(Person, models.CASCADE, related_name="money_paths", verbose_name=_("person"))
    kind = models.CharField(_("kind"), max_length=10, choices=MoneyPathKind.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    educator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("educator")
    )
    opened_on = models.DateField(_("opened on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    goals = EncryptedTextField(_("goals"), blank=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=MoneyOutcome.choices, blank=True)
    plan = models.OneToOneField(
        FollowUpPlan, models.SET_NULL, null=True, blank=True, related_name="money_path", verbose_name=_("follow-up plan")
    )

    objects = MoneyPathQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_on", "-pk"]
        verbose_name = _("path of the household economy")
        verbose_name_plural = _("paths of the household economy")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(state="open"),
                name="one_open_money_path_of_a_kind",
                violation_error_message=_("A path of this kind is already under way."),
            ),
            models.CheckConstraint(
                condition=Q(state="open", ended_on=None, outcome="")
                | Q(state="stopped", ended_on__isnull=False, outcome="")
                | Q(state="ended", ended_on__isnull=False) & ~Q(outcome=""),
                name="an_ended_money_path_says_when_and_how",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=models.F("opened_on")), name="money_path_ends_after_it_opens"
            ),
        ]

    def __str__(self):
        return str(self.get_kind_display())

    @property
    def audit_subject(self):
        return self.person.audit_key

    @property
    def follow_up_code(self) -> str:
        """The code of its path among the follow-ups."""
        return f"finance.{self.kind}"

    def follow_by(self, plan: FollowUpPlan) -> None:
        self.plan = plan


class MoneySessionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return reach.about_people(self, user, "path__person")

    def honoured(self):
        return self.filter(outcome=MoneySession.Outcome.HONOURED)


class MoneySession(TimestampedModel):
    """A meeting with an educator about the household economy; its note is read by who wrote it, and by nobody else."""

    class Outcome(models.TextChoices):
        HONOURED = "honoured", _("Took place")
        EXCUSED = "excused", _("The person let us know")
        NO_SHOW = "no_show", _("The person did not come")

    path = models.ForeignKey(MoneyPath, models.CASCADE, related_name="sessions", verbose_name=_("path"))
    day = models.DateField(_("day"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    educator = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("educator"))
    outcome = models.CharField(_("how it went"), max_length=10, choices=Outcome.choices, default=Outcome.HONOURED)
    note = EncryptedTextField(_("note only for me"), blank=True)
    note_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("note written by")
    )

    objects = MoneySessionQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-pk"]
        verbose_name = _("session with an educator")
        verbose_name_plural = _("sessions with an educator")
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="honoured", minutes__range=(1, LONGEST_SESSION)) | Q(minutes=0) & ~Q(outcome="honoured"),
                name="a_held_session_has_minutes",
            )
        ]

    def __str__(self):
        return _("Session of %(day)s") % {"day": self.day.strftime("%d/%m/%Y")}

    @property
    def audit_subject(self):
        return self.path.person.audit_key

    def note_for(self, reader) -> str:
        """The note, to who wrote it; empty to anybody else, whatever the role."""
        return self.note if self.note_by_id == reader.pk else ""
