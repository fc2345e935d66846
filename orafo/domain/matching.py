"""Whether a person and a slot fit: every reason against, and what speaks for it. Values only, no database, no clock."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from oltreiperimetri.shared.dates import add_months

from .intervals import Interval, overlap, peak

MONTHS = 3
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class PersonFacts:
    """`busy`: live traineeships; `hosts`: organisations that have already hosted the person."""

    pk: int
    town: str | None
    has_licence: bool | None
    has_car: bool | None
    busy: tuple[Interval, ...] = ()
    hosts: frozenset[int] = frozenset()
    has_open_proposal: bool = False


@dataclass(frozen=True)
class SlotFacts:
    """`site_load`, `tutor_load`: live traineeships; `free_places`: of the slot, open proposals taken off."""

    pk: int
    organisation: int
    town: str | None
    starts_on: date | None
    ends_on: date | None
    needs_licence: bool
    needs_car: bool
    free_places: int
    site_quota: int
    site_load: tuple[Interval, ...] = ()
    tutor_load: tuple[Interval, ...] = ()
    tutor_max: int = 3
    is_open: bool = True


@dataclass(frozen=True)
class Fit:
    """`against` are hard filters, `doubts` are to be asked, `in_favour` help to choose; codes of REASONS."""

    against: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    in_favour: tuple[str, ...] = ()
    period: Interval | None = field(default=None)

    @property
    def is_possible(self) -> bool:
        return not self.against


def fit(person: PersonFacts, slot: SlotFacts, *, period: Interval) -> Fit:
    """Judge a placement in `period` (first and last day)."""
    against = [
        code
        for code, holds in (
            ("slot_closed", not slot.is_open),
            ("slot_full", slot.free_places < 1),
            ("licence", slot.needs_licence and person.has_licence is False),
            ("car", slot.needs_car and person.has_car is False),
            ("period", is_outside(slot, period)),
            ("site_full", peak(slot.site_load, within=period) >= slot.site_quota),
            ("tutor_full", peak(slot.tutor_load, within=period) >= slot.tutor_max),
            ("already_hosted", slot.organisation in person.hosts),
            ("busy", any(overlap(busy, period) for busy in person.busy)),
        )
        if holds
    ]
    doubts = [
        code
        for code, holds in (
            ("licence_unknown", slot.needs_licence and person.has_licence is None),
            ("car_unknown", slot.needs_car and person.has_car is None),
        )
        if holds
    ]
    same_town = person.town is not None and person.town == slot.town
    return Fit(tuple(against), tuple(doubts), ("same_town",) if same_town else (), period)


def is_outside(slot: SlotFacts, period: Interval) -> bool:
    starts_early = slot.starts_on is not None and period[0] < slot.starts_on
    ends_late = slot.ends_on is not None and period[1] > slot.ends_on
    return starts_early or ends_late


def earliest_period(slot: SlotFacts, *, today: date) -> Interval:
    """The first three months in which site and tutor have room within the slot's period; else from its first day."""
    start = max(today, slot.starts_on or today)
    starts = [start, *(last + ONE_DAY for _first, last in (*slot.site_load, *slot.tutor_load) if last >= start)]
    for first in sorted(starts):
        period = three_months_from(first)
        if has_room(slot, period) and not is_outside(slot, period):
            return period
    return three_months_from(start)


def three_months_from(first: date) -> Interval:
    return first, add_months(first, MONTHS) - ONE_DAY


def has_room(slot: SlotFacts, period: Interval) -> bool:
    return peak(slot.site_load, within=period) < slot.site_quota and peak(slot.tutor_load, within=period) < slot.tutor_max
