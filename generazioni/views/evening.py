"""Themed evenings as the office runs them: write, publish, move, cancel, say who came."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.audit.trail import state_changes
from oltreiperimetri.documents import exports, pdf
from oltreiperimetri.shared.acting import carried_out
from oltreiperimetri.shared.desk import Event
from oltreiperimetri.shared.errors import DomainError

from ..domain import evening as verbs
from ..forms.evening import CancelForm, EveningFilters, EveningForm, WhoCameForm
from ..models import Evening

PER_PAGE = 25


@staff_required
@require_safe
def evenings(request):
    now = timezone.now()
    filters = EveningFilters(request.GET)
    rows = filters.rows(Evening.objects.newest_first(), now=now).with_counts()
    if "formato" in request.GET:
        return as_table(request, rows)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"filters": filters, "active": filters.active(request.GET), "page_obj": page, "now": now}
    return render(request, "generazioni/evening/list.html", context)


def as_table(request, rows):
    headers = [
        _("Title"), _("Theme"), _("Begins"), _("Place"), _("Municipality"), _("State"),
        _("Seats"), _("Seats taken"), _("Waiting list"), _("Came"),
    ]  # fmt: skip
    lines = (
        [
            evening.title,
            evening.get_theme_display(),
            evening.starts_at,
            evening.place,
            evening.municipality.name,
            evening.get_state_display(),
            evening.capacity,
            evening.seated,
            evening.waiting,
            evening.came,
        ]
        for evening in rows
    )
    return exports.table_response(request, "serate", headers, lines)


@staff_required
@require_safe
def evening(request, pk):
    """The evening's page in the office, with who signed up; `?formato=` gives the list as a file."""
    now = timezone.now()
    found = get_object_or_404(Evening.objects.with_counts(), pk=pk)
    if "formato" in request.GET:
        return guests_as_table(request, found)
    context = {
        "evening": found,
        "now": now,
        "seated": found.guests.seated().order_by("name", "pk"),
        "waiting": found.guests.waiting(),
        "gave_up": found.guests.filter(state="cancelled").order_by("name", "pk"),
        "has_begun": found.starts_at <= now,
        "history": [
            Event(change.at, str(found.State(change.to_state).label), body=change.note, by=str(change.by or ""))
            for change in state_changes(found)
        ],
    }
    return render(request, "generazioni/evening/office.html", context)


def guests_as_table(request, found):
    headers = [_("Name and surname"), _("E-mail"), _("Phone"), _("State"), _("Signed up at"), _("Came")]
    lines = (
        [guest.name, guest.email, guest.phone, guest.get_state_display(), guest.signed_up_at, came(guest.came)]
        for guest in found.guests.engaged().order_by("state", "position", "name", "pk")
    )
    return exports.table_response(request, f"iscritti-serata-{found.pk}", headers, lines)


def came(value: bool | None) -> str:
    return "" if value is None else _("yes") if value else _("no")


@staff_required
@require_safe
def print_list(request, pk):
    """The list for the door: who has a seat, who waits, a box to tick."""
    found = get_object_or_404(Evening.objects.select_related("municipality"), pk=pk)
    exports.record_export("iscritti-serata", by=request.user, filters={"evening": found.pk, "print": True})
    context = {
        "evening": found,
        "seated": list(found.guests.seated().order_by("name", "pk")),
        "waiting": list(found.guests.waiting()),
    }
    return pdf.response("generazioni/evening/print.html", context, filename=f"iscritti-serata-{found.pk}")


@staff_required
def new(request):
    form = EveningForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = verbs.draft(form.values, by=request.user, now=timezone.now())
        messages.success(request, _("Saved as a draft: nobody sees it until you publish it."))
        return redirect("generazioni:evening_office", made.pk)
    return render(request, "generazioni/evening/form.html", {"form": form, "evening": None})


@staff_required
def edit(request, pk):
    found = get_object_or_404(Evening, pk=pk)
    form = EveningForm(request.POST or None, instance=Evening.objects.get(pk=pk))
    if request.method == "POST" and form.is_valid():
        try:
            verbs.change(found, form.values, by=request.user, now=timezone.now())
        except DomainError as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("generazioni:evening_office", pk)
    return render(request, "generazioni/evening/form.html", {"form": form, "evening": found})


@staff_required
@require_POST
def publish(request, pk):
    found = get_object_or_404(Evening, pk=pk)
    carried_out(request, verbs.publish, found, thanks=_("Published: everybody finds it in the agenda and can sign up."))
    return redirect("generazioni:evening_office", pk)


@staff_required
def cancel(request, pk):
    """Asks for the reason first: it reaches everybody who signed up."""
    found = get_object_or_404(Evening.objects.with_counts(), pk=pk)
    if (found.state, Evening.State.CANCELLED) not in Evening.TRANSITIONS:
        messages.warning(request, _("Nothing to cancel: the evening is “%(state)s”.") % {"state": found.get_state_display()})
        return redirect("generazioni:evening_office", pk)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        carried_out(
            request,
            verbs.cancel,
            found,
            thanks=_("The evening is cancelled, and whoever gave an e-mail address has been told."),
            reason=form.cleaned_data["reason"],
        )
        return redirect("generazioni:evening_office", pk)
    return render(request, "generazioni/evening/cancel.html", {"form": form, "evening": found})


@staff_required
def who_came(request, pk):
    found = get_object_or_404(Evening, pk=pk)
    form = WhoCameForm(
        request.POST if request.method == "POST" else None, guests=found.guests.seated().order_by("name", "pk")
    )
    if request.method == "POST" and form.is_valid():
        ticked = form.cleaned_data["came"]
        try:
            verbs.note_who_came(found, ticked, by=request.user, now=timezone.now())
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            count = len(ticked)
            messages.success(
                request,
                ngettext("Saved: %(count)s person came.", "Saved: %(count)s people came.", count) % {"count": count},
            )
            return redirect("generazioni:evening_office", pk)
    return render(request, "generazioni/evening/who_came.html", {"form": form, "evening": found})
