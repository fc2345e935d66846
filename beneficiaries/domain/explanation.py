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

from oltreiperimetri.shared.dates import add_months
from oltreiperimetri.shared.rulesets import RuleSet

from ..enums import LossReason
from ..models import Application, CriterionResult, Screening
from ..validators import tax_code_doubts
from .eligibility import Criterion, Facts, Outcome, Result, Verdict, all_results, judge
from .rules import orafo_rules, rule_set
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


def explain(facts: Facts, rules: RuleSet, on: date, *, for_staff: bool) -> list[Explanation]:
    """The criteria of these facts on a day, all of them, in their order."""
    return [in_words(result, facts, rules, for_staff=for_staff) for result in judge(facts, rules, on).results]


def explain_screening(screening: Screening, criteria: Iterable[CriterionResult], *, for_staff: bool) -> list[Explanation]:
    """A stored screening, by the rules and facts it saw: the words are the same however many rules come after."""
    facts, rules = facts_from_json(screening.facts), rule_set(screening.rule_set, screening.rule_set_version)
    seen = {result.criterion: result for result in all_results(facts, rules, screening.on_day)}
    told = []
    for row in criteria:
        criterion = Criterion(row.criterion)
        result = seen[criterion]
        if result.verdict != row.outcome:  # what was stored counts, also where its facts were not kept
            result = Result(criterion, Verdict(row.outcome))
        told.append(in_words(result, facts, rules, for_staff=for_staff))
    return told


def in_words(result: Result, facts: Facts, rules: RuleSet, *, for_staff: bool) -> Explanation:
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
    )


RULE_OF = {
    Criterion.AGE: "age_min",
    Criterion.UNEMPLOYED: "unemployed_now",
    Criterion.DURATION: "unemployment_max_months",
    Criterion.RESIDENCE: "residence",
}


def spoken(day: date) -> str:
    return date_format(day, "l j F Y")


def seen_value(result: Result, facts: Facts) -> str:
    """The value that was judged, as people say it."""
    if result.verdict == Verdict.UNKNOWN:
        return _("not known")
    match result.criterion:
        case Criterion.AGE if result.value is not None:
            return ngettext("%(years)d year old", "%(years)d years old", result.value) % {"years": result.value}
        case Criterion.UNEMPLOYED:
            return _("out of work") if result.verdict == Verdict.MET else _("is working")
        case Criterion.DURATION if facts.last_job_ended_on:
            return _("last job ended on %(day)s") % {"day": spoken(facts.last_job_ended_on)}
        case Criterion.RESIDENCE:
            return _("lives in one of the nine towns") if result.verdict == Verdict.MET else _("lives in another town")
    return ""


def asked_value(criterion: Criterion, rules: RuleSet) -> str:
    """What the rule asks, with its number."""
    match criterion:
        case Criterion.AGE:
            return _("at least %(years)d years old") % {"years": rules["age_min"]}
        case Criterion.UNEMPLOYED:
            return _("not working at the moment")
        case Criterion.DURATION:
            return _("no more than %(months)d months since the last job") % {"months": rules["unemployment_max_months"]}
        case Criterion.RESIDENCE:
            return _("living in one of the nine towns of the Rhodense")


def change_sentence(result: Result) -> str:
    if result.changes_on is None:
        return ""
    day = spoken(result.changes_on)
    if result.verdict == Verdict.MET:
        return _("It is no longer met from %(day)s.") % {"day": day}
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
        case Verdict.MET if facts.last_job_ended_on:
            last_day = add_months(facts.last_job_ended_on, rules["unemployment_max_months"])
            return _("The %(months)d months end on %(day)s, that day included.") % (months | {"day": spoken(last_day)}), ""
        case Verdict.MET:
            return _("The last job ended no more than %(months)d months ago.") % months, ""
        case Verdict.NOT_MET:
            next_step = (
                _("Look for a later job, also a short one: then the months are counted from its end.")
                if for_staff
                else _("Have you had another job since, also a short one? Tell us: the months are counted from its end.")
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


def warnings_of(application: Application, *, today: date) -> list[str]:
    """What staff should talk about with the person; it never changes the outcome."""
    person, reason = application.person, application.loss_reason
    sentences = []
    if reason and reason not in orafo_rules(today)["expelled_by_crisis"]:
        sentences.append(
            _(
                "The last job ended so: “%(reason)s”. The programme was born for those whom the crisis left without work: "
                "talk about it together."
            )
            % {"reason": LossReason(reason).label}
        )
    doubts = tax_code_doubts(person.tax_code, birth_date=person.birth_date, sex=person.sex)
    if "birth_date" in doubts:
        sentences.append(_("The tax code says another date of birth than the one written."))
    if "sex" in doubts:
        sentences.append(_("The tax code says another sex than the one chosen."))
    return sentences
