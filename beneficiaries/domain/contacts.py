"""How a person is reached. The log keeps which fields changed, never what they say."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import record

from ..models import Person
from .acts import tell_act
from .search import index_person
from .twins import find_twins

CONTACTS = ("email", "phone", "address", "contact_by", "preferred_language")


@transaction.atomic
def change_contacts(
    person: Person, *, email: str, phone: str, address: str, contact_by: str, preferred_language: str, by, now: datetime
) -> list[str]:
    """Save what changed and make it findable; returns the names of the changed fields.

    Changed by somebody else, it is told to the person, at the address known until now where there was one.
    """
    person.refresh_from_db(from_queryset=Person.objects.select_for_update(of=("self",)))
    wanted = dict(zip(CONTACTS, (email, phone, address, contact_by, preferred_language), strict=True))
    changed = [name for name, value in wanted.items() if getattr(person, name) != value]
    if changed:
        was_reachable = bool(person.email)
        if was_reachable:
            tell_contacts(person, changed, by=by, now=now)
        for name in changed:
            setattr(person, name, wanted[name])
        person.save(update_fields=[*changed, "updated_at"])
        if not was_reachable:
            tell_contacts(person, changed, by=by, now=now)
        index_person(person)
        find_twins(person)
        record("change_contacts", person, by=by, changes={"fields": changed}, at=now)
    return changed


def tell_contacts(person: Person, changed: list[str], *, by, now: datetime) -> None:
    labels = ", ".join(str(Person._meta.get_field(name).verbose_name) for name in changed)
    body = _("In your file we wrote anew how to reach you: %(fields)s.") % {"fields": labels}
    tell_act(person, _("We changed how to reach you"), body, by=by, now=now)
