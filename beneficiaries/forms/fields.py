"""Fields that forgive how people write about themselves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.models import Municipality

from ..validators import clean_phone, clean_tax_code

OTHER_TOWN = "other"
NOT_SAID = _("I do not know, or I prefer not to say")


class CheckedField(forms.CharField):
    """Text that `check` cleans or refuses; what was typed comes back as typed."""

    check = staticmethod(lambda text: text)

    def clean(self, value):
        text = super().clean(value)
        return self.check(text) if text else ""


class TaxCodeField(CheckedField):
    check = staticmethod(clean_tax_code)

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Tax code"))
        super().__init__(max_length=30, **kwargs)
        self.widget.attrs |= {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class PhoneField(CheckedField):
    check = staticmethod(clean_phone)

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Phone"))
        super().__init__(max_length=40, **kwargs)
        self.widget.attrs |= {"inputmode": "tel", "autocomplete": "tel"}
        self.widget.input_type = "tel"


class SaidField(forms.TypedChoiceField):
    """Yes, no, or not said (None): "not said" is an answer like the others, and nobody has to give another."""

    ANSWERS = {"yes": True, "no": False, "not_said": None}

    def __init__(self, *, not_said=NOT_SAID, **kwargs):
        choices = [("yes", _("Yes")), ("no", _("No")), ("not_said", not_said)]
        kwargs.setdefault("widget", forms.RadioSelect)
        kwargs.setdefault("error_messages", {"required": _("Choose an answer: “I prefer not to say” is one too.")})
        super().__init__(choices=choices, coerce=self.ANSWERS.get, empty_value=None, **kwargs)

    def prepare_value(self, value):
        return {True: "yes", False: "no"}.get(value, value)


class TownField(forms.ChoiceField):
    """One of the towns of the programme (its Municipality), `OTHER_TOWN`, or None when it was not said."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Town"))
        super().__init__(choices=self.towns, required=False, **kwargs)

    @staticmethod
    def towns():
        yield "", _("Choose your town")
        yield from Municipality.objects.in_programme().values_list("istat_code", "name")
        yield OTHER_TOWN, _("Another town")

    def clean(self, value):
        code = super().clean(value)
        if code in ("", OTHER_TOWN):
            return code or None
        return Municipality.objects.get(pk=code)
