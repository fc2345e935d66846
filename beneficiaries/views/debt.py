"""What a household owes: written down, negotiated one by one, and what changes in the end."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.audit.trail import available_moves, record_read

from ..domain import debt as verbs
from ..domain import household_file
from ..domain.money_rules import money_rules_on
from ..enums import Ball
from ..enums_money import MoneyPathKind, Service
from ..forms.debt import DebtForm, OfferForm, SureForm, WaitForm
from ..models import Debt, ServiceReferral
from .acts import is_done, is_sent
from .budget import has_open, shown_paths
from .people import person_of
from .posted import posted

State = Debt.State


@dataclass(frozen=True)
class DebtStep:
    """One passage: its address, the button's words, what is asked, who acts; `target` None: the state stays."""

    slug: str
    label: str
    form: type
    verb: Callable
    target: str | None = None


STEPS = {
    step.slug: step
    for step in (
        DebtStep(
            "contatta", gettext_lazy("The creditor has been contacted"), WaitForm, verbs.contact_creditor, State.CONTACTED
        ),
        DebtStep("offerta", gettext_lazy("Write down the offer"), OfferForm, verbs.note_offer, State.OFFERED),
        DebtStep("accordo", gettext_lazy("There is an agreement"), SureForm, verbs.agree, State.AGREED),
        DebtStep("rifiuto", gettext_lazy("No agreement"), SureForm, verbs.refuse, State.REFUSED),
        DebtStep("chiudi", gettext_lazy("Paid off or settled"), SureForm, verbs.close_debt, State.CLOSED),
        DebtStep("riapri", gettext_lazy("It was not over"), SureForm, verbs.reopen_debt, State.LISTED),
        DebtStep("aspetta", gettext_lazy("Wait until another day"), WaitForm, verbs.wait_longer),
    )
}


@staff_required
@require_safe
def debts(request, pk):
    person = person_of(request, pk)
    record_read(person, by=request.user, changes={"part": "debts"})
    today = timezone.localdate()
    plan = household_file.plan_for(person, today=today)
    for line in plan.lines:
        line.debt.steps = steps_of(line.debt, by=request.user)
        line.debt.is_late = line.debt.due_on is not None and line.debt.due_on < today
    context = {
        "person": person,
        "plan": plan,
        "closed": [debt for debt in person.debts.all() if debt.state == State.CLOSED],
        "paths": shown_paths(person, MoneyPathKind.DEBT, request.user),
        "kind": MoneyPathKind.DEBT,
        "has_open": has_open(person, MoneyPathKind.DEBT),
        "foundation": foundation_referral(person),
        "anti_usury": Service.ANTI_USURY,
    }
    return render(request, "beneficiaries/money/debts.html", context)


def steps_of(debt: Debt, *, by) -> list[DebtStep]:
    """Those that its state allows, each with the words of its passage."""
    moves = dict(available_moves(debt, by=by))
    steps = [replace(step, label=moves[step.target].label) for step in STEPS.values() if step.target in moves]
    return [*steps, STEPS["aspetta"]] if debt.state in Debt.WAITING else steps


def foundation_referral(person) -> ServiceReferral | None:
    """The latest referral to the anti-usury foundation that was not taken back."""
    sent = [one for one in person.service_referrals.all() if one.service == Service.ANTI_USURY]
    return next((one for one in sent if one.state != ServiceReferral.State.WITHDRAWN), None)


@staff_required
def debt_new(request, pk):
    person = person_of(request, pk)
    form = DebtForm(posted(request))
    if is_sent(request, form):
        values = {"creditor": form.cleaned_data["creditor"], "terms": form.terms}
        if is_done(request, form, verbs.list_debt, person, **values):
            messages.success(request, _("The debt is in the plan."))
            return redirect("beneficiaries:debts", pk=person.pk)
    context = {"person": person, "form": form, "title": _("Add a debt"), "back": "beneficiaries:debts"}
    return render(request, "beneficiaries/money/form.html", context)


def debt_of(request, pk) -> Debt:
    return get_object_or_404(Debt.objects.visible_to(request.user).select_related("person"), pk=pk)


@staff_required
def debt_edit(request, pk):
    debt = debt_of(request, pk)
    form = DebtForm(posted(request), initial=initial_of(debt))
    if is_sent(request, form):
        values = {"creditor": form.cleaned_data["creditor"], "terms": form.terms}
        if is_done(request, form, verbs.correct_debt, debt, **values):
            messages.success(request, _("Saved."))
            return redirect("beneficiaries:debts", pk=debt.person_id)
    record_read(debt, by=request.user, changes={"part": "debts"})
    context = {"person": debt.person, "form": form, "title": _("Correct the debt"), "back": "beneficiaries:debts"}
    return render(request, "beneficiaries/money/form.html", context)


def initial_of(debt: Debt) -> dict:
    terms = asdict(debt.terms)
    days = {name: date.fromisoformat(terms[name]) if terms[name] else None for name in ("since", "until")}
    return {"creditor": debt.creditor} | terms | days


@staff_required
def debt_step(request, pk, slug):
    debt = debt_of(request, pk)
    if slug not in STEPS:
        raise Http404
    step = next((step for step in steps_of(debt, by=request.user) if step.slug == slug), None)
    if step is None:
        messages.warning(request, _("This step is not possible now."))
        return redirect("beneficiaries:debts", pk=debt.person_id)
    form = step.form(posted(request), initial=wait_from(timezone.localdate()), submit=step.label)
    if is_sent(request, form):
        values = form.values if isinstance(form, OfferForm) else form.cleaned_data
        if is_done(request, form, step.verb, debt, **values):
            messages.success(request, _("Saved."))
            return redirect("beneficiaries:debts", pk=debt.person_id)
    record_read(debt, by=request.user, changes={"part": "debts"})
    context = {"person": debt.person, "form": form, "title": step.label, "back": "beneficiaries:debts", "debt": debt}
    return render(request, "beneficiaries/money/form.html", context)


def wait_from(today: date) -> dict:
    days = money_rules_on(today)["creditor_answer_days"]
    return {"ball": Ball.PARTNER.value, "due_on": today + timedelta(days=days)}
