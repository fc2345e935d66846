import smtplib
from datetime import timedelta

import pytest
from celery import current_app
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from oltreiperimetri.reminders import delivery, engine
from oltreiperimetri.reminders.models import ContactPoint, Message
from oltreiperimetri.reminders.wake import nudge

from .conftest import NOW

pytestmark = pytest.mark.django_db


class MoodyServer(EmailBackend):
    """A mail server that refuses: the address says how, for instance 421.anna@example.org."""

    def send_messages(self, messages):
        (address,) = messages[0].to
        code = address.split(".")[0]
        if code.isdigit():
            raise smtplib.SMTPRecipientsRefused({address: (int(code), b"no")})
        return super().send_messages(messages)


@pytest.fixture
def moody_server(settings):
    settings.EMAIL_BACKEND = f"{__name__}.MoodyServer"


@pytest.fixture
def queue(facts):
    def queue_one(to="anna@example.org", key="one"):
        return engine.queue_mail("reminders/tests", {}, to=to, name="Anna", dedupe_key=key, now=NOW)

    return queue_one


def test_mail_that_answers_an_act_leaves_once_with_both_parts_and_a_stable_id(queue):
    message = queue()
    again = queue()

    engine.deliver(now=NOW)
    engine.deliver(now=NOW)

    assert again is None
    (letter,) = mail.outbox
    assert letter.extra_headers["Message-ID"] == message.message_id
    assert [part.mimetype for part in letter.alternatives] == ["text/html"]


def test_without_an_address_nothing_is_queued(queue):
    assert queue(to="") is None


def test_rem_3_a_worker_killed_before_handing_over_is_followed_by_one_mail(queue):
    queue()
    delivery.take(now=NOW)  # the worker dies here
    later = NOW + timedelta(minutes=6)

    too_early = engine.deliver(now=NOW + timedelta(minutes=1))
    engine.sweep(now=later)
    engine.deliver(now=later + timedelta(minutes=2))

    assert too_early == {}
    assert len(mail.outbox) == 1


def test_rem_4_a_worker_killed_after_handing_over_sends_at_most_once_more(queue):
    message = queue()
    moment = NOW
    states = []
    for _death in range(3):
        for claimed in delivery.take(now=moment):
            delivery.hand_over(claimed, now=moment)
        engine.sweep(now=moment + timedelta(minutes=6))
        states.append(Message.objects.get().state)
        moment += timedelta(hours=1)

    assert states == ["retry", "uncertain", "uncertain"]
    assert Message.objects.get().message_id == message.message_id


def test_rem_17_a_temporary_refusal_waits_longer_each_time_and_fails_at_the_eighth(queue, moody_server):
    queue(to="421.anna@example.org")
    moment, pauses = NOW, []
    for _attempt in range(8):
        engine.deliver(now=moment)
        message = Message.objects.get()
        if message.state == "retry":
            pauses.append(round((message.retry_at - moment).total_seconds() / 60))
            moment = message.retry_at + timedelta(seconds=1)

    assert pauses == [1, 5, 30, 120, 720, 720, 720]
    assert (message.state, message.attempt) == ("failed", 8)


def test_rem_17_a_final_refusal_fails_at_once_and_marks_the_address(queue, moody_server):
    queue(to="550.anna@example.org")
    engine.deliver(now=NOW)

    message = Message.objects.get()
    assert (message.state, message.attempt, "550" in message.last_error) == ("failed", 1, True)
    assert ContactPoint.objects.get().status == "refused"


def test_one_refusal_in_ten_does_not_touch_the_others(queue, moody_server):
    for number in range(20):
        queue(to=f"{'421.' if number % 10 == 0 else ''}p{number}@example.org", key=str(number))

    assert engine.deliver(now=NOW) == {"sent": 18, "retry": 2}
    assert engine.deliver(now=NOW) == {}
    assert len(mail.outbox) == 18


def test_rem_19_a_worker_that_lost_its_lease_writes_nothing(queue):
    queue()
    (zombie,) = delivery.take(now=NOW)
    engine.sweep(now=NOW + timedelta(minutes=6))
    (heir,) = delivery.take(now=NOW + timedelta(minutes=8))

    written = [delivery.hand_over(zombie, now=NOW), delivery.finish(zombie, state="failed")]

    assert written == [False, False]
    assert (Message.objects.get().state, Message.objects.get().attempt) == ("inflight", heir.attempt)


def test_many_messages_of_one_transaction_wake_the_worker_once(queue, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        for number in range(5):
            queue(key=str(number))

    assert callbacks == [nudge]


def test_a_broker_that_is_down_does_not_fail_the_page(settings, queue, monkeypatch, caplog):
    def refuse(*args, **kwargs):
        raise ConnectionError

    monkeypatch.setattr(current_app._get_current_object(), "send_task", refuse)

    nudge()

    assert "not woken" in caplog.text
