"""Eligibility for ORAFO as arithmetic on frozen facts: no database, no clock, no translation.

Three values: MET, NOT_MET, UNKNOWN. Every criterion is judged alone from its own fact, and all are always told.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from oltreiperimetri.shared.dates import add_months, age_on, birthday_on
from oltreiperimetri.shared.rulesets import RuleSet


class Criterion(StrEnum):
    """In the order in which they are told."""

    AGE = "age"
    UNEMPLOYED = "unemployed"
    DURATION = "unemployment_duration"
    RESIDENCE = "residence"


class Verdict(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Outcome(StrEnum):
    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    TO_ASSESS = "to_assess"


@dataclass(frozen=True)
class Facts:
    """What is known about a person; None is "not known"."""

    birth_date: date | None = None
    last_job_ended_on: date | None = None
    working_now: bool | None = None
    lives_in_programme: bool | None = None


@dataclass(frozen=True)
class Result:
    """One criterion: its verdict, the value seen, and the day from which the verdict is another (or None)."""

    criterion: Criterion
    verdict: Verdict
    value: int | None = None
    changes_on: date | None = None


@dataclass(frozen=True)
class Judgement:
    outcome: Outcome
    results: tuple[Result, ...]
    changes_on: date | None

    def criteria(self, verdict: Verdict) -> tuple[Criterion, ...]:
        return tuple(result.criterion for result in self.results if result.verdict == verdict)


def judge(facts: Facts, rules: RuleSet, on: date) -> Judgement:
    """Judge `facts` by `rules` on a day. `changes_on` is the first later day with another outcome, all else equal."""
    results = all_results(facts, rules, on)
    outcome = outcome_of(results)
    turning_points = sorted(result.changes_on for result in results if result.changes_on)
    changes_on = next((day for day in turning_points if outcome_of(all_results(facts, rules, day)) != outcome), None)
    return Judgement(outcome, results, changes_on)


def all_results(facts: Facts, rules: RuleSet, on: date) -> tuple[Result, ...]:
    return (
        age(facts, rules, on),
        unemployed(facts),
        unemployment_duration(facts, rules, on),
        residence(facts),
    )


def outcome_of(results: tuple[Result, ...]) -> Outcome:
    verdicts = {result.verdict for result in results}
    if Verdict.NOT_MET in verdicts:
        return Outcome.NOT_ELIGIBLE
    return Outcome.TO_ASSESS if Verdict.UNKNOWN in verdicts else Outcome.ELIGIBLE


def age(facts: Facts, rules: RuleSet, on: date) -> Result:
    """`age_min` completed years or more; the value is the age."""
    if facts.birth_date is None:
        return Result(Criterion.AGE, Verdict.UNKNOWN)
    years = age_on(facts.birth_date, on)
    if years >= rules["age_min"]:
        return Result(Criterion.AGE, Verdict.MET, years)
    return Result(Criterion.AGE, Verdict.NOT_MET, years, birthday_on(facts.birth_date, rules["age_min"]))


def unemployed(facts: Facts) -> Result:
    return Result(Criterion.UNEMPLOYED, verdict_of(None if facts.working_now is None else not facts.working_now))


def unemployment_duration(facts: Facts, rules: RuleSet, on: date) -> Result:
    """Not after the end of the last job plus `unemployment_max_months` calendar months; the value is the days left."""
    if facts.last_job_ended_on is None:
        return Result(Criterion.DURATION, Verdict.UNKNOWN)
    last_day = add_months(facts.last_job_ended_on, rules["unemployment_max_months"])
    if on <= last_day:
        return Result(Criterion.DURATION, Verdict.MET, (last_day - on).days, last_day + timedelta(days=1))
    return Result(Criterion.DURATION, Verdict.NOT_MET, (last_day - on).days)


def residence(facts: Facts) -> Result:
    return Result(Criterion.RESIDENCE, verdict_of(facts.lives_in_programme))


def verdict_of(is_met: bool | None) -> Verdict:
    if is_met is None:
        return Verdict.UNKNOWN
    return Verdict.MET if is_met else Verdict.NOT_MET
