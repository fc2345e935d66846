"""Registrations half way: whom we never write to, whom we remind, and what is deleted when."""

from datetime import timedelta

import pytest
from django.urls import reverse

from beneficiaries.domain import draft as drafts
from beneficiaries.domain.answers import Answers
from beneficiaries.domain.registration import register_assisted
from beneficiaries.models import RegistrationDraft
from beneficiaries.reminders_draft import CODE, still_needed
from oltreiperimetri.reminders import engine
from oltreiperimetri.reminders.models import Message, Reminder
from oltreiperimetri.shared.dates import at_rome
from tests.factories.accounts import UserFactory
from tests.reminders.conftest import rome

pytestmark = pytest.mark.django_db
# A Tuesday; none of the days counted from it is a holiday.
BEGUN = rome("2026-10-06 21:40")
TEMPLATES = {"beneficiaries/draft_reminder"}
TOLD = {"first_name": "Teresa", "last_name": "Colombo", "email": "teresa@example.org"}


@pytest.fixture(autouse=True)
def quiet_hours(settings):
    settings.QUIET_HOURS = True


def begun(**told) -> RegistrationDraft:
    draft, _code = drafts.begin(now=BEGUN)
    drafts.save_step(draft, "contatti", TOLD | told, now=BEGUN)
    return draft


def days_on(days: int, hour: int = 11):
    return at_rome(BEGUN.date() + timedelta(days=days), hour)


def leave_at(now) -> list[Message]:
    """What leaves about drafts at this moment, after the hourly pass."""
    engine.plan_all(now=now)
    engine.emit_due(now=now)
    return list(Message.objects.filter(template__in=TEMPLATES).order_by("pk"))


def every_morning() -> list[Message]:
    for day in range(1, 31):
        sent = leave_at(days_on(day))
    return sent


def test_who_has_sent_it_is_never_reminded():
    """Complaint 11: the negative case first."""
    draft = begun()
    drafts.send(draft, Answers(**TOLD), by=None, now=BEGUN + timedelta(hours=1))
    assert every_morning() == []


def test_who_sends_it_after_the_reminder_was_planned_is_not_reminded_either():
    draft = begun()
    engine.plan_all(now=days_on(2))
    drafts.send(draft, Answers(**TOLD), by=None, now=days_on(3, 8))
    engine.emit_due(now=days_on(3, 9))
    assert not Message.objects.filter(template__in=TEMPLATES).exists()


def test_who_was_registered_at_the_desk_in_the_meantime_is_not_reminded():
    begun()
    told = Answers(**(TOLD | {"email": "Teresa@example.org"}))
    register_assisted(told, channel="desk", by=UserFactory(caseworker=True), now=BEGUN + timedelta(days=1))
    assert every_morning() == []


def test_who_left_no_address_is_not_reminded_and_a_wrong_one_is_none():
    for email in ("", "teresa@", "non ce l'ho"):
        begun(email=email)
    assert every_morning() == []


def test_who_has_gone_on_is_reminded_later_and_the_facts_are_looked_at_again():
    draft = begun()
    engine.plan_all(now=days_on(1))
    # Saved behind the planner's back: the mail of day 3 is looked at again when it would leave.
    RegistrationDraft.objects.filter(pk=draft.pk).update(saved_at=days_on(2))
    engine.emit_due(now=days_on(3))
    assert not Message.objects.filter(template__in=TEMPLATES).exists()
    draft.refresh_from_db()
    reminder = Reminder.objects.get(kind=CODE, wave=0)
    assert still_needed(draft, reminder, today=days_on(4).date())
    assert not still_needed(draft, reminder, today=days_on(5).date())
    assert leave_at(days_on(4)) == []
    assert len(leave_at(days_on(6))) == 1


def test_two_reminders_and_one_notice_before_deletion_counted_from_the_last_saving():
    begun()
    by_day = {}
    for day in range(1, 31):
        before = Message.objects.filter(template__in=TEMPLATES).count()
        by_day[day] = len(leave_at(days_on(day))) - before
    assert {day: count for day, count in by_day.items() if count} == {3: 1, 10: 1, 25: 1}


def test_each_reminder_brings_a_link_that_opens_the_draft(client):
    draft = begun()
    [message] = leave_at(days_on(3))
    path = message.body.split("/iscrizione/riprendi/")[1].split("/")[0]
    url = reverse("beneficiaries:register_link", args=[path])
    assert drafts.resume_by_link(path, now=days_on(3)) == draft
    assert url in message.body
    assert message.recipient == "teresa@example.org"


def test_on_day_thirty_it_is_deleted_and_not_before():
    begun()
    assert drafts.delete_old(now=BEGUN + timedelta(days=30) - timedelta(seconds=1)) == 0
    assert drafts.delete_old(now=BEGUN + timedelta(days=30)) == 1


def test_saving_again_begins_another_thirty_days():
    draft = begun()
    drafts.save_half(draft, {"first_name": "Teresa Maria"}, now=days_on(20))
    assert drafts.delete_old(now=days_on(45)) == 0
    assert drafts.delete_old(now=days_on(50) + timedelta(hours=1)) == 1
