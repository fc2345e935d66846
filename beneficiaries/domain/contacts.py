"""How a person is reached. The log keeps which fields changed, never what they say."""

from datetime import datetime

from django.db import transaction

from oltreiperimetri.audit.trail import record

from ..models import Person
from .search import index_person

CONTACTS = ("email", "phone", "address", "contact_by")


@transaction.atomic
def change_contacts(
    person: Person, *, email: str, phone: str, address: str, contact_by: str, by, now: datetime
) -> list[str]:
    """Save what changed and make it findable; returns the names of the changed fields."""
    person.refresh_from_db(from_queryset=Person.objects.select_for_update(of=("self",)))
    wanted = dict(zip(CONTACTS, (email, phone, address, contact_by), strict=True))
    changed = [name for name, value in wanted.items() if getattr(person, name) != value]
    if changed:
        for name in changed:
            setattr(person, name, wanted[name])
        person.save(update_fields=[*changed, "updated_at"])
        index_person(person)
        record("change_contacts", person, by=by, changes={"fields": changed}, at=now)
    return changed
