from datetime import timedelta

import pytest
from django.db import transaction

from oltreiperimetri.reminders import engine
from oltreiperimetri.reminders.models import Message, Reminder

from .conftest import NOW, rome


def rows():
    return list(Reminder.objects.order_by("wave").values_list("wave", "due_at", "state"))


def test_rem_1_planning_twice_leaves_the_same_rows(facts, person):
    facts.want(person, rome("2026-12-01 09:00"), wave=0)
    facts.want(person, rome("2026-12-04 09:00"), wave=1)
    engine.plan(person, now=NOW)
    before = rows()

    changed = engine.plan(person, now=NOW + timedelta(hours=1))

    assert changed == 0
    assert rows() == before
    assert [state for _wave, _due, state in before] == ["planned", "planned"]


def test_rem_1_after_any_edits_the_rows_are_those_of_the_final_facts(facts, person):
    for day in ("2026-12-01", "2026-12-09", "2026-12-03"):
        facts.steps.clear()
        facts.want(person, rome(f"{day} 09:00"), wave=0)
        engine.plan(person, now=NOW)

    assert rows() == [(0, rome("2026-12-03 09:00"), "planned")]


def test_a_step_no_longer_wanted_is_cancelled_and_comes_back_when_wanted_again(facts, person):
    facts.want(person, rome("2026-12-01 09:00"))
    engine.plan(person, now=NOW)
    step = facts.steps.pop(person.pk)

    engine.plan(person, now=NOW)
    cancelled = Reminder.objects.get().state
    facts.steps[person.pk] = step
    engine.plan(person, now=NOW)

    assert (cancelled, Reminder.objects.get().state) == ("cancelled", "planned")


@pytest.mark.django_db(transaction=True)
def test_rem_5_a_rolled_back_fact_leaves_no_reminder_and_wakes_nobody(facts, person, monkeypatch):
    woken = []
    monkeypatch.setattr("oltreiperimetri.reminders.wake.nudge", lambda: woken.append(1))
    facts.want(person, NOW)

    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012 - the rollback is what is tried
        engine.plan(person, now=NOW)
        engine.queue_mail("reminders/tests", {}, to="anna@example.org", dedupe_key="once", now=NOW)
        raise RuntimeError

    assert (Reminder.objects.count(), Message.objects.count(), woken) == (0, 0, [])


def test_rem_8_mail_not_yet_gone_stops_when_its_step_is_no_longer_wanted(facts, person):
    facts.want(person, NOW)
    engine.plan(person, now=NOW)
    engine.emit_due(now=NOW)
    facts.steps.clear()

    engine.plan(person, now=NOW)

    assert Message.objects.get().state == "aborted"
    assert Reminder.objects.get().state == "cancelled"
    assert engine.deliver(now=NOW) == {}


def test_rem_9_a_moved_step_moves_its_row_and_goes_once(facts, person):
    facts.want(person, rome("2026-11-26 09:00"))
    engine.plan(person, now=NOW)
    facts.steps.clear()
    facts.want(person, rome("2026-12-10 09:00"))

    engine.plan(person, now=NOW)
    on_the_old_day = engine.emit_due(now=rome("2026-11-26 09:30"))
    on_the_new_day = engine.emit_due(now=rome("2026-12-10 09:30"))

    assert (on_the_old_day, on_the_new_day) == ({}, {"emitted": 1})
    assert Message.objects.count() == 1


def test_rem_9_a_step_already_sent_goes_again_only_when_moved_to_a_day_to_come(facts, person):
    facts.want(person, NOW)
    engine.plan(person, now=NOW)
    engine.emit_due(now=NOW)
    engine.deliver(now=NOW)
    facts.steps.clear()
    facts.want(person, rome("2026-12-21 09:00"))

    engine.plan(person, now=NOW)

    reminder = Reminder.objects.get()
    assert (reminder.state, reminder.round) == ("planned", 2)
    assert Message.objects.get().state == "sent"


def test_the_hourly_pass_repairs_what_was_lost_and_then_changes_nothing(facts, person):
    facts.want(person, rome("2026-12-01 09:00"))

    assert engine.plan_all(now=NOW) == 1
    assert engine.plan_all(now=NOW) == 0


def test_the_hourly_pass_reads_a_batch_at_a_time(facts, person, django_user_model, django_assert_num_queries):
    for number in range(30):
        other = django_user_model.objects.create_user(f"n{number}@example.org")
        facts.want(other, rome("2026-12-01 09:00"))
    engine.plan_all(now=NOW)

    with django_assert_num_queries(2):  # the accounts and their reminders
        engine.plan_all(now=NOW)
