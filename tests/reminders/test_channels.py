"""People without an e-mail address get a text message, organisations a certified e-mail; without any road, the office."""

import http.server
import json
import threading
from dataclasses import replace

import pytest
from django.core import mail

from oltreiperimetri.reminders import engine, kinds, sms
from oltreiperimetri.reminders.channels import channel_of, international
from oltreiperimetri.reminders.kinds import Recipient
from oltreiperimetri.reminders.models import ContactPoint, Message, Reminder

from .conftest import CODE, NOW

BY_TEXT = Recipient("", name="Anna", phone="02 0000 0001")
BY_PEC = Recipient("", name="Officina", certified_email="Officina@pec.example.org")


@pytest.fixture
def provider(settings):
    """A provider of text messages on this machine: `provider.taken` holds what it took, `provider.status` what it says."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.taken.append((self.headers["X-Key"], json.loads(body)))
            self.send_response(server.status)
            self.end_headers()

        def log_message(self, *arguments):
            """Quiet."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.taken, server.status = [], 200
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SMS_ENABLED = True
    settings.SMS_BACKEND = "oltreiperimetri.reminders.sms.HttpSms"
    settings.SMS_URL = f"http://127.0.0.1:{server.server_port}/"
    settings.SMS_HEADERS = '{"X-Key": "chiave"}'
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def step(facts, person, monkeypatch):
    """`step(recipient, wave=0)`: a due step for a recipient; steps 0 may go as a text message."""

    def due(recipient, wave=0):
        monkeypatch.setitem(kinds.REGISTRY, CODE, addressed_to(recipient))
        facts.want(person, NOW, wave=wave)
        engine.plan(person, now=NOW)
        engine.emit_due(now=NOW)
        engine.deliver(now=NOW)
        return Reminder.objects.get()

    return due


def addressed_to(recipient) -> kinds.Kind:
    return replace(
        kinds.REGISTRY[CODE],
        recipients=lambda subject, reminder: [recipient],
        text=lambda subject, reminder, recipient: "Come stai? https://example.org/r/abc",
        text_waves=frozenset({0}),
    )


def test_without_an_address_a_text_message_leaves(step, provider):
    step(BY_TEXT)

    assert provider.taken == [("chiave", {"to": "+390200000001", "text": "Come stai? https://example.org/r/abc"})]
    assert Message.objects.values_list("channel", "recipient", "state").get() == ("sms", "+390200000001", "sent")


def test_steps_that_are_not_for_text_messages_say_that_there_is_no_address(step, provider):
    reminder = step(BY_TEXT, wave=1)

    assert (reminder.state, provider.taken) == ("skipped", [])


@pytest.mark.parametrize(("status", "state"), [(400, "failed"), (503, "retry"), (500, "uncertain")])
def test_a_text_message_is_never_sent_again_when_it_may_have_left(step, provider, status, state):
    provider.status = status
    step(BY_TEXT)

    assert Message.objects.get().state == state
    assert len(provider.taken) == 1


def test_rem_4_a_text_message_in_doubt_stays_uncertain(step, provider, settings):
    step(BY_TEXT)
    Message.objects.update(state="inflight", handed_over_at=NOW, lease_until=NOW)
    engine.sweep(now=NOW)
    engine.deliver(now=NOW)

    assert Message.objects.get().state == "uncertain"
    assert len(provider.taken) == 1


def test_an_organisation_with_a_certified_address_only_gets_certified_mail(step, settings):
    settings.PEC_URL, settings.PEC_FROM = "memorymail://", "sercop@pec.example.org"
    step(BY_PEC)

    assert [(one.to, one.from_email) for one in mail.outbox] == [(["officina@pec.example.org"], "sercop@pec.example.org")]


@pytest.mark.parametrize("recipient", [BY_TEXT, BY_PEC])
def test_channels_that_are_not_configured_do_not_exist(step, settings, recipient):
    settings.SMS_ENABLED, settings.PEC_URL = False, ""

    assert (channel_of(recipient), step(recipient).state) == ("", "skipped")


def test_a_number_that_is_refused_is_marked(step, provider):
    provider.status = 400
    step(BY_TEXT)

    assert ContactPoint.objects.get(address="+390200000001").status == ContactPoint.Status.REFUSED


@pytest.mark.parametrize(
    ("typed", "dialled"),
    [("02 0000 0001", "+390200000001"), ("+40 721 000 000", "+40721000000"), ("0039 333 0000000", "+393330000000")],
)
def test_numbers_are_dialled_from_anywhere(typed, dialled):
    assert international(typed) == dialled


def test_a_text_message_is_written_in_its_alphabet_and_fits_one():
    assert sms.gsm("Perché no?  «Sì» – è l’ora… ț") == 'Perché no? "Sì" - è l\'ora... t'
    assert len(sms.gsm("à" * 160)) == 160
    with pytest.raises(ValueError, match="161"):
        sms.gsm("a" * 161)
