from datetime import date

import pytest
from django.core.exceptions import ValidationError
from stdnum.it import codicefiscale

from beneficiaries.validators import clean_phone, clean_tax_code, tax_code_doubts

CODE = "CLMTRS75C50H264J"  # a woman born on 10 March 1975


def with_check_digit(fifteen: str) -> str:
    return fifteen + codicefiscale.calc_check_digit(fifteen)


@pytest.mark.parametrize("typed", [CODE, "clm trs 75c50 h264j", "CLM.TRS-75C50.H264J"])
def test_a_tax_code_is_cleaned_however_it_is_typed(typed):
    assert clean_tax_code(typed) == CODE


def test_an_omocode_is_a_tax_code_like_the_others():
    omocode = with_check_digit("CLMTRS7RC5LH26Q")
    assert clean_tax_code(omocode) == omocode
    assert tax_code_doubts(omocode, birth_date=date(1975, 3, 10), sex="F") == []


def test_a_provisional_code_of_eleven_digits_is_accepted_and_says_nothing():
    assert clean_tax_code("01234560157") == "01234560157"
    assert tax_code_doubts("01234560157", birth_date=date(1975, 3, 10), sex="F") == []


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (CODE[:-1], "length"),
        (CODE + "A", "length"),
        (CODE[:-1] + "K", "checksum"),
        ("1" * 16, "format"),
        ("CLMTRS75Z50H264J", "format"),
        ("0123456789A", "format"),
        ("0123456015X", "format"),
    ],
)
def test_a_wrong_tax_code_is_refused_with_its_reason(typed, why):
    with pytest.raises(ValidationError) as refusal:
        clean_tax_code(typed)
    assert refusal.value.code == why


@pytest.mark.parametrize(
    ("birth_date", "sex", "doubts"),
    [
        (date(1975, 3, 10), "F", []),
        (date(1875, 3, 10), "F", []),  # the century is not in the code
        (None, "", []),
        (date(1975, 3, 11), "F", ["birth_date"]),
        (date(1975, 10, 3), "M", ["birth_date", "sex"]),
    ],
)
def test_birth_date_and_sex_are_compared(birth_date, sex, doubts):
    assert tax_code_doubts(CODE, birth_date=birth_date, sex=sex) == doubts


@pytest.mark.parametrize("typed", ["347 1234567", "347/123.45.67", "0039 347 1234567", "+39 3471234567"])
def test_a_phone_number_is_written_one_way(typed):
    assert clean_phone(typed) == "+39 347 123 4567"


@pytest.mark.parametrize("typed", ["12", "pronto", "3" * 30])
def test_what_is_not_a_phone_number_is_refused(typed):
    with pytest.raises(ValidationError):
        clean_phone(typed)
