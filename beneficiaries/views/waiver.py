"""Waivers, asked and signed; a screening as it was."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oltreiperimetri.accounts.enums import ALL_TOWNS_ROLES
from oltreiperimetri.accounts.gates import role_required, staff_required
from oltreiperimetri.audit.trail import record_read
from oltreiperimetri.shared.acting import carried_out
from oltreiperimetri.shared.desk import Tab
from oltreiperimetri.shared.errors import DomainError

from ..domain import waiver as verbs
from ..domain.explanation import explain_screening
from ..domain.screening import screen_again
from ..forms.rules import WaiverForm
from ..models import Application, CriterionResult, Screening, Waiver
from .posted import posted

PER_PAGE = 25


@staff_required
def waiver_new(request, pk, criterion):
    if criterion not in CriterionResult.Criterion.values:
        raise Http404
    reach = Application.objects.visible_to(request.user).select_related("person")
    found, form = get_object_or_404(reach, pk=pk), WaiverForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            verbs.ask_waiver(
                found, criterion, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now()
            )  # fmt: skip
        except DomainError as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Asked. A coordinator who is somebody else has to sign."))
            return redirect(found)
    title = _("Waive a requirement: %(title)s") % {"title": CriterionResult.Criterion(criterion).label}
    context = {"form": form, "application": found, "title": title}
    return render(request, "beneficiaries/applications/form.html", context)


@role_required(*ALL_TOWNS_ROLES)
@require_safe
def waivers(request):
    """Those that wait for a signature, the oldest first."""
    waiting = Waiver.objects.visible_to(request.user).filter(state=Waiver.State.ASKED)
    page = Paginator(waiting.select_related("application__person", "asked_by"), PER_PAGE).get_page(request.GET.get("page"))
    for waiver in page.object_list:
        waiver.title = CriterionResult.Criterion(waiver.criterion).label
    return render(request, "beneficiaries/rules/waivers.html", {"page_obj": page})


@role_required(*ALL_TOWNS_ROLES)
def waiver_answer(request, pk):
    """Read why it was asked, and sign or not."""
    reach = Waiver.objects.visible_to(request.user).select_related("application__person", "asked_by", "signed_by")
    found = get_object_or_404(reach, pk=pk)
    if request.method == "POST":
        return carry_out_answer(request, found)
    record_read(found, by=request.user)
    found.title = CriterionResult.Criterion(found.criterion).label
    may_sign = found.state == Waiver.State.ASKED and found.asked_by_id != request.user.pk
    return render(request, "beneficiaries/rules/waiver.html", {"waiver": found, "may_sign": may_sign})


def carry_out_answer(request, found: Waiver):
    answer = request.POST.get("answer")
    if answer not in ("grant", "refuse"):
        messages.warning(request, _("Choose whether you sign or not."))
        return redirect("beneficiaries:waiver_answer", found.pk)
    carried_out(
        request,
        verbs.answer_waiver,
        found,
        grants=answer == "grant",
        thanks=_("Signed: a new screening was taken.") if answer == "grant" else _("Not signed."),
        tone=messages.WARNING,
    )
    return redirect("beneficiaries:waivers")


@staff_required
@require_POST
def screen_anew(request, pk):
    """By the rules and the papers of today; the earlier screenings stay."""
    found = get_object_or_404(Application.objects.visible_to(request.user).select_related("person__municipality"), pk=pk)
    try:
        taken = screen_again(found, by=request.user, now=timezone.now())
    except DomainError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("New screening: %(outcome)s.") % {"outcome": taken.get_outcome_display()})
    return redirect(found.person.tab_url(Tab.ELIGIBILITY))


@staff_required
@require_safe
def screening(request, pk):
    """A screening as it was, by the rules and on the facts of then."""
    reach = Application.objects.visible_to(request.user)
    found = get_object_or_404(
        Screening.objects.filter(application__in=reach).select_related("application__person", "by"), pk=pk
    )
    record_read(found, by=request.user)
    context = {
        "screening": found,
        "application": found.application,
        "criteria": explain_screening(found, found.criteria.all(), for_staff=True),
    }
    return render(request, "beneficiaries/rules/screening.html", context)
