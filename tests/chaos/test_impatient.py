"""REM-22: the whole engine with real worker, beat and Redis, when the broker hands out again what is still being done."""

import pytest

from tests.services import start_beat, start_worker, wait_until

pytestmark = pytest.mark.e2e
SECONDS_A_MAIL = 0.25


@pytest.fixture(scope="module")
def settings_module():
    return "tests.chaos.impatient"


@pytest.mark.parametrize("seconds", [12, pytest.param(130, marks=pytest.mark.chaos)])
def test_rem_22_a_task_longer_than_the_brokers_patience_writes_to_each_person_once(
    processes, environment, sink, step, seconds
):
    mails = int(seconds / SECONDS_A_MAIL)
    sink.pause = SECONDS_A_MAIL
    step("flood", mails)
    start_worker(processes, environment, "first")
    start_worker(processes, environment, "second")
    start_beat(processes, environment)

    wait_until(lambda: step("states") == {"sent": mails}, seconds=180 + seconds, what="every mail marked as sent")

    assert sorted(recipient for recipient, _mail in sink.received) == sorted(
        f"n{number}@example.org" for number in range(mails)
    )
