from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import form_helper
from oltreiperimetri.shared.models import Municipality

from ..domain.organisation import WITH_VAT_NUMBER
from ..enums import Kind
from .fields import IbanField, PhoneField, VatNumberField, WebsiteField

ORGANISATION = ["name", "kind", "vat_number", "iban", "website", "is_listed"]
SITE = ["address", "municipality", "headcount"]
CONTACT = ["first_name", "last_name", "position", "email", "phone"]


class JoinForm(forms.Form):
    """An organisation, the place where it works and who speaks for it, on one page."""

    name = forms.CharField(label=_("Name of the organisation"), max_length=160)
    kind = forms.ChoiceField(label=_("What kind of organisation is it?"), choices=Kind.choices, widget=forms.RadioSelect)
    vat_number = VatNumberField(required=False)
    iban = IbanField(required=False)
    website = WebsiteField(required=False)
    is_listed = forms.BooleanField(label=_("Show our name and town on the public page of the network"), required=False)
    address = forms.CharField(label=_("Street and number"), max_length=200)
    municipality = forms.ModelChoiceField(
        Municipality.objects.all(), label=_("Municipality"), empty_label=_("Choose the municipality")
    )
    headcount = forms.IntegerField(
        label=_("How many people work here?"),
        min_value=0,
        max_value=100_000,
        help_text=_("Owners and staff, without apprentices. It decides how many trainees the law allows."),
    )
    first_name = forms.CharField(label=_("First name"), max_length=80)
    last_name = forms.CharField(label=_("Last name"), max_length=80)
    position = forms.CharField(label=_("What you do there"), max_length=80, required=False)
    email = forms.EmailField(label=_("E-mail"), help_text=_("We send here the invitation to make your account."))
    phone = PhoneField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, token in {
            "name": "organization",
            "first_name": "given-name",
            "last_name": "family-name",
            "email": "email",
        }.items():
            self.fields[name].widget.attrs["autocomplete"] = token
        self.helper = form_helper(submit=_("Send the request"))
        self.helper.layout = Layout(
            Fieldset(_("The organisation"), "name", "kind", "vat_number", "website", "iban"),
            Fieldset(_("Where you work"), *SITE),
            Fieldset(_("Who we speak to"), *CONTACT, "is_listed"),
        )

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") in WITH_VAT_NUMBER and not cleaned.get("vat_number") and "vat_number" not in self.errors:
            self.add_error("vat_number", _("A firm, a cooperative or a bank has a VAT number: write it here."))
        return cleaned

    def part(self, names: list[str]) -> dict:
        return {name: self.cleaned_data[name] for name in names}

    @property
    def organisation(self) -> dict:
        return self.part(ORGANISATION) | {"phone": self.cleaned_data["phone"]}

    @property
    def site(self) -> dict:
        return self.part(SITE) | {"name": str(self.cleaned_data["municipality"])}

    @property
    def contact(self) -> dict:
        return self.part(CONTACT)
