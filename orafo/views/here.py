"""What the pages share: what is found, how lists are cut, who has a name and how history is told."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext

from oltreiperimetri.audit.trail import state_changes
from oltreiperimetri.shared.desk import Event

from ..access import may_run, people_named
from ..models import Cohort, Membership, Session

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


def find_cohort(request, pk, *, to_run: bool = False) -> Cohort:
    """A group in the viewer's reach; `to_run`: only who acts on it may go on, the others get a refusal."""
    visible = Cohort.objects.visible_to(request.user).select_related("municipality", "coordinator")
    cohort = get_object_or_404(visible, pk=pk)
    if to_run and not may_run(request.user, cohort):
        raise PermissionDenied
    return cohort


def find_session(request, pk, *, to_run: bool = False) -> Session:
    visible = Session.objects.visible_to(request.user).select_related("cohort__municipality", "cohort__coordinator")
    session = get_object_or_404(visible, pk=pk)
    if to_run and not may_run(request.user, session.cohort):
        raise PermissionDenied
    return session


def with_names(user, cohort: Cohort, memberships: Iterable[Membership]) -> list[Membership]:
    """Put on each `shown_name`, and `page` where the viewer may open it; who is out of reach has neither name nor page."""
    memberships = list(memberships)
    named = people_named(user, cohort, {member.person_id for member in memberships})
    for member in memberships:
        is_named = member.person_id in named
        member.shown_name = member.person.full_name if is_named else gettext("Somebody followed by another town")
        member.page = member.get_absolute_url() if is_named else ""
    return memberships
