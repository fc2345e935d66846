"""Parameters of the law for those who host, dated and with their source."""

from datetime import date

from oltreiperimetri.shared.rulesets import Rule, RuleSet

HOST_RULES = (
    RuleSet(
        code="host/X-7763",
        version=1,
        valid_from=date(2018, 6, 9),
        valid_to=None,
        rules=(
            Rule("host_small_up_to", 5, "people", source="DGR Lombardia X/7763/2018", certainty="secondary"),
            Rule("host_quota_small", 1, "trainees", source="DGR Lombardia X/7763/2018", certainty="secondary"),
            Rule("host_medium_up_to", 20, "people", source="DGR Lombardia X/7763/2018", certainty="secondary"),
            Rule("host_quota_medium", 2, "trainees", source="DGR Lombardia X/7763/2018", certainty="secondary"),
            Rule(
                "host_quota_large", 10, "% of people, rounded up", source="DGR Lombardia X/7763/2018", certainty="secondary"
            ),
            Rule("tutor_host_max", 3, "trainees", source="DGR Lombardia XI/1420/2019", certainty="secondary"),
            Rule("hours_week_max", 40, "hours", source="D.Lgs. 66/2003", certainty="secondary"),
            Rule("slot_valid_days", 90, "days", source="programme's own rule", certainty="agreed"),
        ),
    ),
)
