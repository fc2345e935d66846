"""People sent to other services: the list, and each referral with its passages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.audit.trail import record_read, state_changes

from ..domain import service_referral as verbs
from ..domain.money_rules import money_rules_on
from ..enums_money import Service
from ..forms.service_referral import AnswerForm, ReferralFilters, ReferralForm, SendForm, WaitLongerForm, WithdrawForm
from ..models import ServiceReferral
from .acts import is_done, is_sent
from .people import person_of
from .posted import posted

PER_PAGE = 25
State = ServiceReferral.State


@dataclass(frozen=True)
class ReferralStep:
    """One passage: its button, what is asked, who acts, and the states in which it is offered."""

    slug: str
    label: str
    form: type
    verb: Callable
    states: tuple[str, ...]


STEPS = {
    step.slug: step
    for step in (
        ReferralStep("invia", gettext_lazy("Send it"), SendForm, verbs.send, (State.DRAFT, State.DECLINED)),
        ReferralStep("risposta", gettext_lazy("Write down the answer"), AnswerForm, verbs.note_answer, (State.SENT,)),
        ReferralStep("aspetta", gettext_lazy("Wait until another day"), WaitLongerForm, verbs.wait_longer, (State.SENT,)),
        ReferralStep(
            "ritira", gettext_lazy("Take it back"), WithdrawForm, verbs.withdraw, (State.DRAFT, State.SENT, State.ACCEPTED)
        ),
    )
}


@staff_required
@require_safe
def referrals(request):
    today = timezone.localdate()
    filters = ReferralFilters(request.GET, user=request.user)
    reach = (
        ServiceReferral.objects.visible_to(request.user).select_related("person", "organisation").defer("reason", "answer")
    )
    page = Paginator(filters.apply(reach, today=today), PER_PAGE).get_page(request.GET.get("page"))
    for referral in page.object_list:
        referral.is_late = referral.due_on is not None and referral.due_on < today
    context = {"page_obj": page, "count": page.paginator.count, "filters": filters, "chips": filters.chips()}
    return render(request, "beneficiaries/money/referrals.html", context)


def referral_of(request, pk) -> ServiceReferral:
    reach = ServiceReferral.objects.visible_to(request.user).select_related("person", "organisation", "by")
    return get_object_or_404(reach, pk=pk)


@staff_required
@require_safe
def referral(request, pk):
    found = referral_of(request, pk)
    record_read(found, by=request.user, changes={"part": "referral"})
    today = timezone.localdate()
    context = {
        "referral": found,
        "is_late": found.due_on is not None and found.due_on < today,
        "steps": [step for step in STEPS.values() if found.state in step.states],
        "history": named(state_changes(found)),
    }
    return render(request, "beneficiaries/money/referral.html", context)


def named(changes) -> list:
    labels = dict(State.choices)
    found = list(changes)
    for change in found:
        change.label = labels.get(change.to_state, change.to_state)
    return found


@staff_required
def referral_new(request, pk):
    """`?servizio=anti_usury` chooses the service already."""
    person = person_of(request, pk)
    asked = request.GET.get("servizio")
    initial = {"service": asked if asked in Service.values else None, "consent_on": timezone.localdate()}
    form = ReferralForm(posted(request), initial=initial)
    if is_sent(request, form) and is_done(request, form, verbs.prepare, person, form.cleaned_data):
        messages.success(request, _("The referral is prepared. Say when it is sent."))
        return redirect(person.service_referrals.latest("pk"))
    context = {"person": person, "form": form, "title": _("Send to another service"), "back": "portal:person"}
    return render(request, "beneficiaries/money/form.html", context)


@staff_required
def referral_edit(request, pk):
    found = referral_of(request, pk)
    if found.state != State.DRAFT:
        messages.warning(request, _("What was sent cannot be changed any more."))
        return redirect(found)
    form = ReferralForm(posted(request), initial={name: getattr(found, name) for name in verbs.FIELDS})
    if is_sent(request, form) and is_done(request, form, verbs.change, found, form.cleaned_data):
        messages.success(request, _("Saved."))
        return redirect(found)
    record_read(found, by=request.user, changes={"part": "referral"})
    context = {"person": found.person, "form": form, "title": _("Change the referral"), "back_url": found.get_absolute_url()}
    return render(request, "beneficiaries/money/form.html", context)


@staff_required
def referral_step(request, pk, slug):
    found = referral_of(request, pk)
    step = STEPS.get(slug)
    if step is None:
        raise Http404
    if found.state not in step.states:
        messages.warning(request, _("This step is not possible now."))
        return redirect(found)
    form = step.form(posted(request), initial=initial_of(found))
    if is_sent(request, form) and is_done(request, form, step.verb, found, **form.cleaned_data):
        messages.success(request, _("Saved."))
        return redirect(found)
    record_read(found, by=request.user, changes={"part": "referral"})
    context = {"person": found.person, "form": form, "title": step.label, "back_url": found.get_absolute_url()}
    return render(request, "beneficiaries/money/form.html", context)


def initial_of(found: ServiceReferral) -> dict:
    today = timezone.localdate()
    answer_by = today + timedelta(days=money_rules_on(today)["service_answer_days"])
    return {"sent_on": today, "due_on": answer_by, "answered_on": today, "ball": found.ball or "partner"}
