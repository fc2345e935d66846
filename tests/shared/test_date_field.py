"""Days as people type them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from oltreiperimetri.shared.forms import ItalianDateField

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    "typed",
    [
        "27/3/1962",
        "27-03-1962",
        "27.3.1962",
        "27 3 1962",
        "27/3/62",
        "27.3.62",
        "27031962",
        "1962-03-27",
        "27 marzo 1962",
        "il 27 mar. 1962",
        " 27 Marzo 62 ",
    ],
)
def test_a_day_is_read_however_it_is_written(typed):
    assert ItalianDateField(latest=TODAY).clean(typed) == date(1962, 3, 27)


def test_a_short_year_is_not_in_the_future_where_the_day_may_not_be():
    assert ItalianDateField(latest=TODAY).clean("1/5/26") == date(2026, 5, 1)
    assert ItalianDateField(latest=TODAY).clean("26/11/26") == date(1926, 11, 26)
    assert ItalianDateField().clean("1/5/27") == date(2027, 5, 1)


@pytest.mark.parametrize("typed", ["31/2/1970", "45/13/2026", "1/1/1850", "26/11/2026", "2026-11-26", "99999999"])
def test_a_day_that_cannot_be_is_refused(typed):
    with pytest.raises(ValidationError):
        ItalianDateField(latest=TODAY).clean(typed)


@pytest.mark.parametrize("typed", ["non so", "2025", "marzo 2025", "3 brumaio 1972", "27\x00/3/1962", "a" * 5000])
@pytest.mark.parametrize(("required", "code"), [(True, "unreadable"), (False, "unknown")])
def test_words_are_not_called_a_day_that_does_not_exist(typed, required, code):
    with pytest.raises(ValidationError) as refusal:
        ItalianDateField(required=required, latest=TODAY).clean(typed)
    assert refusal.value.code == code
