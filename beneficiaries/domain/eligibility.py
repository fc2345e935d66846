"""Eligibility for ORAFO as arithmetic on frozen facts: no database, no clock, no translation.

Every criterion is judged alone from its own fact, and all are always told. Only those whose rule blocks decide; the others
warn. What a paper has still to prove, and what was waived, does not close the door.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from oltreiperimetri.shared.dates import add_months, age_on, birthday_on
from oltreiperimetri.shared.rulesets import RuleSet

from .clock import Clock, Spell, clock_of


class Criterion(StrEnum):
    """In the order in which they are told."""

    AGE = "age"
    UNEMPLOYED = "unemployed"
    DURATION = "unemployment_duration"
    RESIDENCE = "residence"
    AGE_MAX = "age_max"
    LOSS_REASON = "expelled_by_crisis"
    RESIDENCE_MONTHS = "residence_min_months"


class Verdict(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    NEEDS_EVIDENCE = "needs_evidence"
    WAIVED = "waived"


class Outcome(StrEnum):
    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    TO_ASSESS = "to_assess"


BLOCK = "block"
PROVEN = frozenset({"seen", "verified"})


@dataclass(frozen=True)
class Facts:
    """What is known about a person; None is "not known".

    `municipality` is an ISTAT code. `evidence` is what the papers are worth on the day, as (kind, worth) pairs; None when
    nobody looked at papers. `waived` are the criteria that two people agreed not to ask.
    """

    birth_date: date | None = None
    last_job_ended_on: date | None = None
    working_now: bool | None = None
    lives_in_programme: bool | None = None
    municipality: str | None = None
    resident_since: date | None = None
    loss_reason: str | None = None
    did_on: date | None = None
    spells: tuple[Spell, ...] = ()
    evidence: tuple[tuple[str, str], ...] | None = None
    waived: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """One criterion: its verdict, the value seen, and the day from which the verdict is another (or None).

    `evidence` is the kind of paper that proves it; `clock` the days between which it counts, where there are any.
    """

    criterion: Criterion
    verdict: Verdict
    value: int | None = None
    changes_on: date | None = None
    effect: str = BLOCK
    evidence: str = ""
    clock: Clock | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Judgement:
    outcome: Outcome
    results: tuple[Result, ...]
    changes_on: date | None

    def criteria(self, verdict: Verdict) -> tuple[Criterion, ...]:
        """The criteria of this verdict, of those that decide."""
        return tuple(result.criterion for result in self.results if result.verdict == verdict and result.effect == BLOCK)


def judge(facts: Facts, rules: RuleSet, on: date) -> Judgement:
    """Judge `facts` by `rules` on a day. `changes_on` is the first later day with another outcome, all else equal."""
    results = all_results(facts, rules, on)
    outcome = outcome_of(results)
    turning_points = sorted(result.changes_on for result in results if result.changes_on)
    changes_on = next((day for day in turning_points if outcome_of(all_results(facts, rules, day)) != outcome), None)
    return Judgement(outcome, results, changes_on)


def all_results(facts: Facts, rules: RuleSet, on: date) -> tuple[Result, ...]:
    """One result for each criterion that these rules ask, in order."""
    return tuple(
        settled(replace(JUDGES[criterion](facts, rules, on), effect=rules.rule(code).effect), facts, rules)
        for criterion, code in RULE_OF.items()
        if is_asked(rules.get(code))
    )


def is_asked(value) -> bool:
    """A rule without a value, or switched off, or of no months, asks nothing."""
    return value not in (None, False, (), 0)


def settled(result: Result, facts: Facts, rules: RuleSet) -> Result:
    """The same result after waivers and papers: a waiver lifts what is not met, a paper proves what is."""
    if result.criterion in facts.waived and result.verdict in (Verdict.NOT_MET, Verdict.UNKNOWN):
        return replace(result, verdict=Verdict.WAIVED, changes_on=None)
    kinds = kinds_required(result.criterion, rules)
    if result.verdict != Verdict.MET or not kinds or facts.evidence is None:
        return result
    worth = dict(facts.evidence)
    proof = next((kind for kind in kinds if worth.get(kind) in PROVEN), "")
    if proof:
        return replace(result, evidence=proof)
    return replace(result, verdict=Verdict.NEEDS_EVIDENCE)


def kinds_required(criterion: str, rules: RuleSet) -> tuple[str, ...]:
    """The kinds of papers any of which proves a criterion; none when the person's word is enough."""
    return dict(rules.get("evidence_required", ())).get(criterion, ())


def outcome_of(results: tuple[Result, ...]) -> Outcome:
    verdicts = {result.verdict for result in results if result.effect == BLOCK}
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


