from datetime import date
from decimal import Decimal

import factory

from beneficiaries.models import Budget, BudgetLine, Debt, MoneyPath, MoneySession, ServiceReferral, Terms
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import PersonFactory

LINES = [BudgetLine("wage", Decimal("1200.00")), BudgetLine("housing", Decimal("500.00"))]
TERMS = Terms("bank_loan", residual=Decimal("6000.00"), instalment=Decimal("250.00"))


class MoneyPathFactory(factory.django.DjangoModelFactory):
    """A course of financial education opened on 2 November 2026."""

    class Meta:
        model = MoneyPath

    person = factory.SubFactory(PersonFactory)
    kind = "course"
    opened_on = date(2026, 11, 2)


class MoneySessionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MoneySession

    path = factory.SubFactory(MoneyPathFactory)
    day = date(2026, 11, 9)
    minutes = 60
    educator = factory.SubFactory(UserFactory, caseworker=True)


class BudgetFactory(factory.django.DjangoModelFactory):
    """1200 euro a month come in, 500 go out."""

    class Meta:
        model = Budget

    person = factory.SubFactory(PersonFactory)
    on_day = date(2026, 11, 9)
    lines = LINES


class DebtFactory(factory.django.DjangoModelFactory):
    """6000 euro left, 250 a month."""

    class Meta:
        model = Debt

    person = factory.SubFactory(PersonFactory)
    creditor = "Banca di prova"
    terms = TERMS


class ServiceReferralFactory(factory.django.DjangoModelFactory):
    """Being prepared, for the job centre."""

    class Meta:
        model = ServiceReferral

    person = factory.SubFactory(PersonFactory)
    service = "job_centre"
    other_name = "Centro per l’impiego di Rho"
    reason = "Cerca un corso."
    consent_on = date(2026, 11, 9)
    by = factory.SubFactory(UserFactory, caseworker=True)
