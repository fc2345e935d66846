import uuid
from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.accounts.enums import STAFF_ROLES
from oltreiperimetri.audit.trail import Transition
from oltreiperimetri.shared.dates import ROME
from oltreiperimetri.shared.models import TimestampedModel

from ..enums import ATTENDED, Mark, SessionKind
from . import reach
from .cohort import Cohort
from .membership import Membership


class SessionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return reach.within_cohort(self, user)

    def planned(self):
        return self.filter(state=Session.State.PLANNED)

    def held(self):
        return self.filter(state=Session.State.HELD)

    def without_register(self, today: date):
        """The day has come, and nobody has filled the register."""
        return self.planned().filter(day__lte=today)


class Session(TimestampedModel):
    """A meeting of a group. `sequence` grows whenever it is moved or cancelled, so that calendars follow."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    TRANSITIONS = {
        (State.PLANNED, State.HELD): Transition(_("Close the register"), roles=STAFF_ROLES),
        (State.PLANNED, State.CANCELLED): Transition(_("Cancel the meeting"), roles=STAFF_ROLES, needs_reason=True),
    }
    TONES = {State.PLANNED: "wait", State.HELD: "ok", State.CANCELLED: "no"}
    audit_subject = None

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="sessions", verbose_name=_("group"))
    kind = models.CharField(_("kind"), max_length=20, choices=SessionKind.choices)
    day = models.DateField(_("day"))
    start_time = models.TimeField(_("from"))
    end_time = models.TimeField(_("to"))
    place = models.CharField(_("place"), max_length=160)
    trainer = models.CharField(_("trainer"), max_length=120, blank=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(_("version of the appointment"), default=0, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PLANNED)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["day", "start_time", "pk"]
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        indexes = [models.Index(fields=["state", "day"], name="session_state_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(end_time__gt=F("start_time")),
                name="session_ends_after_it_starts",
                violation_error_message=_("The meeting ends before it begins."),
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.day:%d/%m/%Y}"

    def get_absolute_url(self):
        return reverse("orafo:session", args=[self.pk])

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(self.day, self.start_time, tzinfo=ROME)

    @property
    def ends_at(self) -> datetime:
        return datetime.combine(self.day, self.end_time, tzinfo=ROME)


class Attendance(TimestampedModel):
    """One cell of the register. It exists for exactly those who were in the group on the day of a held meeting."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="attendances", verbose_name=_("meeting"))
    membership = models.ForeignKey(
        Membership, models.PROTECT, related_name="attendances", verbose_name=_("place in the group")
    )
    mark = models.CharField(_("attendance"), max_length=10, choices=Mark.choices)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("noted by")
    )
    noted_at = models.DateTimeField(_("noted at"))

    class Meta:
        ordering = ["session", "membership"]
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [models.UniqueConstraint(fields=["session", "membership"], name="one_mark_per_meeting")]

    def __str__(self):
        return self.get_mark_display()

    @property
    def audit_subject(self):
        return self.membership.person.audit_key

    @property
    def attended(self) -> bool:
        return self.mark in ATTENDED
