"""The two clocks of being without work: the end of the last job, and the declaration of availability (DID).

Arithmetic on stretches of work, both days included; no database and no clock. Sources: art. 19 D.Lgs. 150/2015 and
circolare ANPAL 1/2019 (employment of at most 180 days suspends the status; its first and last day are suspended too).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from oltreiperimetri.shared.dates import inclusive_days

from ..models import EmploymentSpell

SUSPENDS_AT_MOST_DAYS = 180
EMPLOYEE = EmploymentSpell.Kind.EMPLOYEE


@dataclass(frozen=True)
class Seniority:
    """How long the declaration of availability has run: `days` without those suspended; 0 once `lost_on` is past."""

    days: int
    suspended: int = 0
    lost_on: date | None = None


def has_begun(spell: EmploymentSpell, on: date) -> bool:
    return spell.started_on is None or spell.started_on <= on


def is_running(spell: EmploymentSpell, on: date) -> bool:
    return has_begun(spell, on) and (spell.ended_on is None or spell.ended_on >= on)


def works_on(spells: Iterable[EmploymentSpell], day: date) -> bool:
    return any(is_running(spell, day) for spell in spells)


def is_short(spell: EmploymentSpell, on: date, most_days: int = SUSPENDS_AT_MOST_DAYS) -> bool:
    """Employment of at most `most_days` as far as it has gone on `on`: it only suspends. Without its beginning it is not."""
    if spell.kind != EMPLOYEE or spell.started_on is None:
        return False
    last = min(spell.ended_on or on, on)
    return last >= spell.started_on and inclusive_days(spell.started_on, last) <= most_days


def last_job_ended_on(spells: Iterable[EmploymentSpell], on: date, most_days: int = SUSPENDS_AT_MOST_DAYS) -> date | None:
    """The last day of the last job: short ones only suspend and do not count, unless there are no others.

    None while a job that counts goes on, and when nothing is known.
    """
    begun = [spell for spell in spells if has_begun(spell, on)]
    counting = [spell for spell in begun if not is_short(spell, on, most_days)] or begun
    if not counting or works_on(counting, on):
        return None
    return max(spell.ended_on for spell in counting)


def suspended_days(
    spells: Iterable[EmploymentSpell], *, did_on: date, on: date, most_days: int = SUSPENDS_AT_MOST_DAYS
) -> int:
    """Days from the declaration to `on` on which a short employment ran; a day of two jobs counts once."""
    count, counted_to = 0, did_on - timedelta(days=1)
    short = [spell for spell in spells if is_short(spell, on, most_days)]
    for spell in sorted(short, key=lambda spell: spell.started_on):
        first = max(spell.started_on, counted_to + timedelta(days=1))
        last = min(spell.ended_on or on, on)
        if first <= last:
            count, counted_to = count + inclusive_days(first, last), last
    return count


def declaration_lost_on(
    spells: Iterable[EmploymentSpell], *, did_on: date, on: date, most_days: int = SUSPENDS_AT_MOST_DAYS
) -> date | None:
    """The day after `most_days` of an employment begun after the declaration; None when there is none up to `on`."""
    days = [
        spell.started_on + timedelta(days=most_days)
        for spell in spells
        if spell.kind == EMPLOYEE and spell.started_on and spell.started_on >= did_on
        if inclusive_days(spell.started_on, min(spell.ended_on or on, on)) > most_days
    ]
    return min(days, default=None)


def seniority(did_on: date | None, spells: Iterable[EmploymentSpell], on: date) -> Seniority | None:
    """The second clock on a day, its first day included; None without a declaration made by then."""
    if did_on is None or did_on > on:
        return None
    spells = list(spells)
    suspended = suspended_days(spells, did_on=did_on, on=on)
    lost_on = declaration_lost_on(spells, did_on=did_on, on=on)
    return Seniority(0 if lost_on else inclusive_days(did_on, on) - suspended, suspended, lost_on)
