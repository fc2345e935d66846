"""Photos taken page by page become one paper: chosen, looked at, removed if need be, then sent together."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import record
from oltreiperimetri.documents import files
from oltreiperimetri.documents.models import StoredFile
from oltreiperimetri.reminders import engine
from oltreiperimetri.shared.errors import DomainError, refuse_unless

from ..access import may_add_document
from ..models import Person, PersonDocument, UnsentPage
from .acts import tell_act
from .evidence import check_paper, must_be_named, must_have_room

MOST_PAGES = 20  # of one paper
KEPT_DAYS = 7


def pages_of(person: Person, by) -> QuerySet[UnsentPage]:
    """What `by` has chosen for a paper of this person and not sent yet, in order."""
    return UnsentPage.objects.filter(person=person, added_by=by).select_related("file").order_by("pk")


def add_pages(person: Person, uploads: Iterable, *, by, now: datetime) -> list[str]:
    """Keep each file that can be read; returns a sentence for each that cannot."""
    refusals = []
    for upload in uploads:
        try:
            add_page(person, upload, by=by, now=now)
        except DomainError as refusal:
            refusals.append(f"{upload.name}: {refusal}")
    return refusals


@transaction.atomic
def add_page(person: Person, upload, *, by, now: datetime) -> UnsentPage:
    refuse_unless(may_add_document(by, person))
    must_have_room(person, field="file")
    if pages_of(person, by).count() >= MOST_PAGES:
        raise DomainError(
            _("A document has at most %(count)s pages: send these, then the others.") % {"count": MOST_PAGES},
            code="too_many_pages",
            field="file",
        )
    stored = files.keep(upload, by=by, audit_subject=person.audit_key)
    return UnsentPage.objects.create(person=person, file=stored, added_by=by, added_at=now)


@transaction.atomic
def remove_page(page: UnsentPage, *, by) -> None:
    """It was never sent: page and file are deleted."""
    stored = page.file
    page.delete()
    files.throw_away(stored, by=by)


@transaction.atomic
def send_pages(
    person: Person, *, kind: str, description: str = "", how: str = "", issued_on=None, expires_on=None, by, now: datetime
) -> PersonDocument:
    """Make one paper of the pages chosen; one that was promised and is of this kind is then here.

    With `how` the office has looked at it at once. Raises DomainError on `kind` ("no_pages") or `description`.
    """
    refuse_unless(may_add_document(by, person))
    must_be_named(kind, description)
    must_have_room(person, field="kind")
    pages = list(pages_of(person, by).select_for_update(of=("self",)))
    if not pages:
        raise DomainError(_("Choose the photos or the file first."), code="no_pages", field="kind")
    paper = awaited_paper(person, kind, description.strip()) or PersonDocument(person=person, kind=kind)
    paper.description = description.strip() or paper.description
    paper.file = one_file(pages, kind=paper.get_kind_display(), by=by)
    paper.awaited_on, paper.added_by, paper.added_at = None, by, now
    paper.save()
    record("add_document", paper, by=by, changes={"kind": str(kind), "pages": len(pages)}, at=now)
    if how:
        check_paper(paper, how, issued_on=issued_on, expires_on=expires_on, by=by, now=now)
    else:
        engine.plan(paper, now=now)
    body = _("A paper is now in your file: %(paper)s.") % {"paper": paper.get_kind_display()}
    tell_act(person, _("A new paper in your file"), body, by=by, now=now)
    return paper


def awaited_paper(person: Person, kind: str, description: str) -> PersonDocument | None:
    """The paper of this kind that the person promised first; of "something else" the one with the same words."""
    promised = person.documents.awaited().filter(kind=kind).order_by("awaited_on", "pk")
    if kind == PersonDocument.Kind.OTHER:
        return next((paper for paper in promised if paper.description.lower() == description.lower()), None)
    return promised.first()


def one_file(pages: list[UnsentPage], *, kind: str, by) -> StoredFile:
    """The one file there is, or all joined in a PDF; the pages are then no longer waiting."""
    stored = [page.file for page in pages]
    person = pages[0].person
    UnsentPage.objects.filter(pk__in=[page.pk for page in pages]).delete()
    if len(stored) == 1:
        return stored[0]
    joined = files.join(stored, name=f"{kind}.pdf", by=by, audit_subject=person.audit_key)
    for one in stored:
        files.throw_away(one, by=by)
    return joined


def delete_old_pages(*, now: datetime) -> int:
    """Delete what was chosen and not sent within 7 days; returns how many."""
    old = UnsentPage.objects.filter(added_at__lte=now - timedelta(days=KEPT_DAYS)).select_related("file")
    for page in old:
        remove_page(page, by=None)
    return len(old)
