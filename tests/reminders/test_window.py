import pytest

from oltreiperimetri.reminders import engine
from oltreiperimetri.reminders.models import Reminder
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
