from datetime import UTC, timedelta

import pytest

from oltreiperimetri.reminders import engine
from oltreiperimetri.reminders.models import Message, Reminder
from oltreiperimetri.reminders.window import is_open, next_opening

from .conftest import NOW, rome


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-11-24 10:00", "2026-11-24 10:00"),
        ("2026-11-24 07:00", "2026-11-24 08:30"),
        ("2026-11-24 19:00", "2026-11-25 08:30"),
        ("2026-11-28 20:00", "2026-11-30 08:30"),  # Saturday evening
        ("2026-12-07 10:00", "2026-12-09 08:30"),  # Sant'Ambrogio, then the Immaculate Conception
        ("2027-03-29 10:00", "2027-03-30 08:30"),  # Easter Monday
        ("2026-10-25 02:30", "2026-10-26 08:30"),  # the hour that comes twice, on a Sunday
    ],
)
def test_reminders_wait_for_the_next_opening(moment, opening):
    assert next_opening(rome(moment)) == rome(opening)


def test_rem_14_christmas_evening_becomes_monday_morning():
    assert next_opening(rome("2026-12-25 20:00")) == rome("2026-12-28 08:30")


def test_rem_15_a_step_whose_time_ends_before_the_next_opening_is_missed_and_says_so(facts, person):
    facts.want(person, rome("2026-12-25 20:00"), not_after=rome("2026-12-27 12:00"))
    engine.plan(person, now=NOW)

    engine.emit_due(now=rome("2026-12-28 09:00"))

    reminder = Reminder.objects.get()
    assert (reminder.state, reminder.due_at) == ("missed", rome("2026-12-28 08:30"))
    assert reminder.reason


def test_nothing_is_emitted_at_night_and_nothing_waits_in_the_demo(facts, person, settings):
    night = rome("2026-11-24 23:00")
    facts.want(person, NOW)
    engine.plan(person, now=NOW)

    at_night = engine.emit_due(now=night)
    settings.QUIET_HOURS = False

    assert (at_night, engine.emit_due(now=night)) == ({}, {"emitted": 1})
    assert not is_open(night)


@pytest.mark.parametrize(("day", "leaves"), [("2026-10-25", "2026-10-26"), ("2027-03-28", "2027-03-30")])
def test_rem_12_a_step_in_the_hour_that_comes_twice_or_never_goes_once_at_a_legal_hour(facts, person, day, leaves):
    """Both are Sundays, the second is Easter: what is wanted at half past two leaves on the next working morning, once."""
    facts.want(person, rome(f"{day} 02:30"))
    engine.plan(person, now=rome(f"{day} 01:00"))
    sunday = rome(f"{day} 00:00")
    sent = []
    for hour in range(72):
        moment = (sunday + timedelta(hours=hour)).astimezone(UTC)
        if engine.emit_due(now=moment)["emitted"]:
            sent.append(moment)

    assert sent == [rome(f"{leaves} 09:00")]
    assert Message.objects.count() == 1
