"""Claims raced by threads on a real PostgreSQL; SQLite takes one writer at a time and proves nothing here."""

from threading import Barrier, Thread

import pytest
from django.core import mail
from django.db import connection

from oltreiperimetri.accounts.models import User
from oltreiperimetri.reminders import engine
from oltreiperimetri.reminders.models import Message, Reminder

from .conftest import NOW

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgres,
]


def together(count, work):
    barrier, errors = Barrier(count), []

    def run():
        try:
            barrier.wait()
            work()
        except Exception as error:  # noqa: BLE001 - shown by the assertion below
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


@pytest.fixture
def two_hundred_due(facts, monkeypatch):
    monkeypatch.setattr("oltreiperimetri.reminders.wake.nudge", lambda: None)
    for number in range(200):
        subject = User.objects.create(email=f"p{number}@example.org")
        facts.want(subject, NOW)
        engine.plan(subject, now=NOW)


def test_rem_2_eight_emitters_and_two_hundred_due_make_two_hundred_messages(two_hundred_due):
    together(8, lambda: engine.emit_due(now=NOW))

    assert Message.objects.count() == 200
    assert Reminder.objects.filter(state="emitted").count() == 200


def test_rem_2_eight_deliverers_send_each_message_once(two_hundred_due):
    engine.emit_due(now=NOW)

    together(8, lambda: engine.deliver(now=NOW))

    assert Message.objects.filter(state="sent").count() == 200
    assert len({letter.extra_headers["Message-ID"] for letter in mail.outbox}) == len(mail.outbox) == 200


def test_planning_one_subject_from_eight_places_at_once_leaves_one_row_a_step(facts, monkeypatch):
    subject = User.objects.create(email="anna@example.org")
    for wave in range(3):
        facts.want(subject, NOW, wave=wave)

    together(8, lambda: engine.plan(subject, now=NOW))

    assert Reminder.objects.count() == 3
