from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.audit.trail import Transition
from oltreiperimetri.shared.models import TimestampedModel

from ..enums import MOST_SEATS, MeetingKind
from .application import Application
from .person import Person


class AppointmentState(models.TextChoices):
    INVITED = "invited", _("Invited, no day yet")
    BOOKED = "booked", _("Booked")
    HONOURED = "honoured", _("They met")
    EXCUSED = "excused", _("Absent, with notice")
    NO_SHOW = "no_show", _("Did not come")
    CANCELLED_BY_PERSON = "cancelled_by_person", _("Cancelled by the person")
    CANCELLED_BY_OFFICE = "cancelled_by_office", _("Cancelled by us")


OPEN = (AppointmentState.INVITED, AppointmentState.BOOKED)
CANCELLED = (AppointmentState.CANCELLED_BY_PERSON, AppointmentState.CANCELLED_BY_OFFICE)
OUTCOMES = (AppointmentState.HONOURED, AppointmentState.EXCUSED, AppointmentState.NO_SHOW)
# Who sits on a numbered seat of a published time: also afterwards, so that the past stays countable.
ON_A_SEAT = (AppointmentState.BOOKED, *OUTCOMES)


class AppointmentQuerySet(models.QuerySet):
    def invited(self):
        """Asked to choose a time, and not chosen yet."""
        return self.filter(state=Appointment.State.INVITED)

    def planned(self):
        return self.filter(state=Appointment.State.BOOKED)

    def open(self):
        return self.filter(state__in=OPEN)

    def held(self):
        return self.filter(state=Appointment.State.HONOURED)

    def interviews(self):
        return self.filter(kind=MeetingKind.INTERVIEW)

    def on_a_seat(self):
        return self.filter(state__in=ON_A_SEAT)

    def visible_to(self, user):
        """Staff: those of the people they reach, and those whom they expect themselves. A participant: the own ones."""
        if not user.is_authenticated:
            return self.none()
        if user.sees_all_towns:
            return self
        theirs = Exists(Person.objects.visible_to(user).filter(pk=OuterRef("person")))
        return self.filter(theirs | Q(host=user)) if user.is_staff_member else self.filter(person__user=user)


class Appointment(TimestampedModel):
    """Somebody is expected at a place, on a day and hour; or is asked to choose one.

    On a published time it holds a numbered seat. One for an application is its interview; those that took place are
    the consultations of the half-year report. Moved, it keeps its row: a person is never expected twice, nor lost.
    `place`, `starts_at` and `ends_at` are what the person was told. `told_at`: when we last wrote about it.
    """

    State = AppointmentState
    TRANSITIONS = {
        (State.INVITED, State.BOOKED): Transition(_("Book")),
        (State.INVITED, State.CANCELLED_BY_PERSON): Transition(_("Cancel")),
        (State.INVITED, State.CANCELLED_BY_OFFICE): Transition(_("Cancel")),
        (State.BOOKED, State.HONOURED): Transition(_("They came")),
        (State.BOOKED, State.EXCUSED): Transition(_("Absent, with notice")),
        (State.BOOKED, State.NO_SHOW): Transition(_("Did not come")),
        (State.BOOKED, State.CANCELLED_BY_PERSON): Transition(_("Cancel")),
        (State.BOOKED, State.CANCELLED_BY_OFFICE): Transition(_("Cancel")),
    }
    TONES = {"invited": "wait", "booked": "info", "honoured": "ok", "no_show": "no"} | dict.fromkeys(
        ("excused", "cancelled_by_person", "cancelled_by_office"), "quiet"
    )

    person = models.ForeignKey(Person, models.CASCADE, related_name="appointments", verbose_name=_("person"))
    application = models.ForeignKey(
        Application, models.CASCADE, null=True, blank=True, related_name="interviews", verbose_name=_("application")
    )
    kind = models.CharField(_("what for"), max_length=12, choices=MeetingKind.choices)
    state = models.CharField(_("state"), max_length=20, choices=State.choices)
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("with whom")
    )
    free_time = models.ForeignKey(
        "beneficiaries.FreeTime",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="appointments",
        verbose_name=_("published time"),
    )
    seat = models.PositiveSmallIntegerField(_("seat"), null=True, blank=True)
    starts_at = models.DateTimeField(_("day and time"), null=True, blank=True)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=150, blank=True)
    sequence = models.PositiveSmallIntegerField(_("times changed"), default=0, editable=False)
    invited_at = models.DateTimeField(_("invited at"), null=True, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("invited by")
    )
    choose_by = models.DateField(_("last day to choose"), null=True, blank=True)
    booked_at = models.DateTimeField(_("booked at"), null=True, blank=True)
    told_at = models.DateTimeField(_("last written to at"), null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-pk"]
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        indexes = [
            models.Index(fields=["state", "starts_at"], name="appointment_state"),
            models.Index(fields=["host", "starts_at"], name="appointment_of_host"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["free_time", "seat"],
                condition=Q(state__in=ON_A_SEAT),
                name="one_person_per_seat_of_a_time",
                violation_error_message=_("Somebody has just taken this place."),
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state__in=OPEN),
                name="one_open_interview",
                violation_error_message=_("There is already an open interview for this application."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=ON_A_SEAT)
                | Q(free_time__isnull=True, seat__isnull=True)
                | Q(free_time__isnull=False, seat__isnull=False, seat__gte=1, seat__lte=MOST_SEATS),
                name="who_comes_at_a_published_time_has_a_seat",
                violation_error_message=_("A seat has a number from 1 to 12."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=ON_A_SEAT) | Q(starts_at__isnull=False),
                name="who_is_expected_knows_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="invited") | Q(choose_by__isnull=False, invited_at__isnull=False, starts_at__isnull=True),
                name="who_is_invited_has_a_day_to_choose_by",
            ),
        ]

    def __str__(self):
        if self.starts_at is None:
            return str(self.get_kind_display())
        return f"{timezone.localtime(self.starts_at):%d/%m/%Y %H:%M}, {self.place}"

    def get_absolute_url(self):
        return reverse("beneficiaries:appointment", args=[self.pk])

    @property
    def audit_subject(self):
        return self.person.audit_key

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_booked(self) -> bool:
        return self.state == self.State.BOOKED

    @property
    def is_invited(self) -> bool:
        return self.state == self.State.INVITED

    @property
    def is_cancelled(self) -> bool:
        return self.state in CANCELLED

    def is_over(self, now: datetime) -> bool:
        return self.starts_at is not None and self.starts_at < now
