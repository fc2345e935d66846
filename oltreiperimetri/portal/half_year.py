"""The half-year sheet for the funder: figures laid out by town, and small numbers hidden.

A number under 5 could point at a person in a small town, so it is hidden; where the whole would give it away, one more
number is hidden beside it, and at last the whole itself. The sheet does not say which of the hidden ones is small.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from oltreiperimetri.shared.desk import Figure

SMALL = 5
HIDDEN = None
FIRST_YEAR = 2015


@dataclass(frozen=True)
class HalfYear:
    year: int
    half: int

    @property
    def start(self) -> date:
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def end(self) -> date:
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    @property
    def code(self) -> str:
        return f"{self.year}-{self.half}"

    @property
    def before(self) -> "HalfYear":
        return HalfYear(self.year, 1) if self.half == 2 else HalfYear(self.year - 1, 2)


def half_year_of(day: date) -> HalfYear:
    return HalfYear(day.year, 1 if day.month <= 6 else 2)


def recent(today: date, count: int = 8) -> list[HalfYear]:
    """The running half year and those before it, newest first."""
    found = [half_year_of(today)]
    while len(found) < count and found[-1].before.year >= FIRST_YEAR:
        found.append(found[-1].before)
    return found


@dataclass(frozen=True)
class Line:
    """One indicator: a number per town (None = hidden) and for the whole area."""

    area: str
    indicator: str
    towns: dict[str, int | None]
    whole: int | None


def lines_of(figures: Iterable[Figure], town_codes: Iterable[str]) -> list[Line]:
    """Lay figures out. The whole is the figure given without a town, or the sum; towns outside count in the whole only."""
    codes = list(town_codes)
    per_town: dict[tuple, dict[str, int]] = defaultdict(lambda: dict.fromkeys(codes, 0))
    whole: dict[tuple, int] = {}
    summed: dict[tuple, int] = defaultdict(int)
    order: dict[tuple, None] = {}
    for figure in figures:
        key = (str(figure.area), str(figure.indicator))
        order[key] = None
        if figure.municipality is None:
            whole[key] = whole.get(key, 0) + figure.value
            continue
        summed[key] += figure.value
        if figure.municipality in codes:
            per_town[key][figure.municipality] += figure.value
    return [Line(*key, *hide_small(per_town[key], whole.get(key, summed[key]))) for key in order]


def hide_small(towns: dict[str, int], whole: int) -> tuple[dict[str, int | None], int | None]:
    """Hide 1 to 4; then the next smallest numbers, until what is hidden cannot be told from the whole.

    Enough is hidden when each hidden number may be anything from 1 to at least 5. Zero stays: it points at nobody.
    """
    hidden = {town for town, value in towns.items() if 0 < value < SMALL}
    candidates = sorted((town for town, value in towns.items() if value >= SMALL), key=lambda town: (towns[town], town))
    while hidden and candidates and gives_away(towns, hidden, whole):
        hidden.add(candidates.pop(0))
    shown_whole = HIDDEN if 0 < whole < SMALL or (hidden and gives_away(towns, hidden, whole)) else whole
    return {town: HIDDEN if town in hidden else value for town, value in towns.items()}, shown_whole


def gives_away(towns: dict[str, int], hidden: set[str], whole: int) -> bool:
    """Whether subtracting the shown numbers from the whole tells that a hidden one is small."""
    rest = whole - sum(value for town, value in towns.items() if town not in hidden)
    return len(hidden) < 2 or rest - (len(hidden) - 1) < SMALL
