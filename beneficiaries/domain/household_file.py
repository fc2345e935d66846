"""The household economy of one person, read once: paths, budgets, debts and what they add up to."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import Prefetch, prefetch_related_objects

from ..enums_money import CATEGORIES, SIDE_OF, Side
from ..models import Budget, Debt, MoneyPath, MoneySession, Person, ServiceReferral
from .household_budget import Sums, cents, percent, sums_of
from .money_rules import money_rules_on
from .repayment import Plan, plan_of

VERSIONS_COMPARED = 4


@dataclass(frozen=True)
class Version:
    """A budget with its sums a month in cents."""

    budget: Budget
    sums: Sums

    @property
    def income(self) -> Decimal:
        return cents(self.sums.income)

    @property
    def expenses(self) -> Decimal:
        return cents(self.sums.expenses)

    @property
    def balance(self) -> Decimal:
        return cents(self.sums.balance)

    @property
    def saving_rate(self) -> Decimal | None:
        return percent(self.sums.saving_rate)

    def rows(self, side: Side) -> list[tuple[str, Decimal]]:
        """(category, euro a month) of one side."""
        values = self.sums.by_category.items()
        return [(str(CATEGORIES[one]), cents(value)) for one, value in values if SIDE_OF[one] == side]

    @property
    def sides(self) -> list[tuple[Side, list[tuple[str, Decimal]]]]:
        return [(side, self.rows(side)) for side in Side]


def read(person: Person) -> Person:
    """Everything of the household economy, once for a page: asked again, nothing is read twice."""
    sessions = MoneySession.objects.select_related("educator").order_by("-day", "-pk")
    paths = MoneyPath.objects.select_related("educator", "plan").prefetch_related(Prefetch("sessions", sessions))
    referrals = ServiceReferral.objects.select_related("organisation", "by")
    prefetch_related_objects(
        [person],
        Prefetch("money_paths", paths.order_by("-opened_on", "-pk")),
        Prefetch("budgets", Budget.objects.select_related("by").order_by("-on_day", "-pk")),
        Prefetch("debts", Debt.objects.order_by("pk")),
        Prefetch("service_referrals", referrals.order_by("-created_at", "-pk")),
    )
    return person


def paths_of(person: Person, kind: str) -> list[MoneyPath]:
    return [path for path in read(person).money_paths.all() if path.kind == kind]


def versions_of(person: Person) -> list[Version]:
    """The kept budgets, newest first."""
    kept = [budget for budget in read(person).budgets.all() if budget.state == Budget.State.KEPT]
    return [Version(budget, sums_of(budget.lines)) for budget in kept]


def draft_at_home(person: Person) -> Version | None:
    drafts = [budget for budget in read(person).budgets.all() if budget.state == Budget.State.DRAFT]
    return Version(drafts[0], sums_of(drafts[0].lines)) if drafts else None


def income_of(person: Person) -> Fraction | None:
    """A month, from the latest kept budget; None when there is none."""
    versions = versions_of(person)
    return versions[0].sums.income if versions else None


def plan_for(person: Person, *, today: date) -> Plan:
    return plan_of(read(person).debts.all(), income=income_of(person), rules=money_rules_on(today))


def compared(versions: list[Version]) -> list[dict]:
    """Oldest to newest, a row for each category that occurs: label, side, euro a month of each version."""
    shown = list(reversed(versions[:VERSIONS_COMPARED]))
    rows = []
    for category, label in CATEGORIES.items():
        values = [version.sums.by_category.get(category, Fraction(0)) for version in shown]
        if any(values):
            change = cents(values[-1] - values[0])
            rows.append({"label": label, "cells": [cents(value) for value in values], "change": change})
    return rows


def referrals_of(person: Person, *, today: date) -> list[ServiceReferral]:
    """Newest first, each knowing whether its answer is late."""
    referrals = list(read(person).service_referrals.all())
    for referral in referrals:
        referral.is_late = referral.due_on is not None and referral.due_on < today
    return referrals


def sent_referrals(person: Person, *, today: date) -> list[ServiceReferral]:
    """Those the person is told about: sent, and not taken back."""
    untold = (ServiceReferral.State.DRAFT, ServiceReferral.State.WITHDRAWN)
    return [referral for referral in referrals_of(person, today=today) if referral.state not in untold]
