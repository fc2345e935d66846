"""Words of the household economy: budget lines, debts, paths of financial education, referrals to other services."""

from fractions import Fraction

from django.db import models
from django.utils.translation import gettext_lazy as _


class Side(models.TextChoices):
    INCOME = "income", _("Income")
    EXPENSE = "expense", _("Expenses")


class Frequency(models.TextChoices):
    WEEKLY = "weekly", _("Every week")
    FORTNIGHTLY = "fortnightly", _("Every two weeks")
    MONTHLY = "monthly", _("Every month")
    BIMONTHLY = "bimonthly", _("Every two months")
    QUARTERLY = "quarterly", _("Every three months")
    HALF_YEARLY = "half_yearly", _("Every six months")
    YEARLY = "yearly", _("Once a year")


# How many times a month: a year has twelve months, or fifty-two weeks.
TIMES_A_MONTH = {
    Frequency.WEEKLY: Fraction(52, 12),
    Frequency.FORTNIGHTLY: Fraction(26, 12),
    Frequency.MONTHLY: Fraction(1),
    Frequency.BIMONTHLY: Fraction(1, 2),
    Frequency.QUARTERLY: Fraction(1, 3),
    Frequency.HALF_YEARLY: Fraction(1, 6),
    Frequency.YEARLY: Fraction(1, 12),
}


class IncomeCategory(models.TextChoices):
    WAGE = "wage", _("Wages")
    OWN_WORK = "own_work", _("Work on one’s own account")
    PENSION = "pension", _("Pension")
    UNEMPLOYMENT = "unemployment", _("Unemployment benefit")
    SUPPORT = "support", _("Inclusion allowance and other aid")
    CHILDREN = "children", _("Allowance for children")
    MAINTENANCE = "maintenance", _("Maintenance from a former partner")
    FAMILY = "family", _("Help from family or friends")
    OTHER_INCOME = "other_income", _("Other income")


class ExpenseCategory(models.TextChoices):
    HOUSING = "housing", _("Rent or mortgage")
    UTILITIES = "utilities", _("Electricity, gas, water, waste")
    FOOD = "food", _("Food and household")
    TRANSPORT = "transport", _("Car, petrol, public transport")
    PHONE = "phone", _("Telephone and internet")
    SCHOOL = "school", _("School and children")
    HEALTH = "health", _("Health and medicines")
    TAXES = "taxes", _("Taxes and insurance")
    INSTALMENTS = "instalments", _("Instalments of debts")
    OTHER_EXPENSE = "other_expense", _("Other expenses")


SIDE_OF = dict.fromkeys(IncomeCategory.values, Side.INCOME) | dict.fromkeys(ExpenseCategory.values, Side.EXPENSE)
CATEGORIES = dict([*IncomeCategory.choices, *ExpenseCategory.choices])


class MoneyPathKind(models.TextChoices):
    COURSE = "course", _("Financial education")
    DEBT = "debt", _("Debts negotiated again")


class MoneyOutcome(models.TextChoices):
    """How a path ends; which of them fit which kind is said by OUTCOMES."""

    BALANCED = "balanced", _("Income and expenses balance")
    SAVING = "saving", _("Puts something aside every month")
    ACCOUNTS = "accounts", _("Keeps the household accounts by themselves")
    ALL_AGREED = "all_agreed", _("New agreement for all debts")
    SOME_AGREED = "some_agreed", _("New agreement for some debts")
    FOUNDATION = "foundation", _("Goes on with the anti-usury foundation")
    INSOLVENCY = "insolvency", _("Goes on with an over-indebtedness procedure")
    NO_AGREEMENT = "no_agreement", _("No agreement was found")
    LEFT = "left", _("Chose to stop before the end")


OUTCOMES = {
    MoneyPathKind.COURSE: (MoneyOutcome.BALANCED, MoneyOutcome.SAVING, MoneyOutcome.ACCOUNTS, MoneyOutcome.LEFT),
    MoneyPathKind.DEBT: (
        MoneyOutcome.ALL_AGREED,
        MoneyOutcome.SOME_AGREED,
        MoneyOutcome.FOUNDATION,
        MoneyOutcome.INSOLVENCY,
        MoneyOutcome.NO_AGREEMENT,
        MoneyOutcome.LEFT,
    ),
}


class StopReason(models.TextChoices):
    NOT_NOW = "not_now", _("This is not the right time")
    OTHER_SERVICE = "other_service", _("Goes on with another service")
    MOVED = "moved", _("Moved elsewhere")
    NO_CONTACT = "no_contact", _("Cannot be reached any more")
    OTHER = "other", _("Another reason")


class DebtKind(models.TextChoices):
    BANK_LOAN = "bank_loan", _("Bank loan")
    MORTGAGE = "mortgage", _("Mortgage")
    CONSUMER_CREDIT = "consumer_credit", _("Consumer credit, card, instalment purchase")
    SALARY_LOAN = "salary_loan", _("Loan taken from wages or pension")
    RENT = "rent", _("Rent and service charges")
    UTILITIES = "utilities", _("Bills")
    TAXES = "taxes", _("Taxes and fines")
    FAMILY = "family", _("Family or friends")
    OTHER = "other", _("Another debt")


class Service(models.TextChoices):
    """Where a person is sent."""

    JOB_CENTRE = "job_centre", _("Job centre")
    SOCIAL_SERVICE = "social_service", _("Social service of the town")
    CARITAS = "caritas", _("Caritas")
    HOUSING = "housing", _("Housing office")
    ANTI_USURY = "anti_usury", _("Anti-usury foundation")
    INSOLVENCY_BODY = "insolvency_body", _("Body for over-indebtedness (OCC)")
    UNION = "union", _("Trade union or its advice office")
    CONSULTORIO = "consultorio", _("Family counselling centre")
    HEALTH = "health", _("Health service")
    OTHER = "other", _("Another service")


class Sending(models.TextChoices):
    EMAIL = "email", _("By e-mail")
    PHONE = "phone", _("By phone")
    PAPER = "paper", _("Letter given to the person")
    TOGETHER = "together", _("We went there together")
    PORTAL = "portal", _("Through the service’s own portal")
