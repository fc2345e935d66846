"""What people told of family and work, on composed pages and in the copy of one's data."""

from django.utils.translation import gettext as _

from oltreiperimetri.shared.desk import Record

from .models import Person, WorkProfile
from .words import label_of, value_of


def intake_records(person: Person) -> list[Record]:
    """Family, stretches of work and profile, in the words in which they were told; nothing told, no record."""
    family = [
        facts(one, "relation", "birth_year", "is_dependant", "lives_in", "is_working") for one in person.household.all()
    ]
    spells = [facts(one, "kind", "employer", "role", "started_on", "ended_on", "ended_how") for one in person.spells.all()]
    profile = WorkProfile.objects.filter(person=person).first()
    told = facts(profile, "skills", "wishes", "hours", "schedule_limits", "italian") if profile else ()
    told_on = [facts(person, "household_told_on")] if person.household_told_on else []
    records = [
        *[Record(_("Family"), rows) for rows in [*told_on, *family]],
        *[Record(_("Work of before"), rows) for rows in spells],
    ]
    return [*records, Record(_("What I can do and what I look for"), told)] if told else records


def facts(obj, *names: str) -> tuple[tuple[str, str], ...]:
    return tuple((label_of(obj, name), value_of(obj, name)) for name in names)
