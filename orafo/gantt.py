"""Traineeships as a strip of bars by month, drawn on the server; values only, the table beneath says the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from oltreiperimetri.shared.dates import add_months, inclusive_days

from .conditions import Condition, Where, condition_of
from .models import Traineeship

WIDTH, HEAD, ROW, BAR, FOOT = 480, 26, 48, 18, 6
FILLS = {
    Where.PREPARING: "#ffffff",
    Where.TO_START: "#b8d4f1",
    Where.RUNNING: "#0066cc",
    Where.TO_CLOSE: "#b06f00",
    Where.CLOSED: "#5a6872",
}


@dataclass(frozen=True)
class Bar:
    """One traineeship: its place in the drawing, in units of the view box."""

    traineeship: Traineeship
    condition: Condition
    name: str
    x: int
    y: int
    width: int
    fill: str

    @property
    def text_y(self) -> int:
        return self.y - 7


@dataclass(frozen=True)
class Month:
    """The line of a month's first day; `label` is empty where two would touch."""

    x: int
    label: str


@dataclass(frozen=True)
class Strip:
    bars: list[Bar]
    months: list[Month]
    today_x: int | None
    width: int
    height: int


def strip(traineeships: Iterable[Traineeship], *, today: date) -> Strip | None:
    """The traineeships that take, or took, place, by first day; None without any.

    Each comes with its person and organisation loaded.
    """
    rows = [traineeship for traineeship in traineeships if traineeship.state != Traineeship.State.VOID]
    if not rows:
        return None
    rows.sort(key=lambda traineeship: (traineeship.starts_on, traineeship.pk))
    first = min(traineeship.starts_on for traineeship in rows).replace(day=1)
    last = add_months(max(traineeship.effective_end for traineeship in rows).replace(day=1), 1) - timedelta(days=1)
    scale = WIDTH / inclusive_days(first, last)

    def x_of(day: date) -> int:
        return round((day - first).days * scale)

    bars = [bar_of(traineeship, number, x_of, today) for number, traineeship in enumerate(rows)]
    today_x = x_of(today) if first <= today <= last else None
    return Strip(bars, months_of(first, last, x_of), today_x, WIDTH, HEAD + ROW * len(bars) + FOOT)


def bar_of(traineeship: Traineeship, number: int, x_of, today: date) -> Bar:
    condition = condition_of(traineeship, today)
    start, end = x_of(traineeship.starts_on), x_of(traineeship.effective_end + timedelta(days=1))
    return Bar(
        traineeship=traineeship,
        condition=condition,
        name=_("%(person)s, %(firm)s") % {"person": traineeship.person.full_name, "firm": traineeship.organisation.name},
        x=start,
        y=HEAD + ROW * number + ROW - BAR - 4,
        width=max(end - start, 3),
        fill=FILLS[condition.code],
    )


def months_of(first: date, last: date, x_of) -> list[Month]:
    days = []
    day = first
    while day <= last:
        days.append(day)
        day = add_months(day, 1)
    every = -(-len(days) // 6)
    return [Month(x_of(day), date_format(day, "M y") if place % every == 0 else "") for place, day in enumerate(days)]
