"""The agenda of a stretch of days: what is published, who is booked, and the appointments at no published time."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from ..models import Appointment, FreeTime
from .free_time import day_bounds


@dataclass
class Line:
    """One hour of the agenda. `hidden`: seats of people whom the reader does not reach; `free`: None where nothing is
    published."""

    starts_at: datetime
    ends_at: datetime
    kind: str
    place: str
    host: object
    booked: list[Appointment]
    free_time: FreeTime | None = None
    free: int | None = None
    hidden: int = 0

    @property
    def is_withdrawn(self) -> bool:
        return self.free_time is not None and self.free_time.withdrawn_at is not None


@dataclass
class Day:
    day: date
    lines: list[Line] = field(default_factory=list)


def agenda(user, first: date, days: int, *, now: datetime, host=None, place: int | None = None, kind: str = "") -> list[Day]:
    """The days from `first`, also the empty ones; with `host` that colleague's lines only. Times that have passed with
    nobody are left out. Three queries."""
    start, end = day_bounds(first, days)
    span = {"starts_at__gte": start, "starts_at__lt": end}
    wanted = Q(**span)
    if host:
        wanted &= Q(host=host)
    if kind:
        wanted &= Q(kind=kind)
    lines = published_lines(user, wanted & (Q(place=place) if place else Q()), now=now)
    if not place:
        lines += loose_lines(user, wanted)
    found = {first + timedelta(days=number): Day(first + timedelta(days=number)) for number in range(days)}
    for line in sorted(lines, key=lambda line: (line.starts_at, line.ends_at)):
        found[timezone.localdate(line.starts_at)].lines.append(line)
    return list(found.values())


def without_outcome(user, *, before: date, now: datetime, host=None) -> QuerySet[Appointment]:
    """Those begun before a day of which nobody has said how they went, the latest first."""
    begun = Appointment.objects.planned().filter(starts_at__lt=min(day_bounds(before, 1)[0], now)).visible_to(user)
    if host:
        begun = begun.filter(host=host)
    return begun.select_related("person").order_by("-starts_at", "-pk")


def published_lines(user, wanted: Q, *, now: datetime) -> list[Line]:
    seated = Appointment.objects.on_a_seat()
    in_reach = seated.visible_to(user).select_related("person").order_by("seat")
    kept = Q(withdrawn_at=None, starts_at__gt=now) | Exists(seated.filter(free_time=OuterRef("pk")))
    times = FreeTime.objects.filter(wanted).filter(kept).with_taken().select_related("place", "host")
    return [
        Line(
            one.starts_at,
            one.ends_at,
            one.get_kind_display(),
            one.place.name,
            one.host,
            one.seated,
            free_time=one,
            free=0 if one.withdrawn_at else one.capacity - one.taken,
            hidden=one.taken - len(one.seated),
        )
        for one in times.prefetch_related(Prefetch("appointments", in_reach, to_attr="seated"))
    ]


def loose_lines(user, wanted: Q) -> Iterable[Line]:
    found = Appointment.objects.on_a_seat().filter(wanted, free_time=None).visible_to(user).select_related("person", "host")
    return [Line(one.starts_at, one.ends_at, one.get_kind_display(), one.place, one.host, [one]) for one in found]
