from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import form_helper

from ..domain.organisation import WITH_VAT_NUMBER
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
        fields = [*OrganisationForm.Meta.fields, "is_public_body", "can_promote", "may_refer"]


class MoveForm(forms.Form):
    """Accredit, suspend: with the reason that history keeps."""

    reason = forms.CharField(label=_("Reason"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
