"""What the pages share: how lists are cut and how history is told."""

from django.core.paginator import Paginator

from oltreiperimetri.audit.trail import state_changes
from oltreiperimetri.shared.desk import Event

PER_PAGE = 25


def page_of(request, rows):
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def events(obj, reasons=None) -> list[Event]:
    """The states an object has passed through, newest first. `reasons` ((code, label) pairs) name the stored codes."""
    labels, said = dict(type(obj).State.choices), dict(reasons or ())
    return [
        Event(
            change.at,
            str(labels[change.to_state]),
            body="\n".join(str(part) for part in (said.get(change.reason, change.reason), change.note) if part),
            by=str(change.by or ""),
        )
        for change in state_changes(obj)
    ]
