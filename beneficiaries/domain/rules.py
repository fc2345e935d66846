"""Published rule sets of ORAFO. A published version never changes: a new one is added after it, with its dates."""

from datetime import date

from oltreiperimetri.shared.rulesets import Rule, RuleSet, in_force

ORAFO = (
    RuleSet(
        code="orafo",
        version=1,
        valid_from=date(2014, 11, 1),
        valid_to=None,
        rules=(
            Rule(
                "age_min", 40, "years", source="Press release of Lainate, 22 February 2016: “over 40”", certainty="programme"
            ),
            Rule(
                "unemployment_max_months",
                24,
                "calendar months, the last day included",
                source="Press release of Lainate, 22 February 2016: “da non più di due anni”",
                certainty="programme",
            ),
            Rule("unemployed_now", True, source="Press release; art. 19 D.Lgs. 150/2015", certainty="programme and law"),
            Rule(
                "residence",
                "the nine towns of the Rhodense",
                source="Press release of Lainate, 22 February 2016; list of the towns in the register",
                certainty="programme",
            ),
            Rule(
                "expelled_by_crisis",
                ("dismissal", "redundancy", "contract_end", "closure"),
                effect="warn",
                source="Press release: “espulsi dal mondo del lavoro a causa della crisi”; the list is to be confirmed",
            ),
        ),
    ),
)


def orafo_rules(day: date) -> RuleSet:
    """The rule set of ORAFO in force on `day` (before the first one, the first)."""
    return in_force(ORAFO, day)


def rule_set(code: str, version: int) -> RuleSet:
    """A published version, also one no longer in force. Raises LookupError."""
    for published in ORAFO:
        if (published.code, published.version) == (code, version):
            return published
    raise LookupError(f"no rule set {code} version {version}")
