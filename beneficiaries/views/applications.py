"""The queue of applications, one application, and who follows it."""

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.audit.trail import available_moves, record_read
from oltreiperimetri.shared.acting import carried_out
from oltreiperimetri.shared.desk import Event
from oltreiperimetri.shared.errors import DomainError
from oltreiperimetri.shared.pages import keyset_page

from ..desk_person import received_event, state_events
from ..desk_rules import waivers_of, with_spans
from ..domain import assignment, queries, twins
from ..domain.colleagues import away_today
from ..domain.explanation import explain_screening, warnings_of
from ..domain.hand_over import terms_of
from ..domain.window import window_seen
from ..forms.application import ProtocolForm
from ..forms.assignment import AssignForm
from ..forms.filters import ApplicationFilters
from ..models import Application, SavedView
from .decisions import SLUGS
from .declaration import sent_again
from .exports import file_of, in_chunks
from .saved_view import default_address, views_for

PER_PAGE = 25


def seen_today(applications, *, today) -> list[Application]:
    """Put on each what only the clock knows: days waiting, days left, who has the ball."""
    applications = list(applications)
    queries.attach_reasons(applications)
    for application in applications:
        application.days_waiting = queries.days_waiting(application, today=today)
        application.window = window_seen(application, today=today)
        application.ball = queries.ball_of(application, today=today)
    return applications


def queue(request: HttpRequest):
    """The reader's applications as filtered by the URL, and the form that filtered them."""
    filters = ApplicationFilters(request.GET, user=request.user)
    reach = Application.objects.visible_to(request.user).select_related("person__municipality", "owner")
    return filters.apply(reach, today=timezone.localdate()), filters


@staff_required
@require_safe
def applications(request):
    today = timezone.localdate()
    views = views_for(request, SavedView.List.APPLICATIONS)
    if (address := default_address(request, views)) is not None:
        return redirect(address)
    found, filters = queue(request)
    if "formato" in request.GET:
        return as_table(request, found, filters, today=today)
    page = keyset_page(found, filters.keys(), request.GET, per_page=PER_PAGE)
    page.object_list = seen_today(page.object_list, today=today)
    context = {
        "page_obj": page,
        "count": page.paginator.count,
        "filters": filters,
        "chips": filters.chips(),
        "colleagues": filters.colleagues,
        "views": views,
        "list_name": SavedView.List.APPLICATIONS,
        "covered": list(away_today(request.user)),
    }
    return render(request, "beneficiaries/applications/list.html", context)


def as_table(request, found, filters, *, today):
    headers = [
        _("Number"), _("Received"), _("Surname"), _("Name"), _("Town"), _("State"), _("Screening"), _("To check"),
        _("Days waiting"), _("24 months end on"), _("Turns 40 on"), _("Followed by"), _("Next step by"),
        _("Protocol number"), _("Protocol date"),
    ]  # fmt: skip
    outcomes = dict(filters.fields["esito"].choices)
    rows = (
        [
            one.number,
            timezone.localtime(one.received_at).date(),
            one.person.last_name,
            one.person.first_name,
            str(one.person.municipality or one.person.other_town),
            one.get_state_display(),
            str(outcomes.get(one.outcome, "")) if one.outcome else "",
            ", ".join(result.get_criterion_display() for result in one.open_criteria),
            one.days_waiting,
            one.window.ends_on,
            one.window.turns_on,
            str(one.owner or ""),
            one.due_on,
            one.protocol_number,
            one.protocol_on,
        ]
        for chunk in in_chunks(found)
        for one in seen_today(chunk, today=today)
    )
    return file_of(request, "domande", headers, rows, filters=filters)


def history_of(application) -> list[Event]:
    """Its passages, newest first, down to the day it came."""
    events = state_events({application.pk: application}, for_staff=True)
    return [*sorted(events, key=lambda event: event.at, reverse=True), received_event(application)]


def told_facts(application) -> list[tuple]:
    """What the person declared, as (term, value)."""
    person = application.person
    return [
        (_("Date of birth"), date_format(person.birth_date, "d/m/Y") if person.birth_date else ""),
        (_("Lives in"), str(person.municipality or person.other_town)),
        (_("Is working now"), said(application.working_now)),
        (
            _("Last job ended on"),
            date_format(application.last_job_ended_on, "d/m/Y") if application.last_job_ended_on else "",
        ),
        (_("24 months end on"), date_format(application.window_ends_on, "d/m/Y") if application.window_ends_on else ""),
        (_("Day of the DID"), date_format(application.did_on, "d/m/Y") if application.did_on else ""),
        (_("How the last job ended"), application.get_loss_reason_display()),
        (_("Known to social services"), said(application.known_to_services)),
    ]


def said(answer: bool | None) -> str:
    return {True: _("yes"), False: _("no"), None: _("not said")}[answer]


@staff_required
@require_safe
def application(request, pk):
    found = get_object_or_404(
        Application.objects.visible_to(request.user).select_related("person__municipality", "owner", "filled_by"), pk=pk
    )
    record_read(found, by=request.user)
    today = timezone.localdate()
    screenings = list(found.screenings.select_related("by"))
    screening = screenings[0] if screenings else None
    interviews = list(found.interviews.all())
    context = {
        "application": found,
        "person": found.person,
        "ball": queries.ball_of(found, today=today),
        "days_waiting": queries.days_waiting(found, today=today),
        "window": window_seen(found, today=today),
        "moves": [
            {"slug": SLUGS[to], "label": transition.label, "state": to}
            for to, transition in available_moves(found, by=request.user)
        ],
        "screening": screening,
        "criteria": explain_screening(screening, screening.criteria.all(), for_staff=True) if screening else [],
        "waivers": waivers_of([found]).get(found.pk, []),
        "warnings": warnings_of(found),
        "earlier_screenings": with_spans(screenings)[1:],
        "interviews": interviews,
        "planned": next((one for one in interviews if one.is_booked), None),
        "now": timezone.now(),
        "terms": terms_of(found),
        "history": history_of(found),
        "facts": told_facts(found),
        "assign_form": AssignForm(initial={"owner": found.owner_id}),
        "twins": twins.known_about(found.person, request.user),
        "sent_again": sent_again(found, request.user),
        "others": queries.current_applications(found.person).exclude(pk=found.pk),
    }
    return render(request, "beneficiaries/applications/detail.html", context)


def back_to(request, fallback: str, *args):
    """The page the form names, when it is ours."""
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return redirect(target)
    return redirect(fallback, *args)


@staff_required
@require_POST
def assign(request, pk):
    found = get_object_or_404(Application.objects.visible_to(request.user), pk=pk)
    form = AssignForm(request.POST)
    if form.is_valid():
        carried_out(
            request,
            assignment.assign,
            found,
            form.cleaned_data["owner"],
            thanks=_("%(number)s: saved who follows it.") % {"number": found.number},
        )
    else:
        messages.error(request, _("Choose a colleague from the list."))
    return back_to(request, "beneficiaries:application", found.pk)


@staff_required
def protocol(request, pk):
    found = get_object_or_404(Application.objects.visible_to(request.user).select_related("person"), pk=pk)
    initial = {"protocol_number": found.protocol_number, "protocol_on": found.protocol_on}
    form = ProtocolForm(request.POST or None, initial=initial, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            assignment.set_protocol(
                found, facts["protocol_number"], facts["protocol_on"], by=request.user, now=timezone.now()
            )
        except DomainError as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Protocol saved."))
            return redirect(found)
    context = {"form": form, "application": found, "title": _("Protocol")}
    return render(request, "beneficiaries/applications/form.html", context)
