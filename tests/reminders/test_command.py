"""manage.py reminders: what it prints, and how it ends (0 done, 1 nothing done, 2 no such thing)."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from oltreiperimetri.audit.models import AuditEntry
from oltreiperimetri.reminders import engine
from oltreiperimetri.reminders.models import ContactPoint, Message, Reminder

from .conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW)


def run(*arguments) -> tuple[int, str]:
    """(exit code, what was printed)."""
    printed = StringIO()
    try:
        call_command("reminders", *map(str, arguments), stdout=printed, stderr=printed)
    except SystemExit as end:
        return end.code, printed.getvalue()
    except CommandError as refusal:
        return refusal.returncode, printed.getvalue()
    return 0, printed.getvalue()


@pytest.fixture
def planned(facts, person):
    facts.want(person, NOW + timedelta(days=1))
    engine.plan(person, now=NOW)
    return Reminder.objects.get()


def failed(**values) -> Message:
    values = {"recipient": "anna@example.org", "dedupe_key": "one", "state": "failed", "queued_at": NOW} | values
    return Message.objects.create(template="x", subject="x", body="x", message_id="<x@x>", **values)


def test_plan_repairs_what_was_lost_and_then_changes_nothing(facts, person):
    facts.want(person, NOW + timedelta(days=1))
    assert run("plan") == (0, "changed: 1\n")
    assert run("plan") == (0, "changed: 0\n")


def test_forecast_tells_each_step_without_names_and_writes_nothing(planned):
    code, printed = run("forecast", "--days", 3)
    assert code == 0
    assert printed.splitlines()[0].startswith(
        f"2026-11-25 10:00 {planned.pk} tests.note {planned.subject_id} person/0 to 1 by mail"
    )
    assert printed.splitlines()[1] == "steps: 1; going: 1"
    assert "anna" not in printed.lower()
    assert Message.objects.count() == 0


def test_forecast_ends_with_its_days(planned):
    Reminder.objects.update(due_at=NOW + timedelta(days=10))
    assert run("forecast", "--days", 3) == (0, "steps: 0; going: 0\n")
    assert run("forecast", "--days", 0)[0] == 2


def test_retry_queues_one_message_and_records_it():
    message = failed(attempt=8)
    assert run("retry", message.pk) == (0, "queued again: 1\n")
    message.refresh_from_db()
    assert (message.state, message.attempt) == ("queued", 0)
    assert AuditEntry.objects.get().action == "retry_message"


def test_retry_of_what_did_not_fail_is_refused_and_of_nothing_an_error():
    message = failed(state="sent")
    assert run("retry", message.pk)[0] == 1
    assert run("retry", message.pk + 1)[0] == 2
    assert run("retry")[0] != 0


def test_retry_all_leaves_refused_addresses_and_what_may_have_arrived():
    ours = failed()
    failed(recipient="no@example.org", dedupe_key="two")
    ContactPoint.objects.create(address="no@example.org", status="refused")
    failed(dedupe_key="three", state="uncertain", channel="sms", recipient="+393331234567")
    assert run("retry", "--all") == (0, "queued again: 1\n")
    assert list(Message.objects.filter(state="queued")) == [ours]
    assert run("retry", "--all")[0] == 1


def test_explain_tells_what_would_happen_now(planned):
    code, printed = run("explain", planned.pk)
    assert code == 0
    lines = [line.strip() for line in printed.splitlines()]
    assert "facts: wanted at 2026-11-25 10:00, not after -" in lines
    assert "planning would: change nothing" in lines
    assert lines[lines.index("if it were due now:") + 1 :] == ["emitted", "to a…@example.org"]
    assert Reminder.objects.get().state == "planned"


def test_explain_tells_why_it_would_not_go(planned, facts):
    facts.reason = "already answered"
    assert "skipped: already answered" in run("explain", planned.pk)[1]
    facts.reason = ""
    ContactPoint.objects.create(address="anna@example.org", status="refused")
    assert "  skipped: " in run("explain", planned.pk)[1]


def test_explain_tells_what_was_written_and_of_a_subject_that_is_gone(planned, person):
    Reminder.objects.update(due_at=NOW)
    engine.emit_due(now=NOW)
    message = Message.objects.get()
    printed = run("explain", planned.pk)[1]
    assert f"{message.pk} {message.guid} email to a…@example.org: queued" in printed
    person.delete()
    assert "(gone)" in run("explain", planned.pk)[1]
    assert run("explain", planned.pk + 1)[0] == 2
