"""REL-6: PostgreSQL is killed while mail is leaving and while people register; what was confirmed is there."""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests import postgres
from tests.services import ROOT, kill, new_database, start_beat, start_worker, wait_until

from .test_reminders import copies

pytestmark = pytest.mark.e2e
PEOPLE = 20


class Server:
    """A PostgreSQL of its own, that may be killed."""

    def __init__(self, folder: Path):
        self.url = postgres.start(folder)
        self.server = postgres.server_in(folder)

    def crash(self):
        """SIGKILL for the postmaster and every backend: nothing is flushed, nobody says goodbye."""
        postmaster = psutil.Process(self.server.get_pid())
        for process in [postmaster, *postmaster.children(recursive=True)]:
            with contextlib.suppress(psutil.NoSuchProcess):
                os.kill(process.pid, signal.SIGKILL)
        postmaster.wait(10)

    def recover(self):
        self.server.ensure_postgres_running()


@pytest.fixture(scope="module")
def server():
    folder = postgres.BASE / f"crash-{os.getpid()}"
    server = Server(folder)
    yield server
    server.server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def database_url(server):
    return new_database(server.url, "crash")


def test_rel_6_mail_is_neither_lost_nor_sent_more_than_twice_when_the_database_dies(
    processes, environment, sink, step, server
):
    mails = 150
    step("flood", mails)
    started = [start_beat(processes, environment), start_worker(processes, environment)]
    wait_until(lambda: len(sink.received) > mails // 3, seconds=60, what="mail that is leaving")

    server.crash()
    time.sleep(1)
    server.recover()

    try:
        wait_until(lambda: step("states") == {"sent": mails}, seconds=120, what="every mail marked as sent")
    finally:
        for process in started:
            kill(process)
    assert set(copies(sink)) == {f"n{number}@example.org" for number in range(mails)}
    assert max(copies(sink).values()) <= 2
    assert sum(copies(sink).values()) - mails <= 2


def test_rel_6_every_confirmed_registration_is_there_after_the_database_died(environment, step, server):
    command = [sys.executable, "-m", "tests.e2e.steps", "register"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
    crowd = [subprocess.Popen([*command, str(n)], cwd=ROOT, env=environment, **pipes) for n in range(PEOPLE)]
    wait_until(lambda: any(one.poll() is not None for one in crowd), seconds=60, what="the first registration")
    time.sleep(random.Random(3).random())

    server.crash()
    outcomes = [one.communicate(timeout=60)[0].split() for one in crowd]
    server.recover()

    confirmed = {words[-1].strip('"') for one, words in zip(crowd, outcomes, strict=True) if one.returncode == 0}
    stored = step("registered")
    assert confirmed <= set(stored["numbers"])
    assert stored["half_written"] == 0
    assert confirmed
