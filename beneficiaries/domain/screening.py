"""Screening an application: a photograph of the facts, the rules in force and their judgement. Never edited.

It is judged on the day it is taken. The first one, taken when the application arrives, stays beside the later ones, so
whoever decides sees both what was true then and what is true now.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import record
from oltreiperimetri.shared.errors import refuse_unless
from oltreiperimetri.shared.rulesets import RuleSet

from ..access import may_decide
from ..models import Application, CriterionResult, Person, Screening
from .acts import tell_act
from .clock import Spell
from .eligibility import RULE_OF, Criterion, Facts, Result, judge
from .evidence import evidence_states
from .rules import as_list, orafo_rules
from .twins import find_twins

OF_PERSON = ("birth_date", "municipality", "other_town", "resident_since")
OF_APPLICATION = ("last_job_ended_on", "working_now", "loss_reason", "did_on", "known_to_services")
DAYS = ("birth_date", "last_job_ended_on", "resident_since", "did_on")
AS_TOLD = ("working_now", "lives_in_programme", "municipality", "loss_reason")


def lives_in_programme(person: Person) -> bool | None:
    if person.municipality_id:
        return person.municipality.in_programme
    return False if person.other_town else None


def facts_told(application: Application) -> Facts:
    """What the application and its person say by themselves, without the jobs in between and waivers. No query."""
    person = application.person
    return Facts(
        birth_date=person.birth_date,
        last_job_ended_on=application.last_job_ended_on,
        working_now=application.working_now,
        lives_in_programme=lives_in_programme(person),
        municipality=person.municipality_id,
        resident_since=person.resident_since,
        loss_reason=application.loss_reason or None,
        did_on=application.did_on,
    )


def facts_of(application: Application) -> Facts:
    """What is known now; of papers nothing, for they are looked at only where the rules ask for them."""
    person = application.person
    spells = sorted(
        (Spell(one.started_on, one.ended_on, one.kind) for one in person.spells.all()),
        key=lambda spell: (spell.started_on or date.min, spell.ended_on or date.max),
    )
    return replace(
        facts_told(application),
        spells=tuple(spells),
        waived=tuple(application.waivers.granted().order_by("criterion").values_list("criterion", flat=True)),
    )


def with_evidence(facts: Facts, rules: RuleSet, person: Person, on: date) -> Facts:
    """The same facts with what the papers are worth on the day, where these rules ask for papers."""
    if not rules.get("evidence_required"):
        return facts
    worth = {kind: str(state.value) for kind, state in evidence_states(person, on).items()}
    return replace(facts, evidence=tuple(sorted(worth.items())))


def as_json(facts: Facts) -> dict:
    told = {name: getattr(facts, name) for name in AS_TOLD}
    told |= {name: day_as_json(getattr(facts, name)) for name in DAYS}
    told["spells"] = [[day_as_json(one.started_on), day_as_json(one.ended_on), str(one.kind)] for one in facts.spells]
    told["evidence"] = None if facts.evidence is None else [list(pair) for pair in facts.evidence]
    return told | {"waived": list(facts.waived)}


def day_as_json(day: date | None) -> str | None:
    return day.isoformat() if day else None


def day_from_json(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def facts_from_json(stored: Mapping | None) -> Facts:
    """The facts of a stored screening; what it did not keep is not known."""
    stored = stored or {}
    evidence = stored.get("evidence")
    return Facts(
        **{name: stored.get(name) for name in AS_TOLD if name != "loss_reason"},
        **{name: day_from_json(stored.get(name)) for name in DAYS},
        loss_reason=stored.get("loss_reason") or None,
        spells=tuple(
            Spell(day_from_json(first), day_from_json(last), kind) for first, last, kind in stored.get("spells", ())
        ),
        evidence=None if evidence is None else tuple((kind, worth) for kind, worth in evidence),
        waived=tuple(stored.get("waived", ())),
    )


def reference_day(application: Application, rules: RuleSet, today: date) -> date:
    """The day on which the rules look at the requirements."""
    if rules.get("eligibility_reference_date") == "application_date":
        return timezone.localtime(application.received_at).date()
    return today


@transaction.atomic
def screen(application: Application, *, by, now: datetime) -> Screening:
    """Judge what is known now by the rules of today, and keep it: one row per criterion."""
    today = timezone.localtime(now).date()
    rules = orafo_rules(today)
    on = reference_day(application, rules, today)
    facts = with_evidence(facts_of(application), rules, application.person, on)
    judgement = judge(facts, rules, on)
    screening = Screening.objects.create(
        application=application,
        rule_set=rules.code,
        rule_set_version=rules.version,
        facts=as_json(facts),
        on_day=on,
        outcome=judgement.outcome,
        changes_on=judgement.changes_on,
        at=now,
        by=by,
    )
    CriterionResult.objects.bulk_create(row_of(screening, result, facts, rules) for result in judgement.results)
    record("screen", screening, by=by, changes={"outcome": screening.outcome, "version": rules.version}, at=now)
    return screening


def screen_again(application: Application, *, by, now: datetime) -> Screening:
    """The same facts by the rules and the papers of today: when a paper was seen, or the rules changed."""
    refuse_unless(may_decide(by, application))
    return screen(application, by=by, now=now)


def row_of(screening: Screening, result: Result, facts: Facts, rules: RuleSet) -> CriterionResult:
    """What is kept of one criterion: the fact it saw, what the rule asked, and where that stands."""
    rule, told = rules.rule(RULE_OF[result.criterion]), as_json(facts)
    return CriterionResult(
        screening=screening,
        criterion=result.criterion,
        outcome=result.verdict,
        effect=result.effect,
        seen={"value": result.value} | {name: told[name] for name in FACTS_OF[result.criterion]},
        threshold=as_list(rule.value),
        evidence=result.evidence,
        source=rule.source,
        changes_on=result.changes_on,
    )


FACTS_OF = {
    Criterion.AGE: ("birth_date",),
    Criterion.UNEMPLOYED: ("working_now",),
    Criterion.DURATION: ("last_job_ended_on", "did_on", "spells"),
    Criterion.RESIDENCE: ("municipality", "lives_in_programme"),
    Criterion.AGE_MAX: ("birth_date",),
    Criterion.LOSS_REASON: ("loss_reason",),
    Criterion.RESIDENCE_MONTHS: ("resident_since",),
}


@transaction.atomic
def correct_facts(application: Application, values: Mapping, *, by, now: datetime) -> Screening | None:
    """Write what staff learned (keys of OF_PERSON and OF_APPLICATION), and screen again when something changed.

    The log keeps which fields changed, never what they say. Returns the new screening, or None when nothing changed.
    """
    application.refresh_from_db(from_queryset=Application.objects.select_for_update(of=("self",)))
    refuse_unless(may_decide(by, application))
    person = Person.objects.select_for_update(of=("self",)).get(pk=application.person_id)
    changed = [*set_changed(person, values, OF_PERSON), *set_changed(application, values, OF_APPLICATION)]
    if not changed:
        return None
    find_twins(person)
    application.person = person
    record("correct_facts", application, by=by, changes={"fields": changed}, at=now)
    tell_facts(application, changed, by=by, now=now)
    return screen(application, by=by, now=now)


def tell_facts(application: Application, changed: list[str], *, by, now: datetime) -> None:
    models = dict.fromkeys(OF_PERSON, Person) | dict.fromkeys(OF_APPLICATION, Application)
    labels = ", ".join(str(models[name]._meta.get_field(name).verbose_name) for name in changed)
    body = _("In your application %(number)s we corrected: %(fields)s. We looked again at what you can take part in.")
    values = {"number": application.number, "fields": labels}
    tell_act(application.person, _("We corrected your application"), body % values, by=by, now=now)


def set_changed(obj, values: Mapping, names: tuple[str, ...]) -> list[str]:
    changed = [name for name in names if name in values and getattr(obj, name) != values[name]]
    if changed:
        for name in changed:
            setattr(obj, name, values[name])
        obj.save(update_fields=[*changed, "updated_at"])
    return changed
