"""The register of a group as a page, a sheet to print, a file; its meetings as a calendar."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.audit.trail import record_read
from oltreiperimetri.documents import calendar, exports, pdf

from ..domain import queries
from ..enums import Mark
from ..models import Membership, Session
from .here import find_cohort, with_names


def grid(sessions, memberships) -> dict:
    """People by seat x the meetings that count: each row comes with its (meeting, mark or None) cells."""
    counted = [session for session in sessions if session.state != Session.State.CANCELLED]
    rows = queries.register(counted, sorted(memberships, key=lambda member: (member.seat or 0, member.pk)))
    return {
        "register_sessions": counted,
        "register": [(row, list(zip(counted, row.marks, strict=True))) for row in rows],
        "mark_labels": Mark.labels,
    }


def register_of(request, pk) -> dict:
    """A group and its register, with those who are or were in it."""
    cohort = find_cohort(request, pk)
    members = with_names(request.user, cohort, cohort.memberships.ever_enrolled().select_related("person"))
    return {"cohort": cohort, **grid(cohort.sessions.all(), members)}


@staff_required
@require_safe
def register(request, pk):
    context = register_of(request, pk)
    if "formato" in request.GET:
        return as_table(request, **context)
    return render(request, "orafo/cohort/register.html", context)


def as_table(request, *, cohort, register_sessions, register, **_labels):
    """One line a person, one column a meeting."""
    headers = [
        _("Seat"),
        _("Person"),
        *[f"{session.day:%d/%m/%Y} {session.get_kind_display()}" for session in register_sessions],
        _("Attended"),
        _("Held"),
        _("Attended so far (%)"),
        _("Reachable (%)"),
    ]
    lines = (
        [
            row.membership.seat,
            row.membership.shown_name,
            *[mark.get_mark_display() if mark else "" for mark in row.marks],
            row.participation.attended,
            row.participation.held,
            row.participation.so_far,
            row.participation.reachable,
        ]
        for row, _cells in register
    )
    record_read(cohort, by=request.user, action="export_register")
    return exports.table_response(request, f"registro-{cohort.pk}", headers, lines)


@staff_required
@require_safe
def sheet(request, pk):
    """The register on paper."""
    context = {**register_of(request, pk), "printed_on": date_format(timezone.localdate(), "j F Y")}
    record_read(context["cohort"], by=request.user, action="print_register")
    return pdf.response("orafo/cohort/register_sheet.html", context, filename=f"registro-{pk}")


@staff_required
@require_safe
def sessions_calendar(request, pk):
    """Every meeting with its version; a cancelled one stays, so that calendars take it off."""
    cohort = find_cohort(request, pk)
    entries = [entry_of(session, cohort) for session in cohort.sessions.all()]
    return calendar.response(entries, now=timezone.now(), filename=f"gruppo-{cohort.pk}")


@require_safe
def my_calendar(request):
    """The meetings of the groups in which who has signed in holds a seat."""
    own = Membership.objects.filter(person__user=request.user).holding()
    if not own.exists():
        raise Http404
    sessions = Session.objects.filter(cohort__in=own.values("cohort")).select_related("cohort")
    entries = [entry_of(session, session.cohort) for session in sessions]
    return calendar.response(entries, now=timezone.now(), filename="i-miei-incontri")


def entry_of(session, cohort) -> calendar.Entry:
    return calendar.Entry(
        uid=f"session-{session.uid}@oltreiperimetri",
        title=f"ORAFO: {session.get_kind_display()}",
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        place=session.place,
        description=cohort.name,
        sequence=session.sequence,
        is_cancelled=session.state == Session.State.CANCELLED,
    )
