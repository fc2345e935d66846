"""What people write about themselves: cleaned, checked, refused with a sentence that helps."""

import re
from dataclasses import dataclass
from datetime import date

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum import exceptions as stdnum
from stdnum.it import codicefiscale

# Where two people would get one code the tax office writes letters for digits (D.M. 23 December 1976).
OMOCODE_LETTERS = "LMNPQRSTUV"
MONTH_LETTERS = "ABCDEHLMPRST"
PERSONAL_CODE = re.compile(r"[A-Z]{6}[0-9LMNPQRSTUV]{2}[A-EHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]")


def compact_tax_code(text: str) -> str:
    return re.sub(r"[\s.\-]", "", text).upper()


def clean_tax_code(text: str) -> str:
    """A tax code with a right check digit: 16 characters (also of the omocode kind) or the provisional 11 digits."""
    code = compact_tax_code(text)
    if len(code) not in (11, 16):
        raise ValidationError(
            _("A tax code has 16 characters: this one has %(count)s."), params={"count": len(code)}, code="length"
        )
    if not (code.isdigit() if len(code) == 11 else PERSONAL_CODE.fullmatch(code)):
        raise ValidationError(
            _("This does not look like a tax code. You find it on the health card, under your name."), code="format"
        )
    try:
        return codicefiscale.validate(code)
    except stdnum.ValidationError:
        raise ValidationError(
            _("This tax code does not add up: check letters and digits one by one."), code="checksum"
        ) from None


@dataclass(frozen=True)
class TaxCodeFacts:
    """What a personal code says of its holder; the century is not in it."""

    year: int
    month: int
    day: int
    sex: str


def tax_code_facts(code: str) -> TaxCodeFacts | None:
    """None for a provisional code of 11 digits, which says nothing."""
    if len(code) != 16:
        return None
    digits = [str(OMOCODE_LETTERS.index(sign)) if sign in OMOCODE_LETTERS else sign for sign in code[6:8] + code[9:11]]
    year, day = int("".join(digits[:2])), int("".join(digits[2:]))
    return TaxCodeFacts(year, MONTH_LETTERS.index(code[8]) + 1, day % 40, "F" if day > 40 else "M")


def tax_code_doubts(code: str, *, birth_date: date | None, sex: str) -> list[str]:
    """Which of "birth_date" and "sex" differ from what the code says. A doubt warns; it never blocks."""
    facts = tax_code_facts(code) if code else None
    if facts is None:
        return []
    doubts = []
    if birth_date and (birth_date.year % 100, birth_date.month, birth_date.day) != (facts.year, facts.month, facts.day):
        doubts.append("birth_date")
    if sex and sex != facts.sex:
        doubts.append("sex")
    return doubts


def clean_phone(text: str) -> str:
    """A phone number written one way, for example +39 02 9320 0000, whatever signs were typed between the digits."""
    refusal = ValidationError(_("This does not look like a phone number, for example 347 123 4567."), code="phone")
    try:
        number = phonenumbers.parse(text, "IT")
    except phonenumbers.NumberParseException:
        raise refusal from None
    if not phonenumbers.is_possible_number(number):
        raise refusal
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
