"""Exact to the cent: budgets, what debts cost, how much of the income they take."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from beneficiaries.domain.household_budget import cents, monthly, percent, sums_of
from beneficiaries.domain.money_rules import money_rules_on
from beneficiaries.domain.repayment import line_of, pay_off, plan_of
from beneficiaries.models import BudgetLine, Debt, Offer, Terms

RULES = money_rules_on(date(2026, 11, 25))


def debt(residual="6000.00", instalment="250.00", offer=None, state="listed", **rest):
    made = Debt(creditor="Banca di prova", state=state)
    made.terms = Terms("bank_loan", residual=Decimal(residual), instalment=Decimal(instalment), **rest)
    made.offer = offer
    return made


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(1, 200), "0.01"),
        (Fraction(-1, 200), "-0.01"),
        (Fraction(49, 10000), "0.00"),
        (Fraction(100, 3), "33.33"),
        (Fraction(200, 3), "66.67"),
        (Fraction(0), "0.00"),
    ],
)
def test_half_a_cent_is_rounded_away_from_zero(value, shown):
    assert str(cents(value)) == shown


@pytest.mark.parametrize(
    ("frequency", "shown"),
    [
        ("weekly", "433.33"),
        ("fortnightly", "216.67"),
        ("monthly", "100.00"),
        ("bimonthly", "50.00"),
        ("quarterly", "33.33"),
        ("half_yearly", "16.67"),
        ("yearly", "8.33"),
    ],
)
def test_an_amount_is_converted_to_a_month(frequency, shown):
    assert str(cents(monthly(Decimal("100.00"), frequency))) == shown


def test_sums_are_exact_until_they_are_shown():
    lines = [BudgetLine("taxes", Decimal("100.00"), "yearly")] * 3 + [BudgetLine("wage", Decimal("1000.00"))]

    sums = sums_of(lines)

    assert (sums.income, sums.expenses, cents(sums.balance)) == (1000, 25, Decimal("975.00"))
    assert sums.saving_rate == Fraction(975, 1000)
    assert sums.by_category == {"wage": 1000, "taxes": 25}


def test_without_income_there_is_no_saving_rate():
    sums = sums_of([BudgetLine("food", Decimal("300.00"))])

    assert (sums.saving_rate, sums.balance) == (None, -300)


def test_percent_has_one_decimal():
    assert (percent(Fraction(1, 3)), percent(None), percent(Fraction(-1, 8))) == (Decimal("33.3"), None, Decimal("-12.5"))


def test_the_last_instalment_pays_what_remains():
    assert pay_off(Decimal("1000.00"), Decimal("300.00")) == (4, Decimal("1000.00"))


def test_interest_is_rounded_once_a_month():
    # 100.00 at 12%: 1.00, then 0.51 on 51.00, then 0.02 on 1.51.
    assert pay_off(Decimal("100.00"), Decimal("50.00"), Decimal(12)) == (3, Decimal("101.53"))


@pytest.mark.parametrize(("instalment", "rate"), [("0.00", None), ("0.00", "5"), ("10.00", "12"), ("9.99", "12")])
def test_what_does_not_cover_the_interest_never_ends(instalment, rate):
    assert pay_off(Decimal("1000.00"), Decimal(instalment), rate and Decimal(rate)) is None


def test_nothing_left_is_paid_off_already():
    assert pay_off(Decimal("0.00"), Decimal("0.00")) == (0, Decimal("0.00"))


def test_an_offer_says_what_is_saved_each_month_and_in_all():
    line = line_of(debt(offer=Offer(Decimal("110.00"), 60)))

    assert (line.before.months, line.before.total) == (24, Decimal("6000.00"))
    assert (line.after.months, line.after.total) == (60, Decimal("6600.00"))
    assert (line.saved, line.total_difference) == (Decimal("140.00"), Decimal("600.00"))


def test_an_offer_without_months_goes_on_until_all_is_paid():
    line = line_of(debt(offer=Offer(Decimal("100.00"))))

    assert (line.after.months, line.after.total) == (60, Decimal("6000.00"))


def test_a_settlement_in_one_payment_costs_less():
    line = line_of(debt(offer=Offer(Decimal("2500.00"), 1)))

    assert (line.saved, line.total_difference) == (Decimal("-2250.00"), Decimal("-3500.00"))


def test_a_debt_that_never_ends_has_no_total():
    plan = plan_of([debt(), debt(instalment="10.00", yearly_rate=Decimal(12))], income=Fraction(1200), rules=RULES)

    assert (plan.total_before, plan.residual, plan.before.instalments) == (None, Decimal("12000.00"), Decimal("260.00"))
    assert plan.lines[1].total_difference is None


def test_a_debt_without_instalment_and_interest_stays_what_it_is():
    line = line_of(debt(instalment="0.00", arrears_months=3))

    assert (line.before.months, line.before.total, line.late) == (None, Decimal("6000.00"), Decimal("0.00"))


@pytest.mark.parametrize(("months", "late"), [(0, "0.00"), (3, "750.00"), (40, "6000.00")])
def test_what_is_late_is_part_of_what_is_left(months, late):
    assert line_of(debt(arrears_months=months)).late == Decimal(late)


def test_closed_debts_are_out_of_the_plan():
    plan = plan_of([debt(state="closed"), debt(instalment="60.00")], income=Fraction(1200), rules=RULES)

    assert (len(plan.lines), plan.before.instalments) == (1, Decimal("60.00"))


@pytest.mark.parametrize(
    ("instalment", "reason"), [("399.99", "within"), ("400.00", "within"), ("400.01", "over"), ("0.00", "within")]
)
def test_a_third_of_the_income_is_within_the_limit(instalment, reason):
    plan = plan_of([debt(instalment=instalment)], income=Fraction(1200), rules=RULES)

    assert (plan.before.reason, plan.before.is_heavy) == (reason, reason == "over")
    assert plan.before.most == Decimal("400.00")


@pytest.mark.parametrize(
    ("income", "instalment", "reason", "heavy"),
    [
        (None, "250.00", "no_budget", False),
        (Fraction(0), "250.00", "no_income", True),
        (Fraction(0), "0.00", "nothing", False),
    ],
)
def test_without_income_the_share_is_not_invented(income, instalment, reason, heavy):
    burden = plan_of([debt(instalment=instalment)], income=income, rules=RULES).before

    assert (burden.share, burden.percent, burden.reason, burden.is_heavy) == (None, None, reason, heavy)


def test_offers_lighten_the_burden():
    plan = plan_of(
        [debt(instalment="500.00", offer=Offer(Decimal("200.00"), 30)), debt()], income=Fraction(1500), rules=RULES
    )

    assert (plan.before.percent, plan.after.percent) == (Decimal("50.0"), Decimal("30.0"))
    assert (plan.saved, plan.before.is_heavy, plan.after.is_heavy) == (Decimal("300.00"), True, False)


def test_the_limit_says_where_it_comes_from():
    rule = RULES.rule("instalments_share_max")

    assert (rule.value, rule.effect, rule.certainty) == (Fraction(1, 3), "warn", "to_confirm")
