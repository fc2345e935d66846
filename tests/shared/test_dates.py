from datetime import date

import pytest

from oltreiperimetri.shared.dates import add_months, age_on, birthday_on, inclusive_days


@pytest.mark.parametrize(
    ("anchor", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2024, 2, 29), 24, date(2026, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
    ],
)
def test_months_are_counted_by_calendar_and_clamped_to_the_end(anchor, months, expected):
    assert add_months(anchor, months) == expected


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(1986, 11, 24), date(2026, 11, 23), 39),
        (date(1986, 11, 24), date(2026, 11, 24), 40),
        (date(1984, 2, 29), date(2025, 2, 27), 40),
        (date(1984, 2, 29), date(2025, 2, 28), 41),
        (date(1984, 2, 29), date(2024, 2, 28), 39),
        (date(1984, 2, 29), date(2024, 2, 29), 40),
    ],
)
def test_age_is_in_completed_years(born, day, age):
    assert age_on(born, day) == age
    assert (birthday_on(born, 40) <= day) == (age >= 40)


def test_a_period_of_one_day_is_one_day_long():
    assert inclusive_days(date(2026, 3, 1), date(2026, 3, 1)) == 1