def age_max(facts: Facts, rules: RuleSet, on: date) -> Result:
    """`age_max` completed years at most; the value is the age."""
    if facts.birth_date is None:
        return Result(Criterion.AGE_MAX, Verdict.UNKNOWN)
    years = age_on(facts.birth_date, on)
    if years > rules["age_max"]:
        return Result(Criterion.AGE_MAX, Verdict.NOT_MET, years)
    return Result(Criterion.AGE_MAX, Verdict.MET, years, birthday_on(facts.birth_date, rules["age_max"] + 1))


def unemployed(facts: Facts, rules: RuleSet, on: date) -> Result:
    return Result(Criterion.UNEMPLOYED, verdict_of(None if facts.working_now is None else not facts.working_now))


def unemployment_duration(facts: Facts, rules: RuleSet, on: date) -> Result:
    """Not after the start of the clock plus `unemployment_max_months` calendar months; the value is the days left."""
    clock = clock_of(facts, rules, on)
    if clock.last_day is None:
        return Result(Criterion.DURATION, Verdict.UNKNOWN, changes_on=turn(clock.turns_on, None, facts, rules, on))
    left = (clock.last_day - on).days
    if left >= 0:
        ends_on = clock.last_day + timedelta(days=1)
        changes_on = turn(clock.turns_on, ends_on, facts, rules, on)
        return Result(Criterion.DURATION, Verdict.MET, left, changes_on, clock=clock)
    return Result(Criterion.DURATION, Verdict.NOT_MET, left, turn(clock.turns_on, None, facts, rules, on), clock=clock)


def turn(turns_on: date | None, ends_on: date | None, facts: Facts, rules: RuleSet, on: date) -> date | None:
    """The first later day on which the verdict is another; a job in between may move the end, so each day is tried."""
    if turns_on is None:
        return ends_on
    now, day = within(facts, rules, on), on
    while True:
        clock = clock_of(facts, rules, day)
        ends = clock.last_day + timedelta(days=1) if clock.last_day else None
        day = min((one for one in (clock.turns_on, ends) if one and one > day), default=None)
        if day is None or within(facts, rules, day) != now:
            return day


def within(facts: Facts, rules: RuleSet, on: date) -> bool | None:
    last_day = clock_of(facts, rules, on).last_day
    return None if last_day is None else on <= last_day


def residence(facts: Facts, rules: RuleSet, on: date) -> Result:
    """In one of the towns of these rules; where only a yes or no was kept, that counts."""
    lives_there = facts.lives_in_programme
    if facts.municipality:
        lives_there = facts.municipality in rules["residence"]
    return Result(Criterion.RESIDENCE, verdict_of(lives_there))


def loss_reason(facts: Facts, rules: RuleSet, on: date) -> Result:
    """The last job ended in one of the ways listed."""
    return Result(
        Criterion.LOSS_REASON, verdict_of(facts.loss_reason in rules["expelled_by_crisis"] if facts.loss_reason else None)
    )


def residence_months(facts: Facts, rules: RuleSet, on: date) -> Result:
    """Resident for at least so many calendar months."""
    if facts.resident_since is None:
        return Result(Criterion.RESIDENCE_MONTHS, Verdict.UNKNOWN)
    met_from = add_months(facts.resident_since, rules["residence_min_months"])
    if on >= met_from:
        return Result(Criterion.RESIDENCE_MONTHS, Verdict.MET)
    return Result(Criterion.RESIDENCE_MONTHS, Verdict.NOT_MET, changes_on=met_from)


def verdict_of(is_met: bool | None) -> Verdict:
    if is_met is None:
        return Verdict.UNKNOWN
    return Verdict.MET if is_met else Verdict.NOT_MET


RULE_OF = {
    Criterion.AGE: "age_min",
    Criterion.UNEMPLOYED: "unemployed_now",
    Criterion.DURATION: "unemployment_max_months",
    Criterion.RESIDENCE: "residence",
    Criterion.AGE_MAX: "age_max",
    Criterion.LOSS_REASON: "expelled_by_crisis",
    Criterion.RESIDENCE_MONTHS: "residence_min_months",
}
JUDGES: dict[Criterion, Callable[[Facts, RuleSet, date], Result]] = {
    Criterion.AGE: age,
    Criterion.UNEMPLOYED: unemployed,
    Criterion.DURATION: unemployment_duration,
    Criterion.RESIDENCE: residence,
    Criterion.AGE_MAX: age_max,
    Criterion.LOSS_REASON: loss_reason,
    Criterion.RESIDENCE_MONTHS: residence_months,
}
