"""What is done to a traineeship: prepared, changed, its papers ticked, agreed, given up, ended early, closed."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.shared.acting import carried_out
from oltreiperimetri.shared.errors import DomainError

from ..domain import traineeship as verbs
from ..domain.offer import DAYS_A_WEEK, offer_of
from ..enums import ReadyItem
from ..forms.traineeship import TraineeshipForm, stored_values
from ..forms.traineeship_steps import CloseForm, EndEarlyForm, TickForm, VoidForm
from ..models import Proposal, Traineeship
from .traineeship import find, show

State = Traineeship.State
TIME_FOR_PAPERS = timedelta(days=7)


@staff_required
def prepare(request, pk):
    """From a proposal to which both said yes."""
    proposal = get_object_or_404(Proposal.objects.visible_to(request.user).with_names().select_related("slot__tutor"), pk=pk)
    if proposal.state != Proposal.State.FIRM_OK:
        messages.warning(request, _("A traineeship is prepared once, after both have said yes."))
        return redirect(proposal)
    slot, offer = proposal.slot, offer_of(proposal.slot, today=timezone.localdate() + TIME_FOR_PAPERS)
    initial = {
        "starts_on": offer.first,
        "weekly_hours": slot.weekly_hours,
        "days_a_week": DAYS_A_WEEK,
        "monthly_allowance": offer.minimum.amount,
        "host_tutor": slot.tutor_id,
    }
    form = TraineeshipForm(request.POST or None, initial=initial, host=slot.organisation, first=offer.first)
    if request.method == "POST" and form.is_valid():
        try:
            made = verbs.prepare(proposal, form.values(), by=request.user, now=timezone.now())
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The traineeship is in preparation: now the papers."))
            return redirect(made)
    context = {
        "form": form,
        "title": _("Prepare the traineeship"),
        "lead": f"{proposal.person.full_name}, {slot.title}, {slot.organisation.name}",
        "back": proposal.get_absolute_url(),
    }
    return render(request, "orafo/traineeship/form.html", context, status=422 if form.is_bound else 200)


@staff_required
def edit(request, pk):
    found = find(request, pk)
    if found.state != State.DRAFT:
        messages.warning(request, _("All have agreed: it can no longer be changed."))
        return redirect(found)
    form = TraineeshipForm(
        request.POST or None, initial=stored_values(found), host=found.organisation, first=found.starts_on
    )
    if request.method == "POST" and form.is_valid():
        try:
            verbs.change(found, form.values(), by=request.user, now=timezone.now())
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect(found)
    context = {
        "form": form,
        "title": _("Change the traineeship"),
        "lead": f"{found.person.full_name}, {found.organisation.name}",
        "back": found.get_absolute_url(),
    }
    return render(request, "orafo/traineeship/form.html", context, status=422 if form.is_bound else 200)


def refuse(form, refusal: DomainError) -> None:
    """The sentence beside its field, or in the summary."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))


@staff_required
@require_POST
def tick(request, pk):
    """Tick an item with its day, or take the tick away."""
    found = find(request, pk)
    if "undo" in request.POST:
        item = request.POST.get("item", "")
        if item in ReadyItem.values:
            carried_out(request, verbs.untick, found, item, thanks=_("Taken off the list."))
        return to_papers(found)
    form = TickForm(request.POST, today=timezone.localdate(), auto_id=f"id_{request.POST.get('item', '')}_%s")
    if not form.is_valid():
        return show(request, found, tick_form=form)
    carried_out(request, verbs.tick, found, thanks=_("Written down."), **form.cleaned_data)
    return to_papers(found)


def to_papers(found: Traineeship):
    return redirect(f"{found.get_absolute_url()}#documenti")


@staff_required
@require_POST
def agree(request, pk):
    found = find(request, pk)
    thanks = _("All agree: the person and the firm hear it now, and the follow-up is planned.")
    carried_out(request, verbs.agree, found, thanks=thanks)
    return redirect(found)


@staff_required
def void(request, pk):
    return ask_and_act(
        request,
        find(request, pk),
        VoidForm(request.POST or None),
        verbs.void,
        title=_("It does not take place"),
        text=_("The days are free again for the person and the firm, and nothing more is asked."),
        thanks=_("Written down: it does not take place."),
    )


@staff_required
def end_early(request, pk):
    return ask_and_act(
        request,
        find(request, pk),
        EndEarlyForm(request.POST or None),
        verbs.end_early,
        title=_("It ends early"),
        text=_("The follow-up will count its months from this last day."),
        thanks=_("The early end is written down."),
    )


@staff_required
def close(request, pk):
    return ask_and_act(
        request,
        find(request, pk),
        CloseForm(request.POST or None),
        verbs.close,
        title=_("Close the traineeship"),
        text=_("Say how it ended. The follow-up goes on by itself."),
        thanks=_("The traineeship is closed."),
    )


def ask_and_act(request, found: Traineeship, form, verb: Callable, *, title: str, text: str, thanks: str):
    """One small page: what it means, the form, then the verb."""
    if request.method == "POST" and form.is_valid():
        try:
            verb(found, **form.cleaned_data, by=request.user, now=timezone.now())
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, thanks)
            return redirect(found)
    context = {"form": form, "title": title, "text": text, "traineeship": found, "today": timezone.localdate()}
    return render(request, "orafo/traineeship/step.html", context, status=422 if form.is_bound else 200)
