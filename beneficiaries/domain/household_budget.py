"""The arithmetic of a household budget: exact fractions of a euro a month, rounded to cents once, when they are shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from ..enums_money import CATEGORIES, TIMES_A_MONTH, Side
from ..models import BudgetLine


def cents(value: Fraction) -> Decimal:
    """Euro with two decimals, half a cent away from zero: 0.005 is 0.01, -0.005 is -0.01."""
    rounded = floor(abs(value) * 100 + Fraction(1, 2))
    return Decimal(rounded if value >= 0 else -rounded).scaleb(-2).quantize(Decimal("0.01"))


def percent(share: Fraction | None) -> Decimal | None:
    """A share as a percentage with one decimal, rounded once; None stays None."""
    return None if share is None else (cents(share * 10) * 10).quantize(Decimal("0.1"))


def monthly(amount: Decimal, frequency: str) -> Fraction:
    """Exactly how much an amount is in a month: 52 weeks, 12 months a year."""
    return Fraction(amount) * TIMES_A_MONTH[frequency]


@dataclass(frozen=True)
class Sums:
    """A budget a month, exact; `by_category` in the order of the categories, those that occur."""

    income: Fraction
    expenses: Fraction
    by_category: dict[str, Fraction]

    @property
    def balance(self) -> Fraction:
        return self.income - self.expenses

    @property
    def saving_rate(self) -> Fraction | None:
        """What is left of each euro that comes in; None without income."""
        return self.balance / self.income if self.income else None


def sums_of(lines: Iterable[BudgetLine]) -> Sums:
    totals: dict[str, Fraction] = {}
    sides = {Side.INCOME: Fraction(0), Side.EXPENSE: Fraction(0)}
    for line in lines:
        value = monthly(line.amount, line.frequency)
        totals[line.category] = totals.get(line.category, Fraction(0)) + value
        sides[line.side] += value
    ordered = {category: totals[category] for category in CATEGORIES if category in totals}
    return Sums(sides[Side.INCOME], sides[Side.EXPENSE], ordered)
