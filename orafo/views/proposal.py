"""Proposals for the office: the list, and one with its history, answers got by phone and its end."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.audit.trail import record_read
from oltreiperimetri.documents import exports
from oltreiperimetri.shared.acting import carried_out

from ..domain import proposal as verbs
from ..domain.offer import offer_of
from ..enums import DeclinedBy, DeclineReason
from ..forms.proposal import DeclineForm, OfficeDeclineForm, ProposalFilters
from ..models import Proposal
from .answer import read_answer
from .here import events, page_of

OFFICE = "ufficio"


def find(request, pk) -> Proposal:
    proposals = Proposal.objects.visible_to(request.user).with_names().select_related("traineeship", "slot__tutor")
    return get_object_or_404(proposals, pk=pk)


@staff_required
@require_safe
def proposals(request):
    today = timezone.localdate()
    filters = ProposalFilters(request.GET)
    rows = filters.rows(Proposal.objects.visible_to(request.user).with_names(), today=today).order_by("-pk")
    if "formato" in request.GET:
        return as_table(request, rows)
    context = {
        "filters": filters,
        "active": filters.active(request.GET),
        "page_obj": page_of(request, rows),
        "today": today,
    }
    return render(request, "orafo/proposal/list.html", context)


def as_table(request, rows):
    headers = [
        _("Person"),
        _("Group"),
        _("Slot"),
        _("Organisation"),
        _("Municipality"),
        _("State"),
        _("Proposed on"),
        _("Answer by"),
        _("Declined by"),
        _("Reason"),
    ]
    lines = (
        [
            row.person.full_name,
            row.membership.cohort.name if row.membership else "",
            row.slot.title,
            row.slot.organisation.name,
            row.slot.site.municipality.name,
            row.get_state_display(),
            row.proposed_on,
            row.answer_by,
            row.get_declined_by_display(),
            row.get_decline_reason_display(),
        ]
        for row in rows
    )
    return exports.table_response(request, "proposte", headers, lines)


@staff_required
@require_safe
def proposal(request, pk):
    found = find(request, pk)
    record_read(found, by=request.user)
    return show(request, found)


def show(request, found: Proposal, *, answer_form=None, office_form=None):
    today = timezone.localdate()
    waits_for = found.waits_for
    context = {
        "proposal": found,
        "slot": found.slot,
        "person": found.person,
        "offer": offer_of(found.slot, today=today),
        "waits_for_firm": waits_for == DeclinedBy.FIRM,
        "is_awaited": bool(waits_for) and not found.has_lapsed_on(today),
        "has_lapsed": found.has_lapsed_on(today),
        "form": answer_form or (DeclineForm(side=waits_for) if waits_for else None),
        "office_form": office_form or OfficeDeclineForm(prefix=OFFICE),
        "history": events(found, DeclineReason.choices),
        "traineeship": getattr(found, "traineeship", None),
        "today": today,
    }
    is_wrong = any(form is not None and form.is_bound for form in (answer_form, office_form))
    return render(request, "orafo/proposal/detail.html", context, status=422 if is_wrong else 200)


@staff_required
@require_POST
def record_answer(request, pk):
    """The answer of the person or of the firm, told to the office."""
    found = find(request, pk)
    side = found.waits_for
    if not side:
        messages.warning(request, _("No answer is awaited now."))
        return redirect(found)
    form, given = read_answer(request, side)
    if given is None:
        return show(request, found, answer_form=form)
    carried_out(request, verbs.answer, found, side=side, thanks=_("The answer is written down."), **given)
    return redirect(found)


@staff_required
@require_POST
def close(request, pk):
    """The office ends it: nobody has to answer any more."""
    found = find(request, pk)
    form = OfficeDeclineForm(request.POST, prefix=OFFICE)
    if not form.is_valid():
        return show(request, found, office_form=form)
    carried_out(
        request,
        verbs.decline,
        found,
        declined_by=DeclinedBy.OFFICE,
        thanks=_("The proposal is closed."),
        **form.cleaned_data,
    )
    return redirect(found)
