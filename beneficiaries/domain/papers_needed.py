"""Which papers a version of the rules asks for."""

from oltreiperimetri.shared.rulesets import RuleSet

from .eligibility import Criterion


def documents_needed(rules: RuleSet) -> list[tuple[Criterion, tuple[str, ...]]]:
    """(criterion, kinds of papers any of which proves it), in the order of the criteria; empty where a word is enough."""
    required = dict(rules.get("evidence_required", ()))
    return [(criterion, required[criterion]) for criterion in Criterion if required.get(criterion)]
