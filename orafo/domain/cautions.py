"""What the law and the programme say about a traineeship, each with its source: it warns, or it is good to know."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from oltreiperimetri.shared.dates import add_months
from oltreiperimetri.shared.money import format_italian_decimal
from oltreiperimetri.shared.rulesets import Rule

from ..models import Traineeship
from .intervals import peak
from .placement import days_of, minimum_for, others
from .rules import rules_on


@dataclass(frozen=True)
class Caution:
    """A sentence and where it is written. `effect`: warn or info."""

    text: str
    source: str
    effect: str


def cautions(traineeship: Traineeship) -> list[Caution]:
    """What does not stand in the way, and should be looked at; what forbids is said by `placement.problems`."""
    return [*about_length(traineeship), *about_promoter(traineeship), *about_allowance(traineeship)]


def about_length(traineeship: Traineeship) -> list[Caution]:
    rule = rules_on(traineeship.starts_on).rule("programme_months")
    last = add_months(traineeship.starts_on, rule.value) - timedelta(days=1)
    if traineeship.ends_on == last:
        return []
    text = _("The programme foresees %(months)s calendar months: it would end on %(day)s.")
    return [caution(text % {"months": rule.value, "day": last.strftime("%d/%m/%Y")}, rule)]


def about_promoter(traineeship: Traineeship) -> list[Caution]:
    rule = rules_on(traineeship.starts_on).rule("tutor_promoter_max")
    followed = others(traineeship).filter(promoter_tutor=traineeship.promoter_tutor)
    if peak(days_of(followed), within=(traineeship.starts_on, traineeship.effective_end)) < rule.value:
        return []
    text = _("%(tutor)s already follows %(most)s trainees for the promoter in these days.")
    return [caution(text % {"tutor": traineeship.promoter_tutor.full_name, "most": rule.value}, rule)]


def about_allowance(traineeship: Traineeship) -> list[Caution]:
    minimum = minimum_for(traineeship)
    if minimum is None:
        return []
    text = _("The least allowance for these hours is %(amount)s € a month before tax.")
    return [Caution(text % {"amount": format_italian_decimal(minimum.amount)}, minimum.source, "info")]


def caution(text: str, rule: Rule) -> Caution:
    return Caution(text, rule.source, rule.effect)
