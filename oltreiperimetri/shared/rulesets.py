"""Rules as data: published versions are dated and never change; a rule is looked up by day."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class Rule:
    """One parameter: its value (None: not set), unit, effect (block, warn, info), source and how certain it is.

    `kind` says how the value is written and edited: number, yes_no, days, text, list, or what the app of the rules adds.
    `title` is in the language of the documents, like `source`.
    """

    code: str
    value: Any
    unit: str = ""
    effect: str = "block"
    source: str = ""
    certainty: str = "to_confirm"
    kind: str = "text"
    title: str = ""


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

    @cached_property
    def by_code(self) -> dict[str, Rule]:
        return {rule.code: rule for rule in self.rules}

    def get(self, code: str, default: Any = None) -> Any:
        """The value of a rule; `default` where this version has no such rule."""
        rule = self.by_code.get(code)
        return default if rule is None else rule.value

    def rule(self, code: str) -> Rule:
        return self.by_code[code]

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
