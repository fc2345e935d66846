import pytest
from django.core.exceptions import ValidationError

from partners.validators import clean_iban, clean_phone, clean_vat_number


@pytest.mark.parametrize("text", ["00743110157", "IT 00743110157", "007 4311 0157", "it00743110157", "007.431.101.57"])
def test_vat_number_is_read_however_it_is_written(text):
    assert clean_vat_number(text) == "00743110157"


@pytest.mark.parametrize("text", ["00743110158", "0074311015", "ABCDEFGHIJK", "00000000000", "🙂", "00743110157 7"])
def test_wrong_vat_number_is_refused(text):
    with pytest.raises(ValidationError):
        clean_vat_number(text)


def test_short_vat_number_says_how_many_digits_it_has():
    with pytest.raises(ValidationError) as refusal:
        clean_vat_number("0074311015")
    assert refusal.value.params == {"count": 10}


def test_iban_is_kept_without_blanks():
    assert clean_iban("it60 X054 2811 1010 0000 0123 456") == "IT60X0542811101000000123456"


@pytest.mark.parametrize("text", ["IT60X0542811101000000123457", "IT60", "Rossi", "XX60X0542811101000000123456"])
def test_wrong_iban_is_refused(text):
    with pytest.raises(ValidationError):
        clean_iban(text)


@pytest.mark.parametrize(
    ("text", "kept"),
    [("02 93 20 71 00", "+390293207100"), ("0039 347 1234567", "+393471234567"), ("+33 1 42 68 53 00", "+33142685300")],
)
def test_phone_is_kept_in_international_form(text, kept):
    assert clean_phone(text) == kept


def test_words_are_no_phone_number():
    with pytest.raises(ValidationError):
        clean_phone("chiedere in portineria")
