"""Seats: taken, offered, given back. Every act on a seat locks its group first; the constraints stand behind it."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beneficiaries.models import Application, Person
from oltreiperimetri.accounts.enums import LinkPurpose
from oltreiperimetri.accounts.links import revoke_links
from oltreiperimetri.audit.trail import move, record
from oltreiperimetri.reminders import engine
from oltreiperimetri.shared.dates import at_rome
from oltreiperimetri.shared.errors import DomainError

from .. import emails
from ..models import Cohort, Membership
from .aftermath import follow_exit

State = Membership.State
DAYS_TO_ANSWER = 3


def enrol(person: Person, cohort: Cohort, *, by, today: date, now: datetime | None = None) -> Membership:
    """Give a person the lowest free seat. `now` is the instant the history shows: noon of `today` unless said.

    Raises DomainError: full, not taking people, person not admitted, or already in a group.
    """
    now = now or at_rome(today, 12)
    expire_offers(cohort, today=today, now=now)
    try:
        with transaction.atomic():
            return take_seat(person, cohort, by=by, today=today, now=now)
    except IntegrityError as error:
        raise DomainError(
            _("Somebody took this seat at the same moment, or the person has just got another one. Look again."),
            code="taken",
        ) from error


def take_seat(person: Person, cohort: Cohort, *, by, today: date, now: datetime) -> Membership:
    cohort = lock(cohort)
    refuse_closed_group(cohort, today=today)
    refuse_engaged_or_not_admitted(person)
    seat = lowest_free_seat(cohort)
    waiting = cohort.memberships.waiting().filter(person=person).first()
    if waiting:
        move(waiting, State.ENROLLED, by=by, now=now, seat=seat, enrolled_on=max(today, cohort.starts_on))
        membership = waiting
    else:
        membership = Membership.objects.create(
            cohort=cohort, person=person, state=State.ENROLLED, seat=seat, enrolled_on=max(today, cohort.starts_on)
        )
        record("enrol", membership, by=by, changes={"state": [None, State.ENROLLED], "seat": [None, seat]}, at=now)
    emails.seat_given(membership, by=by, now=now)
    return membership


def lock(cohort: Cohort) -> Cohort:
    return Cohort.objects.locked().get(pk=cohort.pk)


def taken_seats(cohort: Cohort) -> set[int]:
    return set(cohort.memberships.on_a_seat().values_list("seat", flat=True))


def lowest_free_seat(cohort: Cohort) -> int:
    taken = taken_seats(cohort)
    for seat in range(1, cohort.capacity + 1):
        if seat not in taken:
            return seat
    raise DomainError(
        ngettext(
            "The group “%(name)s” is full: its only seat is taken or offered. You can use the waiting list.",
            "The group “%(name)s” is full: all %(count)s seats are taken or offered. You can use the waiting list.",
            cohort.capacity,
        )
        % {"name": cohort.name, "count": cohort.capacity},
        code="full",
    )


def refuse_closed_group(cohort: Cohort, *, today: date) -> None:
    if not cohort.takes_people:
        raise DomainError(
            _("The group “%(name)s” is not open to people: its state is “%(state)s”.")
            % {"name": cohort.name, "state": cohort.get_state_display()},
            code="not_open",
        )
    if cohort.is_over_on(today):
        raise DomainError(_("The group “%(name)s” is over.") % {"name": cohort.name}, code="over")


def refuse_engaged_or_not_admitted(person: Person) -> None:
    engaged = person.memberships.holding().select_related("cohort").first()
    if engaged:
        raise DomainError(
            _("%(person)s already has a seat in the group “%(group)s”.")
            % {"person": person.full_name, "group": engaged.cohort.name},
            code="engaged",
        )
    if not may_join(person):
        raise DomainError(
            _("%(person)s has no admitted application: decide about the application first.") % {"person": person.full_name},
            code="not_admitted",
        )


def may_join(person: Person) -> bool:
    decided = [Application.State.ADMITTED, Application.State.WAITING_LIST]
    return person.applications.filter(state__in=decided).exists()


@transaction.atomic
def join_waiting_list(person: Person, cohort: Cohort, *, by, now: datetime) -> Membership:
    """Add at the end of the list; the position never changes and is never used again."""
    cohort = lock(cohort)
    today = timezone.localdate(now)
    refuse_closed_group(cohort, today=today)
    refuse_engaged_or_not_admitted(person)
    if cohort.memberships.waiting().filter(person=person).exists():
        raise DomainError(
            _("%(person)s is already on the waiting list.") % {"person": person.full_name}, code="already_waiting"
        )
    last = cohort.memberships.exclude(position=None).order_by("-position").values_list("position", flat=True).first()
    membership = Membership.objects.create(
        cohort=cohort, person=person, state=State.WAITLISTED, position=(last or 0) + 1, listed_on=today
    )
    record("join_waiting_list", membership, by=by, changes={"state": [None, State.WAITLISTED]}, at=now)
    return membership


def offer_seat(membership: Membership, *, by, now: datetime) -> Membership:
    """Hold the lowest free seat for somebody who waits; the answer is due within three days, the last one included."""
    today = timezone.localdate(now)
    expire_offers(membership.cohort, today=today, now=now)
    with transaction.atomic():
        cohort = lock(membership.cohort)
        refuse_closed_group(cohort, today=today)
        refuse_engaged_or_not_admitted(membership.person)
        move(
            membership,
            State.OFFERED,
            by=by,
            now=now,
            seat=lowest_free_seat(cohort),
            offered_at=now,
            offer_until=today + timedelta(days=DAYS_TO_ANSWER),
        )
        emails.seat_offered(membership, by=by, now=now)
        engine.plan(membership, now=now)
    return membership


def accept_offer(membership: Membership, *, by, now: datetime) -> None:
    """`by=None`: by the link in the mail. Raises DomainError when the last day has passed."""
    today = timezone.localdate(now)
    expire_offers(membership.cohort, today=today, now=now)
    with transaction.atomic():
        lock(membership.cohort)
        membership.refresh_from_db()
        if membership.state == State.EXPIRED:
            raise DomainError(
                _("The time to answer has passed and the seat has gone back to the group. Call us: we look together."),
                code="lapsed",
            )
        move(membership, State.ENROLLED, by=by, now=now, enrolled_on=max(today, membership.cohort.starts_on))
        settle_offer(membership, now=now)
        emails.seat_given(membership, by=by, now=now)


@transaction.atomic
def decline_offer(membership: Membership, *, by, now: datetime) -> None:
    lock(membership.cohort)
    move(membership, State.DECLINED, by=by, now=now)
    settle_offer(membership, now=now)


def expire_offers(cohort: Cohort, *, today: date, now: datetime) -> int:
    """The index cannot see the clock: offers past their last day leave their seat, in a transaction of their own."""
    if not cohort.memberships.with_lapsed_offer(today).exists():
        return 0
    with transaction.atomic():
        lock(cohort)
        lapsed = list(cohort.memberships.with_lapsed_offer(today).order_by("pk"))
        for membership in lapsed:
            move(membership, State.EXPIRED, by=None, now=now)
            settle_offer(membership, now=now)
    return len(lapsed)


def expire_all_offers(*, today: date, now: datetime) -> int:
    """The sweep over every group."""
    cohorts = Cohort.objects.filter(memberships__in=Membership.objects.with_lapsed_offer(today)).distinct()
    return sum(expire_offers(cohort, today=today, now=now) for cohort in cohorts.order_by("pk"))


def settle_offer(membership: Membership, *, now: datetime) -> None:
    """An offer that was answered or lapsed: its links close, its reminders stop."""
    revoke_links(LinkPurpose.SEAT_OFFER, membership, now=now)
    engine.plan(membership, now=now)


@transaction.atomic
def wait_again(membership: Membership, *, by, now: datetime) -> None:
    """Back on the waiting list at the old position, after an offer that lapsed."""
    move(membership, State.WAITLISTED, by=by, now=now, seat=None, offer_until=None, offered_at=None)


@transaction.atomic
def leave_waiting_list(membership: Membership, *, by, now: datetime, reason: str, note: str = "") -> None:
    move(membership, State.RELEASED, by=by, now=now, reason=reason, note=note)


@transaction.atomic
def withdraw(membership: Membership, *, by, now: datetime, reason: str, note: str = "") -> None:
    """The person leaves: the seat is free from today."""
    leave(membership, State.WITHDRAWN, by=by, now=now, reason=reason, note=note)
    follow_exit(membership, by=by, now=now)


@transaction.atomic
def exclude(membership: Membership, *, by, now: datetime, reason: str, note: str = "") -> None:
    leave(membership, State.EXCLUDED, by=by, now=now, reason=reason, note=note)
    follow_exit(membership, by=by, now=now)


def leave(membership: Membership, to: str, *, by, now: datetime, reason: str, note: str) -> None:
    lock(membership.cohort)
    today = timezone.localdate(now)
    move(membership, to, by=by, now=now, reason=reason, note=note, left_on=max(today, membership.enrolled_on))


@transaction.atomic
def transfer(membership: Membership, to: Cohort, *, by, now: datetime, reason: str, note: str = "") -> Membership:
    """Move somebody to another group: both groups are locked, in the order of their numbers."""
    if membership.cohort_id == to.pk:
        raise DomainError(_("Choose another group."), code="same_group", field="to")
    for cohort in sorted([membership.cohort, to], key=lambda cohort: cohort.pk):
        lock(cohort)
    today = timezone.localdate(now)
    leave(membership, State.TRANSFERRED, by=by, now=now, reason=reason, note=note)
    return take_seat(membership.person, to, by=by, today=today, now=now)
