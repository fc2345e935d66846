"""No mail is lost and none is doubled, whoever dies: REL-3, REL-4 and REL-5 of the quality goals.

Each has a short form that runs with the suite, and a long one: `pytest -m chaos tests/chaos`.
"""

import random
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter

import pytest

from tests.services import ROOT, kill, start_beat, start_worker, wait_until

pytestmark = pytest.mark.e2e
LONG = pytest.mark.chaos


@pytest.fixture
def portal(processes, environment, sink, step):
    """Workers and beats that can be started and killed; the sink is empty and the table of messages too."""
    step("forget")
    sink.received.clear()
    started = []

    def start(kind, name):
        process = {"worker": start_worker, "beat": start_beat}[kind](processes, environment, name)
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            kill(process)


def copies(sink) -> Counter:
    return Counter(recipient for recipient, _mail in list(sink.received))


def message_ids(sink) -> dict[str, set]:
    found = {}
    for recipient, mail in list(sink.received):
        found.setdefault(recipient, set()).add(mail["Message-ID"])
    return found


@pytest.mark.parametrize(("mails", "kills"), [(200, 2), pytest.param(2000, 5, marks=LONG)])
def test_rel_3_workers_killed_at_random_lose_no_mail_and_double_at_most_one_each(portal, sink, step, mails, kills):
    step("flood", mails)
    portal("beat", "beat")
    chance = random.Random(7)

    for number in range(kills):
        worker = portal("worker", f"doomed{number}")
        moment = len(sink.received) + chance.randint(5, mails // (kills + 1))
        wait_until(lambda moment=moment: len(sink.received) >= moment, seconds=60, what="the moment to die")
        kill(worker)
    portal("worker", "survivor")
    wait_until(lambda: step("states") == {"sent": mails}, seconds=180, what="every mail marked as sent")

    received = copies(sink)
    assert set(received) == {f"n{number}@example.org" for number in range(mails)}
    assert sum(received.values()) - mails <= kills
    assert max(received.values()) <= 2
    assert {len(ids) for ids in message_ids(sink).values()} == {1}


@pytest.mark.parametrize("mails", [100, pytest.param(2000, marks=LONG)])
def test_rel_3_one_temporary_refusal_in_ten_ends_with_every_mail_sent_once(portal, sink, step, mails):
    sink.refusals = {f"n{number}@example.org": 1 for number in range(0, mails, 10)}
    step("flood", mails)
    portal("beat", "beat")
    portal("worker", "worker")

    wait_until(lambda: step("states") == {"sent": mails}, seconds=180, what="every mail marked as sent")

    assert copies(sink) == dict.fromkeys((f"n{number}@example.org" for number in range(mails)), 1)


@pytest.mark.parametrize("people", [60, pytest.param(600, marks=LONG)])
def test_rem_10_rel_4_two_beats_two_workers_and_a_hand_write_to_each_person_once(portal, sink, step, environment, people):
    step("open_many", people)
    for name in ("one", "two"):
        portal("beat", f"beat-{name}")
        portal("worker", f"worker-{name}")
    by_hand = [
        subprocess.Popen([sys.executable, "manage.py", "send_due"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        for _hand in range(2)
    ]
    wait_until(lambda: len(copies(sink)) == people, seconds=120, what="a mail to everybody")
    time.sleep(5)  # more turns of both beats: nothing more may leave

    assert [hand.wait() for hand in by_hand] == [0, 0]
    assert set(copies(sink).values()) == {1}
    assert step("states") == {"sent": people}


@pytest.mark.parametrize(("mails", "away"), [(60, 5), pytest.param(600, 60, marks=LONG)])
def test_rem_6_rel_5_redis_flushed_stopped_and_back_loses_nothing_and_fails_no_page(
    portal, sink, step, redis, web, mails, away
):
    portal("beat", "beat")
    portal("worker", "worker")
    step("flood", mails)
    redis.flush()
    redis.stop()
    answers = [status_of(f"{web}{path}") for path in ("/", "/accedi/", "/rete/", "/healthz")]
    step("receipt")  # an act whose mail cannot wake anybody now
    time.sleep(away)
    redis.start()

    wait_until(lambda: step("states") == {"sent": mails + 1}, seconds=120, what="the backlog sent")

    assert answers == [200] * 4
    assert set(copies(sink).values()) == {1}


def test_rel_5_redis_gone_for_ever_is_replaced_by_a_command_from_cron(portal, sink, step, redis, environment):
    redis.stop()
    try:
        step("flood", 20)
        subprocess.run([sys.executable, "manage.py", "send_due"], cwd=ROOT, env=environment, check=True, capture_output=True)
    finally:
        redis.start()

    assert step("states") == {"sent": 20}
    assert set(copies(sink).values()) == {1}


def status_of(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:  # noqa: S310 - a server of this test
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
