"""Parameters of the paths of the household economy, by day."""

from datetime import date
from fractions import Fraction

from oltreiperimetri.shared.rulesets import Rule, RuleSet, in_force

# The call for the programme names no threshold: a third is what banks commonly use. To be confirmed by Sercop.
COMMON_PRACTICE = "prassi bancaria comune: un terzo del reddito netto; da confermare"
PROGRAMME = "#Oltreiperimetri, da confermare"

MONEY_RULES = (
    RuleSet(
        code="household-economy",
        version=1,
        valid_from=date(2015, 1, 1),
        valid_to=None,
        rules=(
            Rule("instalments_share_max", Fraction(1, 3), "of monthly income", effect="warn", source=COMMON_PRACTICE),
            Rule("course_follow_up_months", (3, 6, 12), "months after the end", effect="info", source=PROGRAMME),
            Rule("debt_follow_up_months", (3, 6, 12), "months after the end", effect="info", source=PROGRAMME),
            Rule("creditor_answer_days", 30, "days to wait for a creditor", effect="info", source=PROGRAMME),
            Rule("service_answer_days", 30, "days to wait for a service", effect="info", source=PROGRAMME),
        ),
    ),
)


def money_rules_on(day: date) -> RuleSet:
    return in_force(MONEY_RULES, day)
