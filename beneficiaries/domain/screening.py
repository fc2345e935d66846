"""Screening an application: a photograph of the facts, the rules in force and their judgement. Never edited.

It is judged on the day it is taken. The first one, taken when the application arrives, stays beside the later ones, so
whoever decides sees both what was true then and what is true now.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import record
from oltreiperimetri.shared.errors import DomainError

from ..access import may_decide
from ..models import Application, CriterionResult, Person, Screening
from .acts import tell_act
from .eligibility import Facts, judge
from .rules import orafo_rules
from .twins import find_twins

OF_PERSON = ("birth_date", "municipality", "other_town")
OF_APPLICATION = ("last_job_ended_on", "working_now", "loss_reason", "known_to_services")


def lives_in_programme(person: Person) -> bool | None:
    if person.municipality_id:
        return person.municipality.in_programme
    return False if person.other_town else None


def facts_of(application: Application) -> Facts:
    person = application.person
    return Facts(
        birth_date=person.birth_date,
        last_job_ended_on=application.last_job_ended_on,
        working_now=application.working_now,
        lives_in_programme=lives_in_programme(person),
    )


def as_json(facts: Facts) -> dict:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in vars(facts).items()}


def facts_from_json(stored: Mapping | None) -> Facts:
    """The facts of a stored screening; what it did not keep is not known."""
    stored = stored or {}
    days = {name: date.fromisoformat(stored[name]) for name in ("birth_date", "last_job_ended_on") if stored.get(name)}
    return Facts(**days, working_now=stored.get("working_now"), lives_in_programme=stored.get("lives_in_programme"))


@transaction.atomic
def screen(application: Application, *, by, now: datetime) -> Screening:
    """Judge what is known now by the rules of today, and keep it: one row per criterion."""
    today = timezone.localtime(now).date()
    facts, rules = facts_of(application), orafo_rules(today)
    judgement = judge(facts, rules, today)
    screening = Screening.objects.create(
        application=application,
        rule_set=rules.code,
        rule_set_version=rules.version,
        facts=as_json(facts) | {"loss_reason": application.loss_reason},
        on_day=today,
        outcome=judgement.outcome,
        changes_on=judgement.changes_on,
        at=now,
        by=by,
    )
    CriterionResult.objects.bulk_create(
        CriterionResult(screening=screening, criterion=result.criterion, outcome=result.verdict)
        for result in judgement.results
    )
    record("screen", screening, by=by, changes={"outcome": screening.outcome, "version": rules.version}, at=now)
    return screening


@transaction.atomic
def correct_facts(application: Application, values: Mapping, *, by, now: datetime) -> Screening | None:
    """Write what staff learned (keys of OF_PERSON and OF_APPLICATION), and screen again when something changed.

    The log keeps which fields changed, never what they say. Returns the new screening, or None when nothing changed.
    """
    application.refresh_from_db(from_queryset=Application.objects.select_for_update(of=("self",)))
    if not may_decide(by, application):
        raise DomainError(_("You may not take this step."), code="not_allowed")
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
