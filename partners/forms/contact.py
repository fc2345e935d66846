from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import form_helper

from ..models import Contact
from .fields import PhoneField


class ContactForm(forms.ModelForm):
    phone = PhoneField(required=False)

    class Meta:
        model = Contact
        fields = ["first_name", "last_name", "position", "email", "phone", "is_tutor", "is_legal_representative"]
        help_texts = {"is_tutor": _("A host tutor follows the trainees at work, three at most.")}

    def __init__(self, *args, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.organisation = organisation
        self.helper = form_helper(submit=_("Save"))

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        others = Contact.objects.filter(organisation=self.instance.organisation).exclude(pk=self.instance.pk)
        if email and others.filter(email__iexact=email).exists():
            raise ValidationError(_("This address already belongs to a contact of the organisation."))
        return email
