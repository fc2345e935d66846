"""REL-8: a mail that kills whoever sends it stops by itself, and every other one leaves once."""

import pytest

from tests.chaos.poison import POISON
from tests.services import start_beat, start_worker, wait_until

pytestmark = pytest.mark.e2e
MAILS = 30


@pytest.fixture(scope="module")
def settings_module():
    return "tests.chaos.poison"


def test_rel_8_a_mail_that_kills_its_worker_is_given_up_and_harms_no_other(processes, environment, sink, step):
    step("flood", MAILS)
    start_beat(processes, environment)
    start_worker(processes, environment)

    expected = {"sent": MAILS - 1, "uncertain": 1}
    wait_until(lambda: step("states") == expected, seconds=180, what="the poison given up and the rest sent")

    others = {f"n{number}@example.org" for number in range(MAILS)} - {POISON}
    assert sorted(recipient for recipient, _mail in sink.received) == sorted(others)
    assert step("attempts", POISON) <= 8
