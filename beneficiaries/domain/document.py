"""Papers of a person: sent from a phone by the person, or added by the office."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import record
from oltreiperimetri.documents import files
from oltreiperimetri.shared.errors import DomainError

from ..access import may_add_document
from ..models import Person, PersonDocument

MOST_DOCUMENTS = 60  # of one person


@transaction.atomic
def add_document(person: Person, upload, *, kind: str, description: str = "", by, now: datetime) -> PersonDocument:
    """Check, encrypt and keep an uploaded file as a paper of `person`.

    Refusals carry the field they belong to: `file` (empty, too large, of another kind, damaged) or `description`.
    """
    if not may_add_document(by, person):
        raise DomainError(_("You may not take this step."), code="not_allowed")
    must_be_named(kind, description)
    must_have_room(person)
    stored = files.keep(upload, by=by, audit_subject=person.audit_key)
    document = PersonDocument.objects.create(
        person=person, file=stored, kind=kind, description=description.strip(), added_by=by, added_at=now
    )
    record("add_document", document, by=by, changes={"kind": str(kind)}, at=now)
    return document


def must_be_named(kind: str, description: str) -> None:
    if kind == PersonDocument.Kind.OTHER and not description.strip():
        raise DomainError(_("Say in a few words what this document is."), code="empty", field="description")


def must_have_room(person: Person, *, field: str = "file") -> None:
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if person.documents.count() >= MOST_DOCUMENTS:
        raise DomainError(
            _("There are already %(count)s documents: call us before you send others.") % {"count": MOST_DOCUMENTS},
            code="too_many",
            field=field,
        )
