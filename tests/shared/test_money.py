from decimal import Decimal

import pytest

from oltreiperimetri.shared.money import format_italian_decimal, parse_italian_decimal, round_cents


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,56", "1234.56"),
        ("1234,56", "1234.56"),
        ("1.234", "1234"),
        ("€ 500", "500"),
        ("12.5", "12.5"),
        ("1 234,5", "1234.5"),
        ("-3,10", "-3.10"),
    ],
)
def test_numbers_are_read_the_italian_way(text, value):
    assert parse_italian_decimal(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "mille", "1,234,567", "1.23,4.5", "12.3456", "1e5", "NaN"])
def test_what_is_not_a_number_is_refused(text):
    with pytest.raises(ValueError, match="not an Italian number"):
        parse_italian_decimal(text)


def test_numbers_are_written_the_italian_way():
    assert format_italian_decimal(Decimal("1234567.5")) == "1.234.567,50"


def test_cents_are_rounded_half_up():
    assert round_cents(Decimal("2.345")) == Decimal("2.35")
