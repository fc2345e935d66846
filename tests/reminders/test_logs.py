"""One JSON object a line; nothing in it that belongs to a person, whatever goes wrong."""

import io
import json
import logging
import smtplib
from datetime import timedelta

import pytest

from oltreiperimetri.accounts.models import User
from oltreiperimetri.audit.context import request_id
from oltreiperimetri.portal.logs import JsonLines
from oltreiperimetri.reminders import tasks
from oltreiperimetri.reminders.models import Message

from .conftest import NOW

pytestmark = pytest.mark.django_db
NAME, ADDRESS, PHONE = "Canarinella", "canarinella.verdi@example.org", "+393339876543"
TOKEN = "canarino" + "x" * 35
CANARIES = (NAME, "canarinella", "verdi", PHONE, "9876543", TOKEN, "canarino")


@pytest.fixture
def log(monkeypatch):
    """Everything logged from INFO on, as production writes it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    monkeypatch.setattr(root, "level", logging.INFO)
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)


def lines(log) -> list[dict]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def clean(log) -> bool:
    return not [word for word in CANARIES if word.lower() in log.getvalue().lower()]


class Refusing:
    """A mail server that quotes the recipient in its refusals, as they do."""

    def __init__(self, *args, **kwargs):
        pass

    def open(self):
        pass

    def close(self):
        pass

    def send_messages(self, mails):
        to = mails[0].to[0]
        raise smtplib.SMTPRecipientsRefused({to: (550, f"no such user {to} ({NAME}), {PHONE}".encode())})


@pytest.fixture
def canary(db, facts):
    user = User.objects.create_user(ADDRESS, first_name=NAME, last_name="Verdi")
    facts.want(user, NOW - timedelta(minutes=5))
    facts.want(user, NOW + timedelta(days=1), wave=1)
    return user


def test_a_round_that_goes_wrong_everywhere_logs_nobody(log, canary, facts, settings, time_machine):
    time_machine.move_to(NOW)
    poison = User.objects.create_user("poison.verdi@example.org", first_name=NAME)
    facts.want(poison, NOW - timedelta(minutes=5))
    facts.broken.add(poison.pk)
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"

    for task in (tasks.plan_all, tasks.emit_due, tasks.deliver, tasks.sweep):
        task.apply(throw=True)

    found = lines(log)
    message = Message.objects.get(recipient=ADDRESS)
    assert message.state == "failed"
    assert clean(log), log.getvalue()
    assert str(message.guid) in [line.get("message_guid") for line in found]
    passes = {line["task"]: line["counts"] for line in found if "counts" in line}
    assert passes["reminders.deliver"] == {"failed": 1}
    assert passes["reminders.emit_due"]["emitted"] == 1
    assert {line["task"] for line in found if "reminder" in line} == {"reminders.emit_due"}


def test_an_error_keeps_its_kind_and_its_place_and_not_its_words(log):
    try:
        raise ValueError(f"duplicate key ({ADDRESS}) of {NAME}")
    except ValueError:
        logging.getLogger("tests").exception("something broke")
    [line] = lines(log)
    assert (line["error"], line["level"]) == ("ValueError", "ERROR")
    assert line["where"][-1].startswith("test_logs.py:")
    assert clean(log)


def test_addresses_numbers_and_links_are_cut_from_sentences(log):
    logging.getLogger("tests").warning(
        "to %s, %s: https://example.org/rispondi/serata/%s/ and /iscrizione/unisci/%s/", ADDRESS, PHONE, "canarino1", TOKEN
    )
    [line] = lines(log)
    assert line["message"] == "to …@…, …: https://example.org/rispondi/serata/…/ and /iscrizione/unisci/…/"


def test_a_page_reached_by_a_wrong_link_is_logged_without_it(log, client):
    assert client.get(f"/rispondi/niente/{TOKEN}/").status_code == 404
    assert lines(log)[-1]["status_code"] == 404
    assert clean(log)


def test_what_happens_in_a_request_carries_its_number(log):
    token = request_id.set("abc123")
    logging.getLogger("tests").info("asked")
    request_id.reset(token)
    logging.getLogger("tests").info("alone")
    assert [line.get("request") for line in lines(log)] == ["abc123", None]


def test_facts_outside_the_list_stay_out(log):
    logging.getLogger("tests").info("x", extra={"email": ADDRESS, "counts": {"sent": 1}})
    [line] = lines(log)
    assert set(line) == {"time", "level", "logger", "message", "counts"}
