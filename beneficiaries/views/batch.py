"""One act on the rows ticked in the list of applications; the answer says what became of each."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from oltreiperimetri.accounts.gates import staff_required

from ..domain import batch
from ..forms.application import MESSAGES
from ..forms.batch import BatchAssignForm, BatchForm, BatchListForm
from ..models import Application
from .applications import back_to

OUTCOMES = {"done": "ok", "refused": "no", "gone": "quiet"}


def reach_of(request):
    return Application.objects.visible_to(request.user)


def results_page(request, title: str, rows):
    """What became of each row, and the way back to the list as it was."""
    labels = {"done": _("Done"), "refused": _("Not done"), "gone": _("No longer there")}
    context = {
        "title": title,
        "rows": [(row, labels[row.outcome], OUTCOMES[row.outcome]) for row in rows],
        "done": sum(row.outcome == "done" for row in rows),
        "total": len(rows),
        "back_url": request.POST.get("next", ""),
    }
    return render(request, "beneficiaries/lists/results.html", context)


def assign(request):
    form = BatchAssignForm(request.POST)
    if not form.is_valid():
        return refused(request, form)
    facts = form.cleaned_data
    rows = batch.assign_each(facts["chosen"], reach_of(request), facts["owner"], by=request.user, now=timezone.now())
    return results_page(request, _("Assigned"), rows)


def review(request):
    form = BatchForm(request.POST)
    if not form.is_valid():
        return refused(request, form)
    rows = batch.review_each(form.cleaned_data["chosen"], reach_of(request), by=request.user, now=timezone.now())
    return results_page(request, _("Taken in review"), rows)


def waiting_list(request):
    """First the page with the words that each person reads, then the act."""
    has_words = "message" in request.POST
    chosen = BatchForm(request.POST)
    if not chosen.is_valid():
        return refused(request, chosen)
    initial = {"chosen": chosen.cleaned_data["chosen"], "message": MESSAGES[Application.State.WAITING_LIST]}
    form = BatchListForm(request.POST if has_words else None, initial=initial)
    if has_words and form.is_valid():
        rows = batch.list_each(
            form.cleaned_data.pop("chosen"), reach_of(request), **form.cleaned_data, by=request.user, now=timezone.now()
        )
        return results_page(request, _("Put on the waiting list"), rows)
    context = {
        "form": form,
        "count": len(chosen.cleaned_data["chosen"]),
        "back_url": request.POST.get("next", ""),
    }
    return render(request, "beneficiaries/lists/waiting_list.html", context)


def invite(request):
    form = BatchForm(request.POST)
    if not form.is_valid():
        return refused(request, form)
    rows = reach_of(request).filter(pk__in=form.cleaned_data["chosen"]).values_list("person", flat=True)
    return redirect(f"{reverse(INVITE)}?{urlencode([('persona', pk) for pk in rows])}")


def refused(request, form):
    for errors in form.errors.values():
        messages.error(request, errors[0])
    return back_to(request, "beneficiaries:applications")


INVITE = "beneficiaries:appointment_invite"
ACTS = {"assegna": assign, "esame": review, "lista-attesa": waiting_list, "invita": invite}


@staff_required
@require_POST
def applications(request):
    """`atto`: what to do with those ticked."""
    act = ACTS.get(request.POST.get("atto", "assegna"))
    if act is None:
        raise Http404
    return act(request)
