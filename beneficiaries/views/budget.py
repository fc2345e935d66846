"""The household budget: kept by the office with the person, begun by the person at home, printed for the kitchen table."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.accounts.gates import role_required, staff_required
from oltreiperimetri.audit.trail import record_read
from oltreiperimetri.documents import pdf
from oltreiperimetri.shared.errors import DomainError

from ..domain import household_file
from ..domain.budget import fill_budget_at_home, keep_budget
from ..enums_money import MoneyPathKind, Side
from ..forms.budget import BudgetForms
from ..models import MoneyPath
from .people import person_of
from .posted import posted

beneficiary_required = role_required(Role.BENEFICIARY)


@staff_required
@require_safe
def budget(request, pk):
    person = person_of(request, pk)
    record_read(person, by=request.user, changes={"part": "budget"})
    return render(request, "beneficiaries/money/budget.html", budget_context(person, request.user))


def budget_context(person, viewer) -> dict:
    versions = household_file.versions_of(person)
    return {
        "person": person,
        "viewer": viewer,
        "versions": versions,
        "latest": versions[0] if versions else None,
        "compared": household_file.compared(versions),
        "shown_versions": list(reversed(versions[: household_file.VERSIONS_COMPARED])),
        "chart": chart_of(versions),
        "draft": household_file.draft_at_home(person),
        "paths": shown_paths(person, MoneyPathKind.COURSE, viewer),
        "kind": MoneyPathKind.COURSE,
        "has_open": has_open(person, MoneyPathKind.COURSE),
    }


def chart_of(versions) -> list[tuple]:
    """(what and when, euro a month) of the versions compared, oldest first."""
    rows = []
    for version in reversed(versions[: household_file.VERSIONS_COMPARED]):
        day = version.budget.on_day.strftime("%d/%m/%y")
        rows += [(f"{Side.INCOME.label} {day}", version.income), (f"{Side.EXPENSE.label} {day}", version.expenses)]
    return rows


def shown_paths(person, kind, viewer) -> list[MoneyPath]:
    """Each with its sessions, of which the reader's own notes only."""
    paths = household_file.paths_of(person, kind)
    for path in paths:
        path.shown_sessions = list(path.sessions.all())
        for session in path.shown_sessions:
            session.own_note = session.note_for(viewer)
    return paths


def has_open(person, kind) -> bool:
    return any(path.state == MoneyPath.State.OPEN for path in household_file.paths_of(person, kind))


@staff_required
def budget_new(request, pk):
    """A new version, begun from what the person wrote at home, else from the last one."""
    person = person_of(request, pk)
    forms = BudgetForms(posted(request), lines=lines_to_begin_with(person), on_day=timezone.localdate())
    if request.method == "POST" and not forms.wants_more and forms.is_valid():
        on_day = forms.day.cleaned_data["on_day"]
        if is_kept(request, forms, keep_budget, person, on_day=on_day):
            messages.success(request, _("The budget is saved. The earlier ones stay beside it."))
            return redirect("beneficiaries:budget", pk=person.pk)
    record_read(person, by=request.user, changes={"part": "budget"})
    context = {"person": person, "forms": forms, "draft": household_file.draft_at_home(person), "for_staff": True}
    return render(request, "beneficiaries/money/budget_form.html", context)


def lines_to_begin_with(person) -> list:
    versions = household_file.versions_of(person)
    begun = household_file.draft_at_home(person) or (versions[0] if versions else None)
    return begun.budget.lines if begun else []


def is_kept(request, forms, verb, person, **values) -> bool:
    try:
        verb(person, forms.lines, **values, by=request.user, now=timezone.now())
    except DomainError as refusal:
        if forms.day and refusal.field == "on_day":
            forms.day.add_error("on_day", str(refusal))
        else:
            messages.error(request, str(refusal))
        return False
    return True


@staff_required
@require_safe
def summary(request, pk):
    """Budget, debts and plan on paper, for the person."""
    person = person_of(request, pk)
    record_read(person, by=request.user, changes={"part": "budget", "format": "pdf"})
    return printed(person)


def printed(person):
    today = timezone.localdate()
    versions = household_file.versions_of(person)
    context = {
        "person": person,
        "today": today,
        "latest": versions[0] if versions else None,
        "plan": household_file.plan_for(person, today=today),
    }
    return pdf.response("beneficiaries/money/summary.html", context, filename="conti-di-casa")


@beneficiary_required
@require_safe
def my_budget(request):
    person = getattr(request.user, "person", None)
    if person is None:
        return redirect("portal:my_path")
    today = timezone.localdate()
    versions = household_file.versions_of(person)
    context = {
        "person": person,
        "latest": versions[0] if versions else None,
        "chart": chart_of(versions),
        "draft": household_file.draft_at_home(person),
        "plan": household_file.plan_for(person, today=today),
        "money_paths": list(person.money_paths.all()),
        "referrals": household_file.sent_referrals(person, today=today),
    }
    return render(request, "beneficiaries/money/my_budget.html", context)


@beneficiary_required
def my_budget_fill(request):
    """At home, calmly: what is written stays theirs until it is looked at together."""
    person = getattr(request.user, "person", None)
    if person is None:
        return redirect("portal:my_path")
    forms = BudgetForms(posted(request), lines=lines_to_begin_with(person), with_day=False)
    if request.method == "POST" and not forms.wants_more and forms.is_valid():
        kept = is_kept(request, forms, fill_budget_at_home, person)
        if kept:
            messages.success(request, _("Saved. We will look at it together when we meet."))
            return redirect("beneficiaries:my_budget")
    context = {"person": person, "forms": forms, "for_staff": False}
    return render(request, "beneficiaries/money/budget_form.html", context)


@beneficiary_required
@require_safe
def my_summary(request):
    person = getattr(request.user, "person", None)
    if person is None:
        return redirect("portal:my_path")
    record_read(person, by=request.user, action="export_own_data", changes={"part": "budget", "format": "pdf"})
    return printed(person)
