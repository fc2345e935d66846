"""What the pages of the contest share."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404

from oltreiperimetri.audit.trail import state_changes
from oltreiperimetri.shared.desk import Event

from ..models import Edition

PER_PAGE = 25


def page_of(request, rows):
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def key_in(text: str) -> int:
    """A key from the address, 0 when it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def edition_in(request, today) -> Edition | None:
    """The edition named in the address; without it the current one, or else the last prepared."""
    chosen = request.GET.get("edizione", "")
    if chosen:
        return get_object_or_404(Edition, pk=key_in(chosen))
    return Edition.objects.current(today) or Edition.objects.first()


def edition_or_404(request, today) -> Edition:
    edition = edition_in(request, today)
    if edition is None:
        raise Http404
    return edition


def events(obj) -> list[Event]:
    """The states an object has passed through, newest first."""
    labels = dict(type(obj).State.choices)
    return [
        Event(change.at, str(labels[change.to_state]), body=change.note, by=str(change.by or ""))
        for change in state_changes(obj)
    ]
