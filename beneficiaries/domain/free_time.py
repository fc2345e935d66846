"""Free times: published by colleagues, offered to people, taken back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.accounts.enums import ALL_TOWNS_ROLES, Role
from oltreiperimetri.accounts.models import User
from oltreiperimetri.audit.trail import record
from oltreiperimetri.reminders.window import is_holiday
from oltreiperimetri.shared.dates import ROME, at_rome
from oltreiperimetri.shared.errors import DomainError

from ..models import FreeTime, MeetingPlace, Person

FARTHEST_DAYS = 183
MOST_TIMES = 400


@dataclass(frozen=True)
class Published:
    """`made`; and how many were left out because the host is already busy then, or the day is a holiday."""

    made: list[FreeTime]
    busy: int
    holidays: int


def times_of(day: date, first: time, last: time, minutes: int) -> list[tuple[datetime, datetime]]:
    """The stretches of `minutes` between two hours by the clock of Rome, in true time also when the clock changes."""
    moment = datetime.combine(day, first, tzinfo=ROME).astimezone(UTC)
    end = datetime.combine(day, last, tzinfo=ROME).astimezone(UTC)
    length, found = timedelta(minutes=minutes), []
    while moment + length <= end:
        found.append((moment, moment + length))
        moment += length
    return found


def days_of(first: date, weekdays: Iterable[int], weeks: int) -> list[date]:
    """`first` and the other `weekdays` (0 is Monday) from then on, for so many weeks; sorted, none before `first`."""
    wanted = set(weekdays) | {first.weekday()}
    return [day for day in (first + timedelta(days=number) for number in range(7 * weeks)) if day.weekday() in wanted]


@transaction.atomic
def publish(
    place: MeetingPlace,
    *,
    kind: str,
    host: User,
    day: date,
    first: time,
    last: time,
    minutes: int,
    capacity: int = 1,
    weekdays: Iterable[int] = (),
    weeks: int = 1,
    by,
    now: datetime,
) -> Published:
    """Keep free the times between two hours, on a day and on those that repeat it. Times the host already has, and
    holidays, are left out and counted. Raises DomainError when nothing can be published."""
    days = days_of(day, weekdays, weeks)
    if days[-1] > timezone.localdate(now) + timedelta(days=FARTHEST_DAYS):
        raise DomainError(
            _("The last day is more than six months away: check month and weeks."), code="too_far", field="day"
        )
    open_days = [one for one in days if not is_holiday(one)]
    wanted = [pair for one in open_days for pair in times_of(one, first, last, minutes) if pair[0] > now]
    if not wanted:
        raise DomainError(
            _("No time to publish: check the hours, and that day and hour are still to come."), code="none", field="day"
        )
    if len(wanted) > MOST_TIMES:
        raise DomainError(_("These are too many times at once: publish fewer weeks."), code="too_many", field="weeks")
    User.objects.select_for_update().get(pk=host.pk)
    kept = list(FreeTime.objects.live().filter(host=host, ends_at__gt=wanted[0][0], starts_at__lt=wanted[-1][1]))
    free = [pair for pair in wanted if not any(pair[0] < one.ends_at and one.starts_at < pair[1] for one in kept)]
    made = [
        FreeTime(place=place, kind=kind, host=host, starts_at=starts_at, ends_at=ends_at, capacity=capacity)
        for starts_at, ends_at in free
    ]
    try:
        with transaction.atomic():
            made = FreeTime.objects.bulk_create(made)
    except IntegrityError as error:
        raise DomainError(_("The same times are being published right now: look again."), code="busy") from error
    for one in made[:1]:
        record("publish_free_times", one, by=by, changes={"count": len(made), "host": host.pk}, at=now)
    return Published(made, busy=len(wanted) - len(made), holidays=len(days) - len(open_days))


@transaction.atomic
def withdraw(free_time: FreeTime, *, by, now: datetime) -> int:
    """Nobody can book it any more; who is booked stays expected. Returns how many those are."""
    if not FreeTime.objects.live().filter(pk=free_time.pk).update(withdrawn_at=now):
        raise DomainError(_("This time had already been taken back."), code="withdrawn")
    free_time.refresh_from_db()
    record("withdraw_free_time", free_time, by=by, changes={"withdrawn_at": now.isoformat()}, at=now)
    return free_time.appointments.planned().count()


def hosts_for(towns: Iterable[str | None]) -> QuerySet[User]:
    """The colleagues whom people of these towns may meet: the town's caseworkers and who sees all towns.

    None stands for somebody of no town of the programme, whom everybody may meet.
    """
    towns = set(towns)
    everywhere = Q(role_assignments__role__in=ALL_TOWNS_ROLES)
    if None in towns:
        return User.objects.active().filter(everywhere | Q(role_assignments__role=Role.CASEWORKER))
    return User.objects.active().filter(everywhere | Q(role_assignments__role=Role.CASEWORKER, municipalities__in=towns))


def town_of(person: Person) -> str | None:
    town = person.municipality
    return town.pk if town and town.in_programme else None


def offered_to(person: Person, kind: str, *, now: datetime, host: User | None = None) -> QuerySet[FreeTime]:
    """What somebody may choose from now on, in order of time; `host` is offered whatever the town."""
    hosts = Q(host__in=hosts_for([town_of(person)]).values("pk"))
    if host:
        hosts |= Q(host=host)
    return (
        FreeTime.objects.bookable(now).filter(hosts, kind=kind).select_related("place", "host").order_by("starts_at", "pk")
    )


def free_seats(people: Iterable[Person], kind: str, *, now: datetime) -> int:
    """How many seats are free for these people together."""
    hosts = hosts_for(town_of(person) for person in people).values("pk")
    times = FreeTime.objects.bookable(now).filter(kind=kind, host__in=hosts)
    return times.aggregate(free=Sum(F("capacity") - F("taken")))["free"] or 0


def day_bounds(first: date, days: int) -> tuple[datetime, datetime]:
    """From the midnight of `first` to that after the last of `days`, by the clock of Rome."""
    return at_rome(first), at_rome(first + timedelta(days=days))
