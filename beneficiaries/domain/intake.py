"""Family, work and profile of a person: written down at registration, corrected later by staff or by the person.

The log keeps which part was corrected, never what it says.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import record

from ..models import Application, EmploymentSpell, HouseholdMember, Person, WorkProfile
from . import employment
from .acts import tell_act
from .answers import PARTNER_WORKS, Answers
from .screening import screen

Relation = HouseholdMember.Relation
OF_PROFILE = ("skills", "wishes", "hours", "schedule_limits", "italian")
OF_MEMBER = ("relation", "birth_year", "is_dependant", "lives_in", "is_working")
OF_SPELL = ("kind", "employer", "role", "started_on", "ended_on", "ended_how")


def enter_told(person: Person, answers: Answers, *, today: date) -> None:
    """Write down family, work and profile as told. What is already here in more detail is not overwritten."""
    enter_household(person, answers, today=today)
    enter_spells(person, answers)
    enter_profile(person, answers)


def enter_household(person: Person, answers: Answers, *, today: date) -> None:
    if person.household_told_on or not answers.tells_household:
        return
    members = [HouseholdMember(person=person, relation=Relation.CHILD, birth_year=year, is_dependant=True)
               for year in answers.children]  # fmt: skip
    members += [
        HouseholdMember(person=person, relation=Relation.OTHER, is_dependant=True) for _one in range(answers.dependants or 0)
    ]
    if answers.partner in PARTNER_WORKS:
        works = PARTNER_WORKS[answers.partner]
        members.append(HouseholdMember(person=person, relation=Relation.PARTNER, is_working=works))
    HouseholdMember.objects.bulk_create(members)
    person.household_told_on = today
    person.save(update_fields=["household_told_on", "updated_at"])


def told_spells(answers: Answers) -> list[EmploymentSpell]:
    """The stretches of work of these answers, unsaved: the last job (only its end is asked) and those after it."""
    spells = [EmploymentSpell(kind=job.kind, started_on=job.started_on, ended_on=job.ended_on) for job in answers.short_jobs]
    if answers.last_job_ended_on and not answers.working_now:
        spells.append(EmploymentSpell(ended_on=answers.last_job_ended_on, ended_how=answers.loss_reason))
    return spells


def enter_spells(person: Person, answers: Answers) -> None:
    here = {(spell.started_on, spell.ended_on) for spell in person.spells.all()}
    here |= {(None, ended_on) for _started_on, ended_on in here}
    fresh = [spell for spell in told_spells(answers) if (spell.started_on, spell.ended_on) not in here]
    for spell in fresh:
        spell.person = person
    EmploymentSpell.objects.bulk_create(fresh)


def last_job_of(answers: Answers, *, today: date) -> date | None:
    """The end of the last job as the answers tell it: a job after it that lasted long starts the clock again."""
    return employment.last_job_ended_on(told_spells(answers), today)


def enter_profile(person: Person, answers: Answers) -> None:
    told = {name: getattr(answers, name) for name in OF_PROFILE if getattr(answers, name)}
    if told:
        WorkProfile.objects.update_or_create(person=person, defaults=told)


@transaction.atomic
def correct_household(person: Person, members: Sequence[Mapping], *, by, now: datetime) -> bool:
    """Make the family of a person equal to `members` (keys of OF_MEMBER, and `pk` of those already here).

    Nobody in it means that the person lives alone. Returns whether something changed.
    """
    person.refresh_from_db(from_queryset=Person.objects.select_for_update(of=("self",)))
    in_order = sorted(members, key=lambda one: one["relation"] == Relation.PARTNER and bool(one["lives_in"]))
    changed = replace(HouseholdMember, person, in_order, OF_MEMBER)
    today = timezone.localtime(now).date()
    if changed or person.household_told_on is None:
        person.household_told_on = today
        person.save(update_fields=["household_told_on", "updated_at"])
        note_correction("correct_household", person, by=by, now=now)
        return True
    return False


@transaction.atomic
def correct_spells(person: Person, spells: Sequence[Mapping], *, by, now: datetime) -> bool:
    """Make the stretches of work of a person equal to `spells` (keys of OF_SPELL, and `pk`)."""
    person.refresh_from_db(from_queryset=Person.objects.select_for_update(of=("self",)))
    changed = replace(EmploymentSpell, person, spells, OF_SPELL)
    if changed:
        note_correction("correct_spells", person, by=by, now=now)
    return changed


@transaction.atomic
def correct_did(application: Application, did_on: date | None, *, by, now: datetime) -> bool:
    """Write down the day of the declaration of availability, and screen again when it is another."""
    application.refresh_from_db(from_queryset=Application.objects.select_for_update(of=("self",)))
    if application.did_on == did_on:
        return False
    application.did_on = did_on
    application.save(update_fields=["did_on", "updated_at"])
    record("correct_facts", application, by=by, changes={"fields": ["did_on"]}, at=now)
    screen(application, by=by, now=now)
    return True


@transaction.atomic
def correct_profile(person: Person, values: Mapping, *, by, now: datetime) -> bool:
    """Save the profile (keys of OF_PROFILE); returns whether something changed."""
    person.refresh_from_db(from_queryset=Person.objects.select_for_update(of=("self",)))
    profile = WorkProfile.objects.filter(person=person).first() or WorkProfile(person=person)
    if not put(profile, values, OF_PROFILE):
        return False
    profile.save()
    note_correction("correct_profile", person, by=by, now=now)
    return True


def note_correction(action: str, person: Person, *, by, now: datetime) -> None:
    """Written down without what it says; to a person who did not do it themselves it is told."""
    record(action, person, by=by, at=now)
    body = _("We have updated what we know of your family and your work. You find it on your page, under “My data”.")
    tell_act(person, _("Your family and your work"), body, by=by, now=now)


def replace(model, person: Person, rows: Sequence[Mapping], names: tuple[str, ...]) -> bool:
    """Change the rows that are still there, delete those left out, add the new ones; whether anything changed."""
    here = {row.pk: row for row in model.objects.filter(person=person)}
    kept = {row["pk"] for row in rows if row.get("pk")} & here.keys()
    gone, _by_model = model.objects.filter(person=person).exclude(pk__in=kept).delete()
    changed = bool(gone)
    for values in rows:
        row = here.get(values.get("pk")) or model(person=person)
        if put(row, values, names) or row.pk is None:
            row.save()
            changed = True
    return changed


def put(row, values: Mapping, names: tuple[str, ...]) -> bool:
    different = [name for name in names if name in values and getattr(row, name) != values[name]]
    for name in different:
        setattr(row, name, values[name])
    return bool(different)
