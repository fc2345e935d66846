"""A parameter of the rules as people read it."""

from django.utils.translation import gettext as _

from oltreiperimetri.shared import municipalities
from oltreiperimetri.shared.rulesets import Rule

from ..enums import LossReason
from ..models import CriterionResult
from .explanation_other import papers_named
from .rules_2014 import CHOICES


def value_in_words(rule: Rule | None) -> str:
    """The value with its unit; "not set" where there is none."""
    if rule is None or rule.value is None or rule.value in ((), ""):
        return _("not set")
    match rule.kind:
        case "yes_no":
            return _("yes") if rule.value else _("no")
        case "choice":
            return dict(CHOICES[rule.code]).get(rule.value, rule.value)
        case "reasons":
            return "; ".join(str(LossReason(code).label) for code in rule.value)
        case "towns":
            names = {row["istat_code"]: row["name"] for row in municipalities.rows()}
            return ", ".join(sorted(names.get(code, code) for code in rule.value))
        case "evidence":
            titles = CriterionResult.Criterion
            return "; ".join(f"{titles(criterion).label}: {papers_named(kinds)}" for criterion, kinds in rule.value)
        case "list":
            return ", ".join(map(str, rule.value))
    return f"{rule.value} {rule.unit}".strip()
