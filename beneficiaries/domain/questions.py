"""Which questions hang on which rule, and which are to be asked again because the rules changed in the meantime."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from oltreiperimetri.shared.rulesets import RuleSet

from ..models import RegistrationDraft
from .rules import orafo_rules, rule_set

QUESTIONS = {
    "age_min": ("birth_date",),
    "age_max": ("birth_date",),
    "unemployment_max_months": ("last_job_ended_on",),
    "unemployed_now": ("working_now",),
    "residence": ("town",),
    "expelled_by_crisis": ("loss_reason",),
}


@dataclass(frozen=True)
class RuleChange:
    """A rule that is not as it was when the registration was begun; None is "there was no such rule"."""

    code: str
    before: Any
    after: Any


def rule_changes(before: RuleSet, after: RuleSet) -> list[RuleChange]:
    """The rules whose value differs, in the order of the newer set and then of the older."""
    old, new = ({rule.code: rule.value for rule in rules.rules} for rules in (before, after))
    return [RuleChange(code, old.get(code), new.get(code)) for code in {**new, **old} if old.get(code) != new.get(code)]


def changes_since(draft: RegistrationDraft, *, today: date) -> list[RuleChange]:
    """What changed between the rules under which a draft was begun and those of today."""
    rules = orafo_rules(today)
    if draft.rule_set_version is None or (draft.rule_set, draft.rule_set_version) == (rules.code, rules.version):
        return []
    return rule_changes(rule_set(draft.rule_set, draft.rule_set_version), rules)


def to_ask_again(draft: RegistrationDraft, *, today: date) -> list[str]:
    """The questions already answered that hang on a changed rule and were not answered again since: names of fields."""
    changes = changes_since(draft, today=today)
    if not changes:
        return []
    version, answered = orafo_rules(today).version, draft.answers or {}
    fields = [field for change in changes for field in QUESTIONS.get(change.code, ())]
    return [field for field in dict.fromkeys(fields) if field in answered and f"{version}:{field}" not in draft.asked_again]
