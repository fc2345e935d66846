from django import forms
from django.utils.translation import gettext_lazy as _

from ..validators import clean_iban, clean_phone, clean_vat_number


class CheckedField(forms.CharField):
    """Text that `check` cleans or refuses; what was typed comes back as typed."""

    check = staticmethod(lambda text: text)

    def clean(self, value):
        text = super().clean(value)
        return self.check(text) if text else ""


class VatNumberField(CheckedField):
    check = staticmethod(clean_vat_number)

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("VAT number or numeric tax code"))
        kwargs.setdefault("help_text", _("11 digits. An association without VAT number gives its own tax code."))
        kwargs.setdefault("max_length", 20)
        super().__init__(**kwargs)
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}


class IbanField(CheckedField):
    check = staticmethod(clean_iban)

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("IBAN"))
        kwargs.setdefault("help_text", _("Only for refunds. It is kept encrypted, and you can give it later."))
        kwargs.setdefault("max_length", 50)
        super().__init__(**kwargs)
        self.widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}


class PhoneField(CheckedField):
    check = staticmethod(clean_phone)

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Phone"))
        kwargs.setdefault("max_length", 40)
        super().__init__(**kwargs)
        self.widget.attrs |= {"inputmode": "tel", "autocomplete": "tel"}
        self.widget.input_type = "tel"


class WebsiteField(forms.URLField):
    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Website"))
        super().__init__(max_length=200, assume_scheme="https", **kwargs)
        self.widget.attrs |= {"autocomplete": "url", "inputmode": "url"}
