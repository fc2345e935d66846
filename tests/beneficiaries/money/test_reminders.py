"""Answers that do not come: told to whoever follows the person, and only while they are awaited."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from beneficiaries.domain import debt as debts
from beneficiaries.domain import service_referral as referrals
from beneficiaries.enums import Ball
from beneficiaries.models import Debt, Offer, ServiceReferral
from oltreiperimetri.reminders import engine
from oltreiperimetri.reminders.models import DigestLine, Reminder
from oltreiperimetri.shared.dates import ROME
from oltreiperimetri.shared.errors import DomainError
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO
from tests.factories.beneficiaries_money import DebtFactory, ServiceReferralFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 10, 10, tzinfo=ROME)
TODAY = NOW.date()
DUE = date(2026, 11, 20)


@pytest.fixture
def caseworker():
    return UserFactory(caseworker=True, towns=[RHO])


@pytest.fixture
def referral(caseworker):
    """Sent on 10 November, its answer awaited by the 20th."""
    made = ServiceReferralFactory(by=caseworker)
    referrals.send(made, sending="email", sent_on=TODAY, due_on=DUE, by=caseworker, now=NOW)
    return made


def planned():
    kinds = ["beneficiaries.referral_answer", "beneficiaries.debt_answer"]
    rows = Reminder.objects.filter(kind__in=kinds, state="planned").order_by("wave")
    return [row.wanted_at.astimezone(ROME).date() for row in rows]


def test_the_day_after_and_a_week_later_the_office_is_told(referral):
    assert planned() == [date(2026, 11, 21), date(2026, 11, 28)]


def test_an_answer_that_has_come_is_not_asked_for(referral, caseworker):
    referrals.note_answer(referral, says_yes=False, answered_on=TODAY, by=caseworker, now=NOW)

    assert planned() == []


def test_a_day_put_off_moves_the_reminder(referral, caseworker):
    referrals.wait_longer(referral, ball=Ball.PERSON, due_on=DUE + timedelta(days=10), by=caseworker, now=NOW)

    assert planned() == [date(2026, 12, 1), date(2026, 12, 8)]


def test_the_line_of_the_digest_names_nobody(referral, caseworker):
    engine.emit_due(now=datetime(2026, 11, 23, 12, tzinfo=ROME))

    line = DigestLine.objects.get(reminder__kind="beneficiaries.referral_answer")
    assert referral.person.last_name not in line.text
    assert referral.get_absolute_url() in line.url


def test_a_debt_in_negotiation_is_followed_until_it_is_settled(caseworker):
    debt = DebtFactory()
    debts.contact_creditor(debt, ball=Ball.PARTNER, due_on=DUE, by=caseworker, now=NOW)
    assert len(planned()) == 2

    debts.note_offer(debt, Offer(Decimal("100")), ball=Ball.PERSON, due_on=DUE, by=caseworker, now=NOW)
    debts.agree(debt, by=caseworker, now=NOW)

    assert planned() == []


@pytest.mark.parametrize(
    ("model", "factory", "wrong"),
    [
        (Debt, DebtFactory, {"state": "contacted"}),
        (Debt, DebtFactory, {"state": "listed", "ball": "person", "due_on": DUE}),
        (Debt, DebtFactory, {"state": "offered", "ball": "office", "due_on": DUE}),
        (ServiceReferral, ServiceReferralFactory, {"state": "sent", "sent_on": TODAY, "sending": "email"}),
        (ServiceReferral, ServiceReferralFactory, {"state": "draft", "ball": "partner", "due_on": DUE}),
        (ServiceReferral, ServiceReferralFactory, {"state": "accepted", "sent_on": TODAY, "sending": "email"}),
        (ServiceReferral, ServiceReferralFactory, {"other_name": ""}),
    ],
)
def test_the_database_refuses_a_wait_without_holder_or_day(model, factory, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        factory(**wrong)

    assert not model.objects.exists()


def test_what_was_sent_cannot_be_rewritten(referral, caseworker):
    values = {name: getattr(referral, name) for name in referrals.FIELDS} | {"reason": "Altro"}

    with pytest.raises(DomainError) as refusal:
        referrals.change(referral, values, by=caseworker, now=NOW)

    assert refusal.value.code == "sent"
