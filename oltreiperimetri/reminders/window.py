"""When reminders may leave: 08:30-19:00 by the clock of Rome, Monday to Saturday, not on Italian holidays."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

import holidays

from oltreiperimetri.shared.dates import ROME, at_rome

OPENS = time(8, 30)
CLOSES = time(19, 0)
SUNDAY = 6


@lru_cache(maxsize=32)
def holidays_of(year: int) -> frozenset[date]:
    """National holidays, Easter Monday included, and the patron of Milan."""
    return frozenset(holidays.Italy(subdiv="MI", years=year))


def is_working_day(day: date) -> bool:
    return day.weekday() != SUNDAY and day not in holidays_of(day.year)


def is_open(moment: datetime) -> bool:
    local = moment.astimezone(ROME)
    return is_working_day(local.date()) and OPENS <= local.time() < CLOSES


def opening_of(day: date) -> datetime:
    return at_rome(day, OPENS.hour, OPENS.minute)


def next_working_day(day: date) -> date:
    """The first working day after `day`."""
    day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def next_opening(moment: datetime) -> datetime:
    """`moment` itself when reminders may leave then, else the next opening."""
    if is_open(moment):
        return moment
    local = moment.astimezone(ROME)
    if is_working_day(local.date()) and local.time() < OPENS:
        return opening_of(local.date())
    return opening_of(next_working_day(local.date()))
