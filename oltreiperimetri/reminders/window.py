"""When reminders may leave: 08:30-19:00 by the clock of Rome, Monday to Saturday, not on national holidays nor on the
patron's day of the town. Staff read one digest, at 08:30 on office days (Monday to Friday)."""

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import holidays

from oltreiperimetri.shared.dates import ROME, at_rome
from oltreiperimetri.shared.models import Municipality

OPENS = time(8, 30)
CLOSES = time(19, 0)
SATURDAY, SUNDAY = 5, 6
MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
PATRON_DAY = re.compile(r"(?P<day>\d{1,2}) (?P<month>\w+)|(?P<ordinal>\w+) Sunday of (?P<of>\w+)")


@lru_cache(maxsize=32)
def holidays_of(year: int) -> frozenset[date]:
    """National holidays, Easter Monday included, and the patron of Milan."""
    return frozenset(holidays.Italy(subdiv="MI", years=year))


@lru_cache(maxsize=256)
def patron_day(text: str, year: int) -> date | None:
    """The day of `8 May` or `second Sunday of September` in a year; None for an empty or unreadable text."""
    found = PATRON_DAY.fullmatch(text.strip())
    if not found or (found["month"] or found["of"]) not in MONTHS:
        return None
    month = MONTHS.index(found["month"] or found["of"]) + 1
    if found["day"]:
        return date(year, month, int(found["day"]))
    first = date(year, month, 1)
    sundays = (SUNDAY - first.weekday()) % 7 + 7 * (ORDINALS.get(found["ordinal"], 1) - 1)
    return first + timedelta(days=sundays)


def patron_of(istat_code: str | None) -> str:
    """When a town keeps its patron's day, as its register says; "" when there is no town or no day."""
    if not istat_code:
        return ""
    return Municipality.objects.filter(pk=istat_code).values_list("patron_day", flat=True).first() or ""


def is_holiday(day: date, patron: str = "") -> bool:
    return day in holidays_of(day.year) or (bool(patron) and patron_day(patron, day.year) == day)


def is_working_day(day: date, patron: str = "") -> bool:
    return day.weekday() != SUNDAY and not is_holiday(day, patron)


def is_office_day(day: date) -> bool:
    return day.weekday() < SATURDAY and not is_holiday(day)


def is_open(moment: datetime, patron: str = "") -> bool:
    local = moment.astimezone(ROME)
    return is_working_day(local.date(), patron) and OPENS <= local.time() < CLOSES


def opening_of(day: date) -> datetime:
    return at_rome(day, OPENS.hour, OPENS.minute)


def next_working_day(day: date, patron: str = "") -> date:
    """The first working day after `day`."""
    day += timedelta(days=1)
    while not is_working_day(day, patron):
        day += timedelta(days=1)
    return day


def next_opening(moment: datetime, patron: str = "") -> datetime:
    """`moment` itself when reminders may leave then, else the next opening."""
    if is_open(moment, patron):
        return moment
    local = moment.astimezone(ROME)
    if is_working_day(local.date(), patron) and local.time() < OPENS:
        return opening_of(local.date())
    return opening_of(next_working_day(local.date(), patron))


def digest_of(moment: datetime) -> datetime:
    """The digest that carries what is wanted at `moment`: of that day, when it is an office day, else of the next."""
    day = moment.astimezone(ROME).date()
    while not is_office_day(day):
        day += timedelta(days=1)
    return opening_of(day)
