"""Calendar arithmetic of the programme: inclusive days, calendar months, always from the anchor."""

import re
from calendar import monthrange
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

ROME = ZoneInfo("Europe/Rome")
EARLIEST_DAY = date(1900, 1, 1)
MONTHS = ("gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic")
WRITTEN_DAY = re.compile(r"(?:il )?(\d{1,2})[°º]?[\s/.\-]+([a-z]{3,}|\d{1,2})[\s/.\-]+(\d{4}|\d{2})")
EIGHT_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{4})")


def day_in_digits(text: str) -> str | None:
    """`3 marzo 1972`, `3.3.1972` or `03031972` as `3/3/1972`; None where the text names no day.

    The day need not exist: `31/2/1970` stays as it is. A year of two digits stays one.
    """
    plain = text.strip().lower()
    found = WRITTEN_DAY.fullmatch(plain) or EIGHT_DIGITS.fullmatch(plain)
    if not found:
        return None
    day, month, year = found.groups()
    if month.isalpha():
        if month[:3] not in MONTHS:
            return None
        month = MONTHS.index(month[:3]) + 1
    return f"{day}/{month}/{year}"


def add_months(anchor: date, months: int) -> date:
    """The same day `months` calendar months later, clamped to the month's end (31 Jan + 1 = 28/29 Feb)."""
    index = anchor.year * 12 + anchor.month - 1 + months
    year, month = divmod(index, 12)
    month += 1
    return date(year, month, min(anchor.day, monthrange(year, month)[1]))


def birthday_on(birth_date: date, years: int) -> date:
    """The day on which somebody completes `years` years; born on 29 February: 28 February."""
    return add_months(birth_date, years * 12)


def age_on(birth_date: date, day: date) -> int:
    """Completed years on `day`; consistent with `birthday_on`."""
    years = day.year - birth_date.year
    return years if day >= birthday_on(birth_date, years) else years - 1


def inclusive_days(first: date, last: date) -> int:
    """Both ends count: the length of one day is 1."""
    return (last - first).days + 1


def at_rome(day: date, hour: int = 0, minute: int = 0) -> datetime:
    """An instant by the clock of Rome on `day`."""
    return datetime.combine(day, time(hour, minute), tzinfo=ROME)
