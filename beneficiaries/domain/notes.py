"""Notes of the team: shared, or private to their author. Nobody deletes them; authors correct them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import record
from oltreiperimetri.shared.errors import DomainError

from ..models import Note, Person


@transaction.atomic
def write_note(person: Person, *, title: str, text: str, is_private: bool = False, by, now: datetime) -> Note:
    note = Note.objects.create(person=person, author=by, title=title, text=text, is_private=is_private, written_at=now)
    record("write_note", note, by=by, changes={"is_private": is_private}, at=now)
    return note


@transaction.atomic
def correct_note(note: Note, *, title: str, text: str, is_private: bool, by, now: datetime) -> Note:
    """Only its author corrects a note; what changed is recorded by name, never the text."""
    if note.author_id != by.pk:
        raise DomainError(_("Only who wrote this note can correct it."), code="not_author")
    wanted = {"title": title, "text": text, "is_private": is_private}
    changed = [name for name, value in wanted.items() if getattr(note, name) != value]
    if changed:
        for name in changed:
            setattr(note, name, wanted[name])
        note.save(update_fields=[*changed, "updated_at"])
        record("correct_note", note, by=by, changes={"fields": changed}, at=now)
    return note
