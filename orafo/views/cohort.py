"""The groups: their list, one group with its seats, and its data."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.audit.trail import available_moves
from oltreiperimetri.documents import exports
from oltreiperimetri.shared.errors import DomainError

from ..access import may_run
from ..domain import cohort as verbs
from ..domain import queries
from ..forms.cohort import CohortForm
from ..forms.filters import CohortFilters
from ..gantt import strip
from ..models import ON_A_SEAT, Cohort, Membership, Traineeship
from .cohort_step import SLUGS
from .here import events, find_cohort, page_of, with_names
from .register import grid

State = Membership.State


@staff_required
@require_safe
def cohorts(request):
    filters = CohortFilters(request.GET)
    visible = Cohort.objects.visible_to(request.user).select_related("municipality", "coordinator")
    rows = queries.with_counts(filters.rows(visible)).order_by("-starts_on", "-pk")
    if "formato" in request.GET:
        return as_table(request, rows)
    page = page_of(request, rows)
    page.object_list = list(page.object_list)
    for cohort in page.object_list:
        cohort.squares = squares(cohort)
    context = {"filters": filters, "active": filters.active(request.GET), "page_obj": page, "today": timezone.localdate()}
    return render(request, "orafo/cohort/list.html", context)


def squares(cohort) -> list[str]:
    """The seats as small squares: taken, offered, free."""
    free = max(cohort.capacity - cohort.taken - cohort.offered, 0)
    return ["taken"] * cohort.taken + ["offered"] * cohort.offered + ["free"] * free


def as_table(request, cohorts):
    headers = [
        _("Group"),
        _("Municipality"),
        _("Place"),
        _("State"),
        _("First day"),
        _("Last day"),
        _("Seats"),
        _("Taken"),
        _("Offered"),
        _("Waiting"),
        _("Led by"),
    ]
    rows = (
        [
            cohort.name,
            str(cohort.municipality),
            cohort.place,
            cohort.get_state_display(),
            cohort.starts_on,
            cohort.ends_on,
            cohort.capacity,
            cohort.taken,
            cohort.offered,
            cohort.waiting,
            str(cohort.coordinator or ""),
        ]
        for cohort in cohorts
    )
    return exports.table_response(request, "gruppi", headers, rows)


@staff_required
def new(request):
    form = CohortForm(request.POST or None, viewer=request.user)
    if request.method == "POST" and form.is_valid():
        cohort = verbs.create(form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, _("The group is there. Plan the meetings, then open it to people."))
        return redirect(cohort)
    return render(request, "orafo/cohort/form.html", {"form": form, "cohort": None})


@staff_required
def edit(request, pk):
    cohort = find_cohort(request, pk, to_run=True)
    title = cohort.name
    form = CohortForm(request.POST or None, instance=cohort, viewer=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.change(cohort, form.cleaned_data, by=request.user, now=timezone.now())
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect(cohort)
    return render(request, "orafo/cohort/form.html", {"form": form, "cohort": cohort, "name": title})


@staff_required
@require_safe
def cohort(request, pk):
    found = find_cohort(request, pk)
    today = timezone.localdate()
    memberships = with_names(request.user, found, found.memberships.select_related("person"))
    sessions = list(found.sessions.all())
    waiting = sorted((member for member in memberships if member.state == State.WAITLISTED), key=lambda one: one.position)
    tiles = seat_tiles(found, memberships, may_add=may_run(request.user, found) and found.takes_people)
    context = {
        "cohort": found,
        "may_run": may_run(request.user, found),
        "phase": phase_of(found, today=today),
        "facts": facts_of(found),
        "seats": tiles,
        "free": sum(tile["state"] == "free" for tile in tiles),
        "taken": sum(tile["state"] == "taken" for tile in tiles),
        "offered": sum(tile["state"] == "offered" for tile in tiles),
        "waiting": waiting,
        "former": [one for one in memberships if one.state not in ON_A_SEAT and one.state != State.WAITLISTED],
        "sessions": sessions,
        **grid(sessions, memberships),
        "steps": [
            {"slug": SLUGS[to], "label": transition.label, "state": to}
            for to, transition in available_moves(found, by=request.user)
        ],
        "strip": strip(placements_of(request.user, found), today=today),
        "history": events(found),
        "today": today,
    }
    return render(request, "orafo/cohort/detail.html", context)


def placements_of(user, cohort):
    """The traineeships of the group that the viewer may see."""
    reach = Traineeship.objects.visible_to(user).filter(membership__cohort=cohort)
    return reach.select_related("person", "organisation")


def seat_tiles(cohort, memberships, *, may_add: bool) -> list[dict]:
    """The seats as components/seats.html draws them."""
    add_url = f"{cohort.get_absolute_url()}aggiungi/" if may_add else ""
    return [
        {
            "number": seat.number,
            "state": seat.state,
            "label": seat.membership.shown_name if seat.membership else "",
            "url": seat.membership.page if seat.membership else add_url,
            "until": seat.membership.offer_until if seat.state == "offered" else None,
        }
        for seat in queries.seats(cohort, memberships)
    ]


def phase_of(cohort, *, today) -> str:
    """What the clock adds to the state."""
    if cohort.state in (Cohort.State.CLOSED, Cohort.State.CANCELLED):
        return ""
    if cohort.is_over_on(today):
        return _("The last day has passed.")
    if cohort.starts_on > today:
        return _("It begins on %(day)s.") % {"day": date_format(cohort.starts_on, "l j F Y")}
    return _("It is under way until %(day)s.") % {"day": date_format(cohort.ends_on, "l j F Y")}


def facts_of(cohort) -> list[tuple]:
    days = {"first": date_format(cohort.starts_on, "d/m/Y"), "last": date_format(cohort.ends_on, "d/m/Y")}
    return [
        (_("Municipality"), str(cohort.municipality)),
        (_("Place"), cohort.place),
        (_("Days"), _("from %(first)s to %(last)s") % days),
        (_("Seats"), cohort.capacity),
        (_("Led by"), str(cohort.coordinator or _("nobody yet"))),
    ]
