"""A judgement in words: for each criterion what was seen, what the rule asks, why, what to do, what would change it.

The same judgement is told in two voices: to the person ("you") and to the caseworker. It never closes the door: every
criterion that is not met or not known comes with a next step.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oltreiperimetri.shared.rulesets import RuleSet

from ..enums import RuleEffect
from ..models import Application, CriterionResult, Screening
from ..validators import tax_code_doubts
from . import explanation_other as other
from .clock import DID_DATE
from .eligibility import BLOCK, RULE_OF, Criterion, Facts, Outcome, Result, Verdict, all_results, judge
from .rules import rule_set
from .rules_2014 import NINE_TOWNS
from .screening import facts_from_json


@dataclass(frozen=True)
class Explanation:
    """One criterion in words. `changes_on` is the day on which it changes by itself; `source` is where the rule stands."""

    criterion: str
    title: str
    verdict: str
    verdict_label: str
    tone: str
    seen: str
    asked: str
    reason: str
    next_step: str
    change: str
    changes_on: date | None
    source: str
    effect: str = ""
    evidence: str = ""
    may_be_waived: bool = False


def explain(facts: Facts, rules: RuleSet, on: date, *, for_staff: bool) -> list[Explanation]:
    """The criteria of these facts on a day, all of them, in their order."""
    results = judge(facts, rules, on).results
    return [in_words(one, facts, rules, for_staff=for_staff) for one in results if for_staff or is_worth_telling(one)]


def is_worth_telling(result: Result) -> bool:
    """What only warns, and of which nothing is known, would only worry the person."""
    return result.effect == BLOCK or result.verdict != Verdict.UNKNOWN


def explain_screening(screening: Screening, criteria: Iterable[CriterionResult], *, for_staff: bool) -> list[Explanation]:
    """A stored screening, by the rules and facts it saw: the words are the same however many rules come after."""
    facts, rules = facts_from_json(screening.facts), rule_set(screening.rule_set, screening.rule_set_version)
    seen = {result.criterion: result for result in all_results(facts, rules, screening.on_day)}
    told = []
    for row in criteria:
        criterion = Criterion(row.criterion)
        result = seen.get(criterion)
        if result is None or result.verdict != row.outcome:  # what was stored counts, also where its facts were not kept
            result = Result(criterion, Verdict(row.outcome), effect=row.effect)
        if for_staff or is_worth_telling(result):
            told.append(in_words(result, facts, rules, for_staff=for_staff))
    return told


def in_words(result: Result, facts: Facts, rules: RuleSet, *, for_staff: bool) -> Explanation:
    match result.verdict:
        case Verdict.NEEDS_EVIDENCE:
            reason, next_step = other.of_evidence(result, rules, for_staff)
        case Verdict.WAIVED:
            reason, next_step = other.of_waiver(result, for_staff)
        case _verdict:
            reason, next_step = SENTENCES[result.criterion](result, facts, rules, for_staff)
    label = CriterionResult.Outcome(result.verdict)
    return Explanation(
        criterion=result.criterion.value,
        title=str(CriterionResult.Criterion(result.criterion).label),
        verdict=result.verdict.value,
        verdict_label=str(label.label),
        tone=CriterionResult.TONES[label],
        seen=seen_value(result, facts),
        asked=asked_value(result.criterion, rules),
        reason=reason,
        next_step=next_step,
        change=change_sentence(result),
        changes_on=result.changes_on,
        source=rules.rule(RULE_OF[result.criterion]).source,
        effect="" if result.effect == BLOCK else str(RuleEffect(result.effect).label),
        evidence=other.papers_named([result.evidence]) if result.evidence else "",
        may_be_waived=result.effect == BLOCK and result.verdict in (Verdict.NOT_MET, Verdict.UNKNOWN),
    )


def spoken(day: date) -> str:
    return date_format(day, "l j F Y")


def seen_value(result: Result, facts: Facts) -> str:  # noqa: PLR0911 - one line per criterion
    """The value that was judged, as people say it."""
    if result.verdict == Verdict.UNKNOWN:
        return _("not known")
    match result.criterion:
        case Criterion.AGE | Criterion.AGE_MAX if result.value is not None:
            return ngettext("%(years)d year old", "%(years)d years old", result.value) % {"years": result.value}
        case Criterion.UNEMPLOYED if facts.working_now is not None or result.verdict != Verdict.WAIVED:
            return _("is working") if facts.working_now or result.verdict == Verdict.NOT_MET else _("out of work")
        case Criterion.DURATION if result.clock and facts.did_on == result.clock.start:
            return _("declared available for work on %(day)s") % {"day": spoken(result.clock.start)}
        case Criterion.DURATION if result.clock or facts.last_job_ended_on:
            return _("last job ended on %(day)s") % {
                "day": spoken(result.clock.start if result.clock else facts.last_job_ended_on)
            }
        case Criterion.RESIDENCE if result.verdict != Verdict.WAIVED:
            return _("lives in another town") if result.verdict == Verdict.NOT_MET else _("lives in one of the nine towns")
        case Criterion.RESIDENCE if facts.lives_in_programme is False:
            return _("lives in another town")
        case Criterion.LOSS_REASON:
            return other.seen_loss(facts)
        case Criterion.RESIDENCE_MONTHS if facts.resident_since:
            return _("lives there since %(day)s") % {"day": spoken(facts.resident_since)}
    return _("not known") if result.verdict == Verdict.WAIVED else ""


def asked_value(criterion: Criterion, rules: RuleSet) -> str:  # noqa: PLR0911 - one line per criterion
    """What the rule asks, with its number."""
    match criterion:
        case Criterion.AGE:
            return _("at least %(years)d years old") % {"years": rules["age_min"]}
        case Criterion.UNEMPLOYED:
            return _("not working at the moment")
        case Criterion.DURATION if rules.get("unemployment_clock") == DID_DATE:
            return _("no more than %(months)d months since the DID") % {"months": rules["unemployment_max_months"]}
        case Criterion.DURATION:
            return _("no more than %(months)d months since the last job") % {"months": rules["unemployment_max_months"]}
        case Criterion.RESIDENCE if len(rules["residence"]) == len(NINE_TOWNS):
            return _("living in one of the nine towns of the Rhodense")
        case Criterion.RESIDENCE:
            return _("living in one of the %(count)d towns of the rules") % {"count": len(rules["residence"])}
        case Criterion.AGE_MAX:
            return _("at most %(years)d years old") % {"years": rules["age_max"]}
        case Criterion.LOSS_REASON:
            return other.asked_loss(rules)
        case Criterion.RESIDENCE_MONTHS:
            return _("living here for at least %(months)d months") % {"months": rules["residence_min_months"]}


def change_sentence(result: Result) -> str:
    if result.changes_on is None:
        return ""
    day = spoken(result.changes_on)
    if result.verdict in (Verdict.MET, Verdict.NEEDS_EVIDENCE):
        return _("It is no longer met from %(day)s.") % {"day": day}
    if result.criterion == Criterion.DURATION:
        return _("It is to be looked at again from %(day)s.") % {"day": day}
    return _("It will be met from %(day)s.") % {"day": day}


def of_age(result: Result, facts: Facts, rules: RuleSet, for_staff: bool) -> tuple[str, str]:
    years = {"years": rules["age_min"]}
    match result.verdict:
        case Verdict.MET:
            return _("The programme is for people of %(years)d or more.") % years, ""
        case Verdict.NOT_MET:
            next_step = (
                _("Tell the person the day from which they can take part, and which other services can help now.")
                if for_staff
                else _("Call us all the same: there are other paths for people under %(years)d, and we know them.") % years
            )
            return _("The programme is for people of %(years)d or more.") % years, next_step
    return _("We do not know the date of birth."), (
        _("Ask for the date of birth.") if for_staff else _("You can tell us your date of birth when we talk.")
    )


def of_work(result: Result, facts: Facts, rules: RuleSet, for_staff: bool) -> tuple[str, str]:
    match result.verdict:
        case Verdict.MET:
            return _("The programme is for people who are out of work."), ""
        case Verdict.NOT_MET:
            next_step = (
                _("Ask for how long and how many hours: a short job may not change the unemployment status.")
                if for_staff
                else _("A few hours, or a job that is about to end? Tell us: perhaps it does not count.")
            )
            return _("The programme is for people who are out of work."), next_step
    return _("We do not know whether there is a job at the moment."), (
        _("Ask whether the person is working now.") if for_staff else _("Tell us when we talk: also if it is complicated.")
    )


def of_duration(result: Result, facts: Facts, rules: RuleSet, for_staff: bool) -> tuple[str, str]:
    months = {"months": rules["unemployment_max_months"]}
    match result.verdict:
        case Verdict.MET if result.clock:
            told = months | {"day": spoken(result.clock.last_day)}
            return _("The %(months)d months end on %(day)s, that day included.") % told, ""
        case Verdict.MET:
            return _("The last job ended no more than %(months)d months ago.") % months, ""
        case Verdict.NOT_MET:
            next_step = (
                _("Look for a later job that was not a short one: then the months are counted from its end.")
                if for_staff
                else _(
                    "Have you had another job since, that was not a short one? Tell us: the months are counted from its end."
                )
            )
            return _("More than %(months)d months have passed since the last job.") % months, next_step
    return _("We do not know when the last job ended."), (
        _("Ask for the letter or the certificate that says when the last job ended.")
        if for_staff
        else _("If you find the letter, or the last pay slip, the day is written there. Otherwise we look for it together.")
    )


def of_residence(result: Result, facts: Facts, rules: RuleSet, for_staff: bool) -> tuple[str, str]:
    match result.verdict:
        case Verdict.MET:
            return _("The programme is for those who live in the nine towns of the Rhodense."), ""
        case Verdict.NOT_MET:
            next_step = (
                _("Ask whether the person is about to move here; otherwise name the services of their own town.")
                if for_staff
                else _("Are you about to move here? Tell us. Otherwise we tell you whom to call in your town.")
            )
            return _("The programme is for those who live in the nine towns of the Rhodense."), next_step
    return _("We do not know the town."), (
        _("Ask in which town the person lives.") if for_staff else _("Tell us your town when we talk.")
    )


SENTENCES = {
    Criterion.AGE: of_age,
    Criterion.UNEMPLOYED: of_work,
    Criterion.DURATION: of_duration,
    Criterion.RESIDENCE: of_residence,
    Criterion.AGE_MAX: other.of_age_max,
    Criterion.LOSS_REASON: other.of_loss,
    Criterion.RESIDENCE_MONTHS: other.of_residence_months,
}


def headline(outcome: str) -> tuple[str, str]:
    """What the outcome means to the person: a title and a sentence, never a closed door."""
    return {
        Outcome.ELIGIBLE: (
            _("From what you tell us, you can take part"),
            _("The four requirements are met. A person of the programme will look at it with you."),
        ),
        Outcome.NOT_ELIGIBLE: (
            _("From what you tell us, something does not match today"),
            _("This is not a no: no machine decides here. Read below what it is about, then talk to us."),
        ),
        Outcome.TO_ASSESS: (
            _("We look at it together"),
            _("Something is not known yet. You can register all the same: the rest we find out when we talk."),
        ),
    }[Outcome(outcome)]


def warnings_of(application: Application) -> list[str]:
    """What staff should look at again with the person; it never changes the outcome."""
    person = application.person
    doubts = tax_code_doubts(person.tax_code, birth_date=person.birth_date, sex=person.sex)
    sentences = {
        "birth_date": _("The tax code says another date of birth than the one written."),
        "sex": _("The tax code says another sex than the one chosen."),
    }
    return [sentence for doubt, sentence in sentences.items() if doubt in doubts]
