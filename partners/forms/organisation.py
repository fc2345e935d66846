from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import form_helper
from oltreiperimetri.shared.models import Municipality

from ..domain.organisation import WITH_VAT_NUMBER
from ..enums import Kind
from ..models import Organisation
from .fields import IbanField, PhoneField, VatNumberField, WebsiteField


class OrganisationForm(forms.ModelForm):
    """The data that the organisation itself keeps up to date."""

    vat_number = VatNumberField(required=False)
    iban = IbanField(required=False)
    phone = PhoneField(required=False)
    website = WebsiteField(required=False)

    class Meta:
        model = Organisation
        fields = ["name", "kind", "vat_number", "iban", "email", "certified_email", "phone", "website", "is_listed"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit=_("Save"))

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") in WITH_VAT_NUMBER and not cleaned.get("vat_number") and "vat_number" not in self.errors:
            self.add_error("vat_number", _("A firm, a cooperative or a bank has a VAT number: write it here."))
        return cleaned

    def clean_vat_number(self):
        number = self.cleaned_data["vat_number"]
        others = Organisation.objects.exclude(pk=self.instance.pk)
        if number and others.filter(vat_number=number).exists():
            raise ValidationError(_("There is already an organisation with this VAT number."))
        return number


class StaffOrganisationForm(OrganisationForm):
    """The office also says what the organisation is to the programme."""

    class Meta(OrganisationForm.Meta):
        fields = [*OrganisationForm.Meta.fields, "is_public_body", "can_promote"]


class MoveForm(forms.Form):
    """Accredit, suspend: with the reason that history keeps."""

    reason = forms.CharField(label=_("Reason"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class OrganisationFilters(forms.Form):
    search = forms.CharField(label=_("Name or VAT number"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All kinds")), *Kind.choices])
    town = forms.ModelChoiceField(
        Municipality.objects.all(), label=_("Municipality"), required=False, empty_label=_("All towns")
    )
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All states")), *Organisation.State.choices])

    def rows(self, organisations):
        """`organisations` narrowed by the filters that are valid; a wrong value in the address filters nothing."""
        self.is_valid()
        chosen = self.cleaned_data
        if text := chosen.get("search"):
            organisations = organisations.matching(text)
        if kind := chosen.get("kind"):
            organisations = organisations.filter(kind=kind)
        if town := chosen.get("town"):
            organisations = organisations.in_town(town)
        if state := chosen.get("state"):
            organisations = organisations.filter(state=state)
        return organisations
