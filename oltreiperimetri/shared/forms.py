"""Fields that forgive how people write, and one way to lay a form out."""

import re
from datetime import date

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .dates import EARLIEST_DAY, day_in_digits
from .money import format_italian_decimal, parse_italian_decimal

ITALIAN_DATE_FORMATS = ["%d/%m/%Y", "%Y-%m-%d", "%d/%m/%y"]
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
SHORT_YEAR = re.compile(r"(?!\d{4}).*\D\d\d\s*")


class ItalianDateField(forms.DateField):
    """A day typed as `27/3/1972` (also with blanks, points or hyphens, or the month in letters); not before 1900.

    `latest` may be a date or a callable that returns one (for instance today). Of a year of two digits
    the century is the one that is not after it: today `27/3/62` is 1962.
    """

    def __init__(self, *, earliest: date = EARLIEST_DAY, latest=None, **kwargs):
        self.earliest, self.latest = earliest, latest
        kwargs.setdefault("help_text", _("Day, month and year, for example 27/3/1972."))
        kwargs.setdefault("widget", forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "text", "autocomplete": "off"}))
        super().__init__(input_formats=ITALIAN_DATE_FORMATS, **kwargs)

    default_error_messages = {
        "invalid": _("This day does not exist. Write day, month and year, for example 27/3/1972."),
        "unreadable": _("Here we cannot read a day. Write day, month and year, for example 27/3/1972."),
        "unknown": _("Here we cannot read a day. Write it as 27/3/1972; if you do not know it, leave it empty."),
    }

    def to_python(self, value):
        if not isinstance(value, str) or not value.strip() or ISO_DAY.fullmatch(value.strip()):
            return super().to_python(value)
        digits = day_in_digits(value)
        if digits is None:
            code = "unreadable" if self.required else "unknown"
            raise ValidationError(self.error_messages[code], code=code)
        return super().to_python(digits)

    def clean(self, value):
        day = super().clean(value)
        if day is None:
            return None
        if day < self.earliest:
            raise ValidationError(_("Check the year: it cannot be before %(year)s."), params={"year": self.earliest.year})
        latest = self.latest() if callable(self.latest) else self.latest
        if latest and day > latest and isinstance(value, str) and SHORT_YEAR.fullmatch(value):
            day = day.replace(year=day.year - 100)
        if latest and day > latest:
            raise ValidationError(_("This day is in the future. Check the year."))
        return day


class ItalianDecimalField(forms.DecimalField):
    """A number written `1.234,56`."""

    widget = forms.TextInput

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("inputmode", "decimal")

    def to_python(self, value):
        if value in self.empty_values:
            return None
        try:
            return parse_italian_decimal(value)
        except ValueError:
            raise ValidationError(_("Write a number, for example 1.234,56.")) from None

    def prepare_value(self, value):
        if hasattr(value, "quantize"):
            return format_italian_decimal(value, self.decimal_places if self.decimal_places is not None else 2)
        return value


class MoneyField(ItalianDecimalField):
    """Euro, with two decimals at most."""

    def __init__(self, **kwargs):
        kwargs.setdefault("max_digits", 10)
        kwargs.setdefault("min_value", 0)
        super().__init__(decimal_places=2, **kwargs)


CONTINUE = _("Continue")


def form_helper(*, submit=CONTINUE, method: str = "post", action: str = "", tag: bool = True) -> FormHelper:
    """The layout of every form: error summary, hints before fields, one main button."""
    helper = FormHelper()
    helper.form_method = method
    helper.form_action = action
    helper.form_tag = tag
    helper.attrs = {"novalidate": ""}
    if submit:
        helper.add_input(Submit("submit", submit, css_class="btn-primary"))
    return helper
