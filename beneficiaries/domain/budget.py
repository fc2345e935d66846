"""Budgets of a household: kept by the office with the person, or begun by the person at home."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import move, record
from oltreiperimetri.shared.errors import DomainError

from ..models import Budget, BudgetLine, Person


def refuse_nothing(lines: list[BudgetLine]) -> None:
    if not lines:
        raise DomainError(_("Write at least one line."), code="empty")


@transaction.atomic
def keep_budget(person: Person, lines: Iterable[BudgetLine], *, on_day: date, by, now: datetime) -> Budget:
    """A new version beside the earlier ones; what the person began at home becomes it, instead of standing beside it."""
    lines = list(lines)
    refuse_nothing(lines)
    if on_day > timezone.localdate(now):
        raise DomainError(_("This day is in the future. Check the year."), code="future", field="on_day")
    budget = draft_of(person, lock=True)
    if budget is None:
        budget = Budget(person=person, on_day=on_day, by=by)
        budget.lines = lines
        budget.save()
    else:
        budget.lines, budget.on_day, budget.by = lines, on_day, by
        budget.save(update_fields=["stored_lines", "on_day", "by", "updated_at"])
        move(budget, Budget.State.KEPT, by=by, now=now)
    record("keep_budget", budget, by=by, changes={"on_day": str(on_day), "lines": len(lines)}, at=now)
    return budget


@transaction.atomic
def fill_budget_at_home(person: Person, lines: Iterable[BudgetLine], *, by, now: datetime) -> Budget:
    """What the person writes on their own; it stays theirs to change until it has been looked at together."""
    lines = list(lines)
    refuse_nothing(lines)
    Person.objects.select_for_update().get(pk=person.pk)
    budget = draft_of(person, lock=True) or Budget(person=person, state=Budget.State.DRAFT)
    budget.lines, budget.on_day, budget.by = lines, timezone.localdate(now), by
    budget.save()
    record("fill_budget_at_home", budget, by=by, changes={"lines": len(lines)}, at=now)
    return budget


def draft_of(person: Person, *, lock: bool = False) -> Budget | None:
    budgets = Budget.objects.select_for_update(of=("self",)) if lock else Budget.objects.all()
    return budgets.filter(person=person, state=Budget.State.DRAFT).first()
