"""Rules as data: published versions are dated and never change; a rule is looked up by day."""

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Rule:
    """One parameter: its value, unit, effect (block, warn, info), source and how certain it is."""

    code: str
    value: Any
    unit: str = ""
    effect: str = "block"
    source: str = ""
    certainty: str = "to_confirm"


@dataclass(frozen=True)
class RuleSet:
    """A published version: in force from `valid_from` to `valid_to`, both inclusive."""

    code: str
    version: int
    valid_from: date
    valid_to: date | None
    rules: tuple[Rule, ...]

    def __getitem__(self, code: str) -> Any:
        return self.rule(code).value

    def rule(self, code: str) -> Rule:
        return next(rule for rule in self.rules if rule.code == code)

    def covers(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def in_force(rule_sets: tuple[RuleSet, ...], day: date) -> RuleSet:
    """The rule set of `day`; before the first one, the first. Raises LookupError when there is a gap."""
    for rule_set in rule_sets:
        if rule_set.covers(day):
            return rule_set
    if day < rule_sets[0].valid_from:
        return rule_sets[0]
    raise LookupError(f"no rule set in force on {day}")
