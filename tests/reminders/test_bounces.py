"""Returned mail closes an address once, stops what waits for it, and asks the office to call."""

import hmac
import json
from datetime import timedelta
from hashlib import sha256

import pytest
from django.urls import reverse

from oltreiperimetri.reminders import bounces, engine
from oltreiperimetri.reminders.models import BounceEvent, ContactPoint, Message, Reminder

from .conftest import NOW

pytestmark = pytest.mark.django_db
ANNA = "anna@example.org"


@pytest.fixture
def tell(client, settings):
    settings.BOUNCE_SECRET = "segreto-condiviso"

    def post(signature=None, **told):
        body = json.dumps({"event": "e1", "address": ANNA, "kind": "hard"} | told).encode()
        signed = hmac.new(settings.BOUNCE_SECRET.encode(), body, sha256).hexdigest()
        url, headers = reverse("reminders:returned"), {"X-Signature": signature or signed}
        return client.post(url, body, content_type="application/json", headers=headers).status_code

    return post


def test_rem_18_the_same_return_told_twice_counts_once(tell):
    assert (tell(), tell()) == (204, 204)
    assert ContactPoint.objects.values_list("hard_bounces", "status").get() == (1, "refused")


def test_who_does_not_know_the_secret_is_refused(tell):
    assert tell(signature="0" * 64) == 403
    assert tell(signature="\xe8" * 64) == 403
    assert not BounceEvent.objects.exists()


@pytest.mark.parametrize("wrong", [{"kind": "other"}, {"kind": ["hard"]}])
def test_what_cannot_be_read_is_a_bad_request(tell, wrong):
    assert tell(**wrong) == 400


def test_three_passing_returns_in_fourteen_days_close_an_address_and_two_do_not():
    for number, days in enumerate((0, 5, 20, 22)):
        bounces.note(f"e{number}", ANNA, is_hard=False, now=NOW + timedelta(days=days))
        assert ContactPoint.objects.get().status == "usable"

    bounces.note("e9", ANNA, is_hard=False, now=NOW + timedelta(days=23))

    assert ContactPoint.objects.get().status == "refused"


def test_what_still_waits_for_a_closed_address_is_stopped_and_the_next_step_says_why(facts, person):
    facts.want(person, NOW)
    facts.want(person, NOW + timedelta(days=3), wave=1)
    engine.plan(person, now=NOW)
    engine.emit_due(now=NOW)

    bounces.note("e1", person.email, is_hard=True, now=NOW)
    engine.emit_due(now=NOW + timedelta(days=3))

    assert list(Message.objects.values_list("state", flat=True)) == ["aborted"]
    assert Reminder.objects.get(wave=1).state == "skipped"


def test_a_sent_mail_that_came_back_is_marked(facts, person):
    facts.want(person, NOW)
    engine.plan(person, now=NOW)
    engine.emit_due(now=NOW)
    engine.deliver(now=NOW)

    bounces.note("e1", person.email, is_hard=True, now=NOW, message_id=Message.objects.get().message_id)

    assert Message.objects.get().state == "bounced"
