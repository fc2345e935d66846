"""Published rule sets of ORAFO. A published version never changes: a new one is added after it, with its dates.

Sources are cited in the language of the documents: staff read them beside each requirement.
"""

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
                "age_min",
                40,
                "years",
                source="Comunicato stampa di Lainate, 22 febbraio 2016: «over 40»",
                certainty="programme",
            ),
            Rule(
                "unemployment_max_months",
                24,
                "calendar months, the last day included",
                source="Comunicato stampa di Lainate, 22 febbraio 2016: «da non più di due anni»",
                certainty="programme",
            ),
            Rule(
                "unemployed_now",
                True,
                source="Comunicato stampa di Lainate, 22 febbraio 2016; art. 19 D.Lgs. 150/2015",
                certainty="programme and law",
            ),
            Rule(
                "residence",
                "the nine towns of the Rhodense",
                source="Comunicato stampa di Lainate, 22 febbraio 2016; registro dei comuni",
                certainty="programme",
            ),
            Rule(
                "expelled_by_crisis",
                ("dismissal", "redundancy", "contract_end", "closure"),
                effect="warn",
                source="Comunicato stampa di Lainate, 22 febbraio 2016: «espulsi dal mondo del lavoro a causa della crisi»",
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
