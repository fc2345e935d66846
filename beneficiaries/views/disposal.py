"""The disposal list: what is due, what is proposed, what was erased. Only coordinators; two of them for each file."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oltreiperimetri.accounts.enums import ALL_TOWNS_ROLES
from oltreiperimetri.accounts.gates import role_required
from oltreiperimetri.shared.acting import carried_out
from oltreiperimetri.shared.errors import DomainError

from ..domain import disposal as verbs
from ..domain.retention import due_for_disposal, retention_months
from ..forms.batch import BatchForm
from ..forms.data_request import HoldForm, RefusalForm
from ..models import Disposal, Hold, Person
from .batch import results_page

PER_PAGE = 25
MOST_SHOWN = 100
coordinators = role_required(*ALL_TOWNS_ROLES)


@coordinators
@require_safe
def disposals(request):
    today = timezone.localdate()
    due = due_for_disposal(Person.objects.visible_to(request.user).defer("tax_code"), today=today)
    page = Paginator(due.select_related("municipality"), PER_PAGE).get_page(request.GET.get("page"))
    grounds = dict(Disposal.Ground.choices)
    months = {ground: retention_months(ground, today=today) for ground in grounds}
    for person in page.object_list:
        person.ground_label = grounds[person.ground]
        person.months = months[person.ground]
    rows = Disposal.objects.select_related("person", "proposed_by", "decided_by")
    proposed = list(rows.filter(state=Disposal.State.PROPOSED)[:MOST_SHOWN])
    for one in proposed:
        one.is_own = one.proposed_by_id == request.user.pk
    context = {
        "page_obj": page,
        "count": page.paginator.count,
        "proposed": proposed,
        "held": list(Hold.objects.on(today).select_related("person", "by")[:MOST_SHOWN]),
        "decided": list(rows.exclude(state=Disposal.State.PROPOSED).order_by("-decided_at", "-pk")[:MOST_SHOWN]),
        "refusal_form": RefusalForm(),
    }
    return render(request, "beneficiaries/disposals/list.html", context)


@coordinators
@require_POST
def propose(request):
    form = BatchForm(request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, errors[0])
        return redirect("beneficiaries:disposals")
    rows = verbs.propose_due(form.cleaned_data["chosen"], by=request.user, now=timezone.now())
    return results_page(request, _("Proposed for disposal"), rows)


@coordinators
def disposal(request, pk):
    """One proposed file: a second person reads what goes, and erases."""
    found = get_object_or_404(
        Disposal.objects.filter(state=Disposal.State.PROPOSED).select_related("person", "proposed_by"), pk=pk
    )
    if request.method == "POST":
        try:
            verbs.approve(found, by=request.user, now=timezone.now())
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return redirect("beneficiaries:disposal", found.pk)
        messages.success(request, _("Erased. What is left is the proof, which names nobody."))
        return redirect("beneficiaries:disposals")
    context = {"found": found, "is_own": found.proposed_by_id == request.user.pk, "refusal_form": RefusalForm()}
    return render(request, "beneficiaries/disposals/detail.html", context)


@coordinators
@require_POST
def refuse(request, pk):
    found = get_object_or_404(Disposal.objects.filter(state=Disposal.State.PROPOSED), pk=pk)
    form = RefusalForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why: the reason is kept with the decision."))
        return redirect("beneficiaries:disposal", found.pk)
    carried_out(request, verbs.refuse, found, form.cleaned_data["reason"], thanks=_("The file stays."))
    return redirect("beneficiaries:disposals")


@coordinators
def hold(request, pk):
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.hold(person, **form.cleaned_data, by=request.user, now=timezone.now())
        except DomainError as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The file is kept until that day."))
            return redirect("beneficiaries:disposals")
    return render(request, "beneficiaries/disposals/hold.html", {"form": form, "person": person})


@coordinators
@require_POST
def lift(request, pk):
    verbs.lift(get_object_or_404(Hold, pk=pk), by=request.user, now=timezone.now())
    messages.success(request, _("The hold is lifted."))
    return redirect("beneficiaries:disposals")
