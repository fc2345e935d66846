"""An appointment is booked on a published time, moved, called off, kept or not.

Every act locks in this order: the application of an interview, the published time, the appointment. The seats are
numbered; the constraint stands behind the lock.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import move, record
from oltreiperimetri.reminders import engine
from oltreiperimetri.shared.errors import DomainError, refuse_unless

from ..enums import MeetingKind
from ..models import Application, Appointment, FreeTime
from ..models.appointment import OUTCOMES
from . import interview
from .appointment_told import tell_booked, tell_cancelled
from .free_time import offered_to

State = Appointment.State
USUAL_LENGTH = timedelta(minutes=45)


def hold(appointment: Appointment) -> None:
    """Lock it, after the application whose interview it is."""
    lock_application(appointment)
    appointment.refresh_from_db(from_queryset=Appointment.objects.select_for_update(of=("self",)))


def lock_application(appointment: Appointment) -> None:
    if appointment.application_id:
        Application.objects.select_for_update(of=("self",)).get(pk=appointment.application_id)


def locked(free_time: FreeTime) -> FreeTime:
    return FreeTime.objects.select_for_update(of=("self",)).select_related("place", "host").get(pk=free_time.pk)


def is_persons_own(appointment: Appointment, by) -> bool:
    """Whether the person themselves act: by their link (None) or signed in."""
    return by is None or by.pk == appointment.person.user_id


def last_change_at(appointment: Appointment) -> datetime:
    """Until when the person may move or cancel by themselves."""
    return appointment.starts_at - timedelta(hours=settings.APPOINTMENT_CHANGE_HOURS)


def may_change_at(appointment: Appointment, now: datetime) -> bool:
    return appointment.is_invited or (appointment.is_booked and now <= last_change_at(appointment))


def refuse_too_late(appointment: Appointment, *, by, now: datetime) -> None:
    if is_persons_own(appointment, by) and not may_change_at(appointment, now):
        raise DomainError(
            _("It is too late to change it here. Call us on %(phone)s: we find a way together.") % {"phone": settings.PHONE},
            code="too_late",
        )


def refuse_closed(appointment: Appointment) -> None:
    if not appointment.is_open:
        raise DomainError(
            _("This appointment can no longer be changed: it is “%(state)s”.")
            % {"state": appointment.get_state_display().lower()},
            code="closed",
        )


def choose(appointment: Appointment, free_time: FreeTime, *, by, now: datetime) -> None:
    """Book a published time for whoever was invited, or move there who has another: one row, never both, never none.

    `by=None`: by the person's link. Raises DomainError: closed, too late, not offered, past, full.
    """
    try:
        with transaction.atomic():
            take_seat(appointment, free_time, by=by, now=now)
    except IntegrityError as error:
        raise DomainError(_("Somebody has just taken this place. Choose another one."), code="taken") from error


def take_seat(appointment: Appointment, free_time: FreeTime, *, by, now: datetime) -> None:
    lock_application(appointment)
    free_time = locked(free_time)
    hold(appointment)
    refuse_closed(appointment)
    refuse_too_late(appointment, by=by, now=now)
    if appointment.free_time_id == free_time.pk:
        raise DomainError(_("This is already the time of the appointment."), code="same")
    refuse_unavailable(appointment, free_time, by=by, now=now)
    refuse_two_at_once(appointment, free_time)
    put_at(
        appointment,
        starts_at=free_time.starts_at,
        ends_at=free_time.ends_at,
        place=free_time.place.told,
        host=free_time.host,
        free_time=free_time,
        seat=lowest_free_seat(free_time),
        by=by,
        now=now,
    )
    tell_booked(appointment, by=by, now=now)


def refuse_unavailable(appointment: Appointment, free_time: FreeTime, *, by, now: datetime) -> None:
    if free_time.starts_at <= now:
        raise DomainError(_("This time has already passed. Choose another one."), code="past")
    if free_time.withdrawn_at:
        raise DomainError(_("This time is no longer free. Choose another one."), code="withdrawn")
    if is_persons_own(appointment, by):
        offered = offered_to(appointment.person, appointment.kind, now=now, host=appointment.host)
        if not offered.filter(pk=free_time.pk).exists():
            raise DomainError(_("This time is no longer free. Choose another one."), code="not_offered")


def refuse_two_at_once(appointment: Appointment, free_time: FreeTime) -> None:
    others = Appointment.objects.planned().filter(person=appointment.person_id).exclude(pk=appointment.pk)
    if others.filter(starts_at__lt=free_time.ends_at, ends_at__gt=free_time.starts_at).exists():
        raise DomainError(_("There is already another appointment at this hour."), code="overlap")


def lowest_free_seat(free_time: FreeTime) -> int:
    taken = set(free_time.appointments.on_a_seat().values_list("seat", flat=True))
    for seat in range(1, free_time.capacity + 1):
        if seat not in taken:
            return seat
    raise DomainError(_("Somebody has just taken this place. Choose another one."), code="full")


def put_at(appointment: Appointment, *, by, now: datetime, **when) -> None:
    """Write where and when: booked for the first time, or moved in its row. The reminder and the application follow."""
    if appointment.is_invited:
        move(appointment, State.BOOKED, by=by, now=now, booked_at=now, choose_by=None, **when)
    else:
        before = appointment.starts_at
        for name, value in {**when, "booked_at": now, "sequence": appointment.sequence + 1}.items():
            setattr(appointment, name, value)
        appointment.save()
        times = [before.isoformat(), appointment.starts_at.isoformat()]
        record("move_appointment", appointment, by=by, changes={"starts_at": times}, at=now)
    if appointment.application:
        day = timezone.localdate(appointment.starts_at)
        actor = None if is_persons_own(appointment, by) else by
        interview.await_person(appointment.application, until=day, by=actor, now=now)
    plan_reminders(appointment, now=now)


def plan_reminders(appointment: Appointment, *, now: datetime) -> None:
    """The steps of this appointment, and the warning to whoever invited when nothing is left to choose."""
    engine.plan(appointment, now=now)
    if appointment.invited_by:
        engine.plan(appointment.invited_by, now=now)


@transaction.atomic
def cancel(appointment: Appointment, *, message: str = "", by, now: datetime, in_silence: bool = False) -> None:
    """Call it off; the seat is free at once. Who cancels by themselves hears nothing more; from us a message leaves.

    `in_silence`: what happens to the application is told anyway.
    """
    hold(appointment)
    refuse_closed(appointment)
    refuse_too_late(appointment, by=by, now=now)
    own = is_persons_own(appointment, by)
    to = State.CANCELLED_BY_PERSON if own else State.CANCELLED_BY_OFFICE
    move(appointment, to, by=by, now=now, sequence=appointment.sequence + 1, choose_by=None)
    if appointment.application and not in_silence:
        interview.back_in_review(appointment.application, now=now)
    plan_reminders(appointment, now=now)
    if not own and not in_silence:
        tell_cancelled(appointment, message, by=by, now=now)


@transaction.atomic
def close(appointment: Appointment, outcome: str, *, by, now: datetime) -> None:
    """Say how it went; of an interview, it is the caseworker's turn again. Raises DomainError before it has begun."""
    if outcome not in OUTCOMES:
        raise DomainError(_("Choose how it went."), code="unknown_outcome")
    hold(appointment)
    refuse_unless(not is_persons_own(appointment, by))
    if appointment.is_booked and appointment.starts_at > now:
        raise DomainError(_("This appointment is still to come."), code="not_yet")
    move(appointment, outcome, by=by, now=now)
    if appointment.application:
        interview.await_decision(appointment.application, now=now)
    plan_reminders(appointment, now=now)


def expect_at(application: Application, *, starts_at: datetime, place: str, by, now: datetime) -> Appointment:
    """The interview of an application on a day and hour that nobody published; one planned before is moved."""
    appointment = application.interviews.open().select_for_update(of=("self",)).first()
    when = {"starts_at": starts_at, "ends_at": starts_at + USUAL_LENGTH, "place": place, "free_time": None, "seat": None}
    if appointment is None:
        appointment = Appointment.objects.create(
            person=application.person,
            application=application,
            kind=MeetingKind.INTERVIEW,
            state=State.BOOKED,
            host=application.owner or by,
            booked_at=now,
            **when,
        )
        record("plan_interview", appointment, by=by, changes={"starts_at": starts_at.isoformat()}, at=now)
        interview.await_person(application, until=timezone.localdate(starts_at), by=by, now=now)
        plan_reminders(appointment, now=now)
    else:
        appointment.application = application
        put_at(appointment, by=by, now=now, **when)
    return appointment
