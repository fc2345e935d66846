"""Numbers as people write them: cleaned, checked, refused with a sentence that helps."""

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum import exceptions as stdnum
from stdnum import iban as stdnum_iban
from stdnum.it import iva


def clean_vat_number(text: str) -> str:
    """Eleven digits with a right check digit; blanks, points and the IT prefix are forgiven."""
    compact = iva.compact(text.replace(".", ""))
    try:
        return iva.validate(compact)
    except stdnum.InvalidLength:
        raise ValidationError(
            _("A VAT number has 11 digits: this one has %(count)s."), params={"count": len(compact)}, code="length"
        ) from None
    except stdnum.InvalidFormat:
        raise ValidationError(_("A VAT number has 11 digits and nothing else."), code="format") from None
    except stdnum.ValidationError:
        raise ValidationError(_("This number does not add up: check the digits one by one."), code="checksum") from None


def clean_iban(text: str) -> str:
    """An IBAN of any country, without blanks."""
    try:
        return stdnum_iban.validate(text)
    except stdnum.InvalidChecksum:
        raise ValidationError(_("This IBAN does not add up: check it against the bank's paper."), code="checksum") from None
    except stdnum.ValidationError:
        raise ValidationError(
            _("This does not look like an IBAN: an Italian one starts with IT and has 27 characters."), code="format"
        ) from None


def clean_phone(text: str) -> str:
    """A phone number in international form, for example +390293200000."""
    refusal = ValidationError(_("This does not look like a phone number, for example 02 93 20 00 00."), code="phone")
    try:
        number = phonenumbers.parse(text, "IT")
    except phonenumbers.NumberParseException:
        raise refusal from None
    if not phonenumbers.is_possible_number(number):
        raise refusal
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
