"""The whole road once: a due checkpoint, real beat, Redis and worker, real SMTP, the link, the answer."""

import re
import time

import pytest

from tests.services import wait_until

pytestmark = pytest.mark.e2e
LINK = re.compile(r"/rispondi/monitoraggio/[\w-]+/")


def test_a_due_checkpoint_reaches_the_person_once_and_the_answer_is_recorded(celery, sink, step):
    step("open_due")

    wait_until(lambda: sink.to("anna@example.org"), seconds=60, what="the mail with the form")
    time.sleep(6)  # three more turns of beat: nothing more must leave
    (mail,) = sink.to("anna@example.org")
    link = LINK.search(mail.get_body(("plain",)).get_content()).group()
    result = step("answer", link)

    assert mail["Message-ID"]
    assert link in mail.get_body(("html",)).get_content()
    assert result == {"statuses": [200, 200, 200], "answers": [["employed", "link"]], "planned": 0}
    assert step("messages") == [["anna@example.org", "sent", 1]]


def test_mail_that_answers_an_act_leaves_at_once(celery, sink, step):
    step("receipt")

    wait_until(lambda: sink.to("bruno@example.org"), seconds=20, what="the receipt")


def test_ready_is_green_with_everything_running(celery, step):
    wait_until(lambda: step("ready")["beat"] == "ok", seconds=60, what="every entry of beat")

    assert step("ready") == {
        "status": 200,
        "database": "ok",
        "migrations": "ok",
        "broker": "ok",
        "storage": "ok",
        "beat": "ok",
    }
