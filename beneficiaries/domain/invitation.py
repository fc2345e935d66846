"""People are asked to choose a time; before that, the office is told how many times there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.accounts.enums import ALL_TOWNS_ROLES
from oltreiperimetri.accounts.models import User
from oltreiperimetri.audit.trail import record
from oltreiperimetri.shared.errors import DomainError, refuse_unless

from ..access import may_decide, people_visible_to
from ..enums import MeetingKind
from ..models import Application, Appointment, FreeTime, Person
from . import interview
from .appointment import choose, plan_reminders
from .appointment_told import quiet_until, tell_invited
from .free_time import free_seats, town_of

DAYS_TO_CHOOSE = 10
State = Appointment.State


@dataclass(frozen=True)
class Prospect:
    """Before inviting: how many people, how many others are still choosing, how many places are free for them."""

    people: int
    choosing: int
    free: int

    @property
    def is_enough(self) -> bool:
        return self.free >= self.people + self.choosing


@dataclass(frozen=True)
class Invited:
    """What became of one person: the appointment, or the reason of the refusal."""

    person: Person
    appointment: Appointment | None = None
    refusal: DomainError | None = None

    @property
    def is_invited(self) -> bool:
        return self.appointment is not None


def prospect(people: Iterable[Person], kind: str, *, now: datetime) -> Prospect:
    people = list(people)
    others = Appointment.objects.invited().filter(kind=kind).exclude(person__in=[person.pk for person in people])
    return Prospect(len(people), others.count(), free_seats(people, kind, now=now) if people else 0)


def invite(people: Iterable[Person], kind: str, *, by, now: datetime) -> list[Invited]:
    """Ask each to choose a time; one refused does not stop the others. Returns a result per person, in their order."""
    return [invite_one(person, kind, by=by, now=now) for person in people]


def invite_one(person: Person, kind: str, *, by, now: datetime) -> Invited:
    try:
        with transaction.atomic():
            appointment = open_appointment(person, kind, by=by, now=now)
            until = quiet_until(person)
            if until and until > now:
                raise DomainError(
                    _("We have written to them about an appointment in the last 24 hours: invite them tomorrow."),
                    code="written_recently",
                )
            tell_invited(appointment, by=by, now=now)
            plan_reminders(appointment, now=now)
    except DomainError as refusal:
        return Invited(person, refusal=refusal)
    return Invited(person, appointment=appointment)


def open_appointment(person: Person, kind: str, *, by, now: datetime) -> Appointment:
    """A new appointment without a day; for an interview, the application waits for the person."""
    person = Person.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=person.pk)
    refuse_unless(people_visible_to(by).filter(pk=person.pk).exists() and person.user_id != by.pk)
    if person.appointments.open().filter(kind=kind).exists():
        raise DomainError(_("They already have an appointment of this kind, or were invited to one."), code="already_open")
    application = application_to_talk_about(person, by=by) if kind == MeetingKind.INTERVIEW else None
    choose_by = timezone.localdate(now) + timedelta(days=DAYS_TO_CHOOSE)
    appointment = Appointment.objects.create(
        person=person,
        application=application,
        kind=kind,
        state=State.INVITED,
        host=application.owner if application else None,
        invited_at=now,
        invited_by=by,
        choose_by=choose_by,
    )
    record("invite", appointment, by=by, changes={"state": [None, State.INVITED], "choose_by": str(choose_by)}, at=now)
    if application:
        interview.await_person(application, until=choose_by, by=by, now=now)
    return appointment


def application_to_talk_about(person: Person, *, by) -> Application:
    """The latest application that may go to an interview now, locked. Raises DomainError without one."""
    found = Application.objects.filter(person=person, state__in=interview.MAY_BE_INVITED).order_by("-received_at", "-pk")
    application = found.select_for_update(of=("self",)).first()
    if application is None:
        raise DomainError(
            _("No application is ready for an interview: take it in review first, or choose another reason."),
            code="no_application",
        )
    refuse_unless(may_decide(by, application))
    return application


@transaction.atomic
def book_for(person: Person, free_time: FreeTime, *, by, now: datetime) -> Appointment:
    """Book a published time on somebody's behalf; whoever was already invited, or booked, for the same keeps one row."""
    appointment = person.appointments.open().filter(kind=free_time.kind).first()
    if appointment is None:
        appointment = open_appointment(person, free_time.kind, by=by, now=now)
    choose(appointment, free_time, by=by, now=now)
    return appointment


def without_choice(user: User, *, now: datetime) -> list[Appointment]:
    """Those invited by colleagues within `user`'s reach for whom no time is free: somebody has to publish some."""
    invited = list(
        Appointment.objects.invited().visible_to(user).select_related("person__municipality").order_by("choose_by", "pk")
    )
    if not invited:
        return []
    free = set(FreeTime.objects.bookable(now).order_by().values_list("kind", "host"))
    hosts = User.objects.filter(pk__in={host for _kind, host in free})
    everywhere = set(hosts.with_role(*ALL_TOWNS_ROLES).values_list("pk", flat=True))
    covered = set(hosts.values_list("pk", "municipalities"))

    def may_meet(appointment: Appointment, host: int) -> bool:
        town = town_of(appointment.person)
        return town is None or host in everywhere or host == appointment.host_id or (host, town) in covered

    return [one for one in invited if not any(kind == one.kind and may_meet(one, host) for kind, host in free)]
