"""What debts cost before and after they are negotiated again, and how much of the income they take.

Cents are exact: each month's interest is rounded half up once, as a bank writes it; everything else is a sum.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from oltreiperimetri.shared.rulesets import RuleSet

from ..models import Debt, Offer, Terms
from .household_budget import cents, monthly, percent

# Fifty years of instalments: what lasts longer is said never to end.
LONGEST = 600
NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Course:
    """How a debt goes on: euro a month, for how many months and euro in all; None where it never ends by itself.

    Without an instalment and without interest the months are not known, and what is left stays what it is.
    """

    instalment: Decimal
    months: int | None
    total: Decimal | None


@dataclass(frozen=True)
class Line:
    """One debt of the plan; `after` is None while nothing is offered. `late`: euro of the instalments in arrears."""

    debt: Debt
    before: Course
    after: Course | None
    late: Decimal

    @property
    def now(self) -> Course:
        """What it will cost as things stand."""
        return self.after or self.before

    @property
    def saved(self) -> Decimal:
        """Euro a month less than before; negative when it asks more."""
        return self.before.instalment - self.now.instalment

    @property
    def total_difference(self) -> Decimal | None:
        """Euro in all more than before; negative when less is paid in the end; None where one of them never ends."""
        if self.before.total is None or self.now.total is None:
            return None
        return self.now.total - self.before.total


def pay_off(residual: Decimal, instalment: Decimal, yearly_rate: Decimal | None = None) -> tuple[int, Decimal] | None:
    """(months, euro in all) until nothing is left; the last instalment pays what remains. None when it never ends."""
    balance, paid, months = residual, NOTHING, 0
    rate = Fraction(yearly_rate or 0) / 1200
    while balance > 0:
        owed = balance + cents(Fraction(balance) * rate)
        payment = min(instalment, owed)
        balance = owed - payment
        paid, months = paid + payment, months + 1
        if payment <= 0 or months > LONGEST:
            return None
    return months, paid


def before_of(terms: Terms) -> Course:
    instalment = cents(monthly(terms.instalment, terms.frequency))
    if not instalment and not terms.yearly_rate:
        return Course(instalment, None, terms.residual)
    months, total = pay_off(terms.residual, instalment, terms.yearly_rate) or (None, None)
    return Course(instalment, months, total)


def after_of(terms: Terms, offer: Offer | None) -> Course | None:
    """An offer with its months asks instalment x months; without, until what remains today is paid, free of interest."""
    if offer is None:
        return None
    if offer.months is not None:
        return Course(offer.instalment, offer.months, offer.instalment * offer.months)
    months, total = pay_off(terms.residual, offer.instalment) or (None, None)
    return Course(offer.instalment, months, total)


def line_of(debt: Debt) -> Line:
    before = before_of(debt.terms)
    late = min(debt.terms.residual, before.instalment * debt.terms.arrears_months)
    return Line(debt, before, after_of(debt.terms, debt.offer), late)


@dataclass(frozen=True)
class Burden:
    """How much of the income a month goes into instalments. `share` is None without income or budget; `reason` says why."""

    instalments: Decimal
    income: Decimal | None
    share: Fraction | None
    limit: Fraction
    source: str

    @property
    def reason(self) -> str:
        if self.share is not None:
            return "over" if self.share > self.limit else "within"
        return "no_budget" if self.income is None else "no_income" if self.instalments else "nothing"

    @property
    def is_heavy(self) -> bool:
        """To be looked at; it blocks nothing. Exactly the limit is within it."""
        return self.reason in ("over", "no_income")

    @property
    def percent(self) -> Decimal | None:
        return percent(self.share)

    @property
    def limit_percent(self) -> Decimal:
        return percent(self.limit)

    @property
    def most(self) -> Decimal | None:
        """Euro a month that the limit allows."""
        return None if self.income is None else cents(Fraction(self.income) * self.limit)


@dataclass(frozen=True)
class Plan:
    """All debts not yet closed, before and after, with the burden on the income of both."""

    lines: tuple[Line, ...]
    before: Burden
    after: Burden

    @property
    def residual(self) -> Decimal:
        return sum((line.debt.terms.residual for line in self.lines), NOTHING)

    @property
    def late(self) -> Decimal:
        return sum((line.late for line in self.lines), NOTHING)

    @property
    def saved(self) -> Decimal:
        return self.before.instalments - self.after.instalments

    @property
    def total_before(self) -> Decimal | None:
        return total(line.before.total for line in self.lines)

    @property
    def total_after(self) -> Decimal | None:
        return total(line.now.total for line in self.lines)

    @property
    def has_offers(self) -> bool:
        return any(line.after for line in self.lines)


def total(values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum; None when one of the values never ends."""
    found = list(values)
    return None if None in found else sum(found, NOTHING)


def burden(instalments: Decimal, income: Fraction | None, rules: RuleSet) -> Burden:
    rule = rules.rule("instalments_share_max")
    share = Fraction(instalments) / income if income else None
    return Burden(instalments, None if income is None else cents(income), share, rule.value, rule.source)


def plan_of(debts: Iterable[Debt], *, income: Fraction | None, rules: RuleSet) -> Plan:
    """The plan of the debts that are still there; `income` a month from the latest budget, None when there is none."""
    lines = tuple(line_of(debt) for debt in debts if debt.state != Debt.State.CLOSED)
    before = sum((line.before.instalment for line in lines), NOTHING)
    after = sum((line.now.instalment for line in lines), NOTHING)
    return Plan(lines, burden(before, income, rules), burden(after, income, rules))
