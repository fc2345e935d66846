from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import form_helper
from partners.forms.fields import PhoneField


class GuestForm(forms.Form):
    """A name, and one way to be reached; `values` is what the domain takes."""

    name = forms.CharField(
        label=_("Name and surname"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        help_text=_("You get the confirmation, and a link to give the seat back."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = PhoneField(required=False, help_text=_("If you have no e-mail: we call you when something changes."))

    submit = _("Add this person")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit=self.submit)

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    def clean(self):
        cleaned = super().clean()
        given = self.data.get("email", "").strip() or self.data.get("phone", "").strip()
        if not given:
            self.add_error("email", _("Write an e-mail address or a phone number: one of the two is enough."))
        return cleaned

    @property
    def values(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("name", "email", "phone")}


class SignUpForm(GuestForm):
    """The public's: with a field that people do not see and programs fill."""

    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args, submit: str, **kwargs):
        self.submit = submit
        super().__init__(*args, **kwargs)
        trap = Div("website", css_class="op-honeypot", aria_hidden="true")
        self.helper.layout = Layout("name", "email", "phone", trap)

    @property
    def is_by_a_program(self) -> bool:
        return bool(self.cleaned_data["website"])
