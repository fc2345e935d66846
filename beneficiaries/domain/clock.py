"""From which day the months without work are counted, by the clock that the rules chose. Arithmetic on frozen facts.

A job of few days (`unemployment_suspension_days_max`) only suspends: after the end of the last job it does not start the
count again; the declaration of availability (DID) stands still on its days.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from oltreiperimetri.shared.dates import add_months
from oltreiperimetri.shared.rulesets import RuleSet

from . import employment

LAST_JOB_END, DID_DATE = "last_job_end", "did_date"


@dataclass(frozen=True)
class Spell:
    """A stretch of work as a fact, both days included (see models.EmploymentSpell)."""

    started_on: date | None = None
    ended_on: date | None = None
    kind: str = "employee"


@dataclass(frozen=True)
class Clock:
    """The day it starts from, its last day, and the first later day on which work makes it another; None: not known."""

    start: date | None = None
    last_day: date | None = None
    turns_on: date | None = None


def clock_of(facts, rules: RuleSet, on: date) -> Clock:
    """The clock of these facts (domain.eligibility.Facts) on a day."""
    most = rules.get("unemployment_suspension_days_max", employment.SUSPENDS_AT_MOST_DAYS)
    by_declaration = rules.get("unemployment_clock") == DID_DATE
    start, suspended = declaration(facts, on, most) if by_declaration else last_job(facts, on, most)
    turns_on = next_turn(facts, on, most)
    if start is None:
        return Clock(turns_on=turns_on)
    last_day = add_months(start, rules["unemployment_max_months"]) + timedelta(days=suspended)
    if not rules.get("unemployment_max_inclusive", True):
        last_day -= timedelta(days=1)
    return Clock(start, last_day, turns_on)


def declaration(facts, on: date, most: int) -> tuple[date | None, int]:
    """The day of the DID and the days on which it stood still; no day when it was never made, or lost by a long job."""
    if facts.did_on is None or facts.did_on > on:
        return None, 0
    if employment.declaration_lost_on(facts.spells, did_on=facts.did_on, on=on, most_days=most):
        return None, 0
    return facts.did_on, employment.suspended_days(facts.spells, did_on=facts.did_on, on=on, most_days=most)


def last_job(facts, on: date, most: int) -> tuple[date | None, int]:
    """The end of the last job that counts; none while such a job goes on."""
    if facts.last_job_ended_on is None:
        return employment.last_job_ended_on(facts.spells, on, most), 0
    counting = [spell for spell in begun_after(facts, on) if not employment.is_short(spell, on, most)]
    if employment.works_on(counting, on):
        return None, 0
    return max((spell.ended_on for spell in counting), default=facts.last_job_ended_on), 0


def begun_after(facts, on: date) -> list[Spell]:
    """Jobs begun after the last one that was told; one whose beginning is not known cannot be said to come later."""
    return [
        spell for spell in facts.spells if spell.started_on and facts.last_job_ended_on < spell.started_on <= on
    ]  # fmt: skip


def next_turn(facts, on: date, most: int) -> date | None:
    """The first later day on which the DID is made, or a job begins, ends, or has lasted too long to only suspend."""
    days = [facts.did_on] if facts.did_on else []
    for spell in facts.spells:
        if spell.started_on:
            days += [spell.started_on, spell.started_on + timedelta(days=most)]
        if spell.ended_on:
            days.append(spell.ended_on + timedelta(days=1))
    return min((day for day in days if day > on), default=None)
