"""Parameters of the law and of the programme for traineeships, by the day on which the traineeship starts."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from oltreiperimetri.shared.rulesets import Rule, RuleSet, in_force

X_825 = "DGR Lombardia X/825/2013"
X_7763 = "DGR Lombardia X/7763/2018"
PROGRAMME = "#Oltreiperimetri, ORAFO"
GUIDELINES = "Linee guida nazionali 25 maggio 2017"

COMMON = (
    Rule("programme_months", 3, "months", effect="warn", source=PROGRAMME, certainty="agreed"),
    Rule("follow_up_months", (1, 3, 6, 12), "months after the end", effect="info", source=PROGRAMME),
    Rule("exit_follow_up_months", (3, 6, 12), "months after the last day in a group", effect="info", source=PROGRAMME),
    Rule("group_min_start", 6, "people", effect="warn", source=PROGRAMME),
    Rule("tutor_host_max", 3, "trainees at once", source="DGR Lombardia XI/1420/2019", certainty="secondary"),
    Rule("tutor_promoter_max", 20, "trainees at once", effect="warn", source=GUIDELINES),
    Rule("hours_week_max", 40, "hours", source="D.Lgs. 66/2003", certainty="secondary"),
    Rule("hours_day_short", 4, "hours", source=X_7763, certainty="secondary"),
)

TRAINEESHIP_RULES = (
    RuleSet(
        code="X/825",
        version=1,
        valid_from=date(2013, 10, 25),
        valid_to=date(2018, 6, 8),
        rules=(
            Rule("allowance_min_full", Decimal(400), "EUR a month", source=X_825, certainty="secondary"),
            Rule("allowance_min_meals", Decimal(300), "EUR a month", source=X_825, certainty="secondary"),
            Rule("allowance_min_short_day", Decimal(300), "EUR a month", source=X_825, certainty="secondary"),
            Rule("allowance_min_public_host", Decimal(300), "EUR a month", source=X_825),
            *COMMON,
        ),
    ),
    RuleSet(
        code="X/7763",
        version=1,
        valid_from=date(2018, 6, 9),
        valid_to=None,
        rules=(
            Rule("allowance_min_full", Decimal(500), "EUR a month", source=X_7763, certainty="secondary"),
            Rule("allowance_min_meals", Decimal(400), "EUR a month", source=X_7763, certainty="secondary"),
            Rule("allowance_min_short_day", Decimal(350), "EUR a month", source=X_7763, certainty="secondary"),
            Rule("allowance_min_public_host", Decimal(300), "EUR a month", source=X_7763, certainty="secondary"),
            *COMMON,
        ),
    ),
)


@dataclass(frozen=True)
class Minimum:
    """The least monthly allowance, the parameter that decides it and where it is written."""

    amount: Decimal
    rule: str
    rule_set: str
    source: str


def rules_on(starts_on: date) -> RuleSet:
    return in_force(TRAINEESHIP_RULES, starts_on)


def minimum_allowance(
    starts_on: date,
    *,
    weekly_hours: int,
    days_a_week: int,
    has_meals: bool,
    is_public_host: bool,
    on_income_support: bool,
) -> Minimum | None:
    """The least euro a month (before tax) for a traineeship that starts on a day; None where no allowance is due.

    Of the reductions that apply the lowest holds: meals, at most 4 hours a day, public host.
    """
    if on_income_support:
        return None
    rules = rules_on(starts_on)
    applicable = ["allowance_min_full"]
    if has_meals:
        applicable.append("allowance_min_meals")
    if weekly_hours <= rules["hours_day_short"] * days_a_week:
        applicable.append("allowance_min_short_day")
    if is_public_host:
        applicable.append("allowance_min_public_host")
    lowest = min((rules.rule(code) for code in applicable), key=lambda rule: rule.value)
    return Minimum(lowest.value, lowest.code, rules.code, lowest.source)
