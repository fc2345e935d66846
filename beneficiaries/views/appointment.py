"""One appointment as the office sees it, and those made for people: booked on their behalf, or by invitation."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.audit.trail import state_changes
from oltreiperimetri.documents import calendar as files
from oltreiperimetri.shared.errors import DomainError

from ..domain import appointment as verbs
from ..domain.calendar import invitation
from ..domain.free_time import offered_to
from ..domain.invitation import book_for, invite, prospect
from ..enums import MeetingKind
from ..forms.appointment import CancelForm, ChooseForm, InviteForm
from ..models import Appointment, Person
from ..models.appointment import OUTCOMES
from .agenda import back

MOST_SHOWN = 60
MOST_INVITED = 300


def appointment_of(request, pk) -> Appointment:
    rows = Appointment.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("person__municipality", "host", "free_time__place", "application"), pk=pk)


@staff_required
@require_safe
def appointment(request, pk):
    found = appointment_of(request, pk)
    states = dict(Appointment.State.choices)
    now = timezone.now()
    context = {
        "appointment": found,
        "history": [(change.at, states.get(change.to_state, ""), change.by) for change in state_changes(found)],
        "outcomes": OUTCOMES if found.is_booked and found.is_over(now) else (),
    }
    return render(request, "beneficiaries/appointments/detail.html", context)


@staff_required
@require_safe
def appointment_calendar(request, pk):
    return calendar_file(appointment_of(request, pk))


def calendar_file(found: Appointment):
    entries, method = invitation(found)
    return files.response(entries, now=timezone.now(), filename="appuntamento", method=method)


@staff_required
@require_POST
def appointment_outcome(request, pk):
    found = appointment_of(request, pk)
    try:
        verbs.close(found, request.POST.get("outcome", ""), by=request.user, now=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        facts = {"name": found.person.full_name, "outcome": found.get_state_display()}
        messages.success(request, _("%(name)s: “%(outcome)s”.") % facts)
    return back(request)


@staff_required
def appointment_move(request, pk):
    found = appointment_of(request, pk)
    now = timezone.now()
    offered = offered_to(found.person, found.kind, now=now, host=request.user)[:MOST_SHOWN]
    form = ChooseForm(request.POST or None, offered=offered)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.choose(found, form.chosen, by=request.user, now=now)
        except DomainError as refusal:
            form.add_error("time", str(refusal))
        else:
            messages.success(request, _("The new day is written, and the person is told."))
            return redirect(found)
    context = {"form": form, "appointment": found, "person": found.person, "title": _("Move the appointment")}
    return render(request, "beneficiaries/appointments/choose.html", context)


@staff_required
def appointment_cancel(request, pk):
    found = appointment_of(request, pk)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.cancel(found, message=form.cleaned_data["message"], by=request.user, now=timezone.now())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The appointment is cancelled, and the person is told."))
            return redirect(found)
    return render(request, "beneficiaries/appointments/cancel.html", {"form": form, "appointment": found})


def kind_asked(request) -> str:
    kind = request.GET.get("tipo", "")
    return kind if kind in MeetingKind.values else MeetingKind.TALK


@staff_required
def appointment_new(request, pk):
    """Book for somebody, by phone or at the desk; the kind is in the address, so that its times can be shown."""
    reach = Person.objects.visible_to(request.user).select_related("municipality").defer("tax_code")
    person = get_object_or_404(reach, pk=pk)
    now = timezone.now()
    kind = kind_asked(request)
    offered = offered_to(person, kind, now=now, host=request.user)[:MOST_SHOWN]
    form = ChooseForm(request.POST or None, offered=offered)
    if request.method == "POST" and form.is_valid():
        try:
            made = book_for(person, form.chosen, by=request.user, now=now)
        except DomainError as refusal:
            form.add_error("time", str(refusal))
        else:
            messages.success(request, _("Booked, and the person is told."))
            return redirect(made)
    context = {
        "form": form,
        "person": person,
        "kind": kind,
        "kinds": MeetingKind.choices,
        "title": _("Book an appointment"),
    }
    return render(request, "beneficiaries/appointments/choose.html", context)


@staff_required
def appointment_invite(request):
    """Ask people to choose a time. Before, it says how many places are free; after, what became of each."""
    asked = {pk for pk in (request.POST or request.GET).getlist("persona") if pk.isdigit() and len(pk) < 19}
    reach = Person.objects.visible_to(request.user).select_related("municipality").defer("tax_code")
    people = list(reach.filter(pk__in=asked).order_by("last_name", "first_name", "pk")[:MOST_INVITED])
    now = timezone.now()
    form = InviteForm(request.POST or None, initial={"kind": kind_asked(request)})
    context = {"form": form, "people": people, "out_of_reach": len(asked) - len(people)}
    if request.method == "POST" and form.is_valid() and people:
        kind = form.cleaned_data["kind"]
        results = invite(people, kind, by=request.user, now=now)
        left = prospect([one.person for one in results if one.is_invited], kind, now=now)
        context |= {"results": results, "prospect": left, "invited": left.people}
        return render(request, "beneficiaries/appointments/invited.html", context)
    context["prospects"] = [(kind, label, prospect(people, kind, now=now)) for kind, label in MeetingKind.choices]
    return render(request, "beneficiaries/appointments/invite.html", context)
