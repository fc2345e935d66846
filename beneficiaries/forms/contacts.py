from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import form_helper

from ..enums import Language
from ..models import Person
from .fields import PhoneField


class ContactsForm(forms.Form):
    """How to reach a person; e-mail and phone are both optional."""

    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = PhoneField(required=False)
    address = forms.CharField(label=_("Address"), required=False, max_length=200)
    contact_by = forms.ChoiceField(label=_("Prefers to be reached"), required=False)
    preferred_language = forms.ChoiceField(
        label=_("Language in which to speak"), required=False, choices=[("", _("It does not matter")), *Language.choices]
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = Person._meta.get_field("contact_by").choices
        self.fields["contact_by"].choices = [("", _("Has not said")), *choices]
        self.helper = form_helper(submit=_("Save"))

    def clean_email(self):
        return self.cleaned_data["email"].strip().lower()


class OwnContactsForm(ContactsForm):
    """The person's own: the address with which they sign in is changed in the account pages, with a code."""

    email = None
    address = forms.CharField(
        label=_("Address"), required=False, max_length=200, help_text=_("Street and number, for example Via Meda 20.")
    )

    def clean(self):
        values = super().clean()
        by_phone = (Person.ContactBy.PHONE, Person.ContactBy.SMS)
        if values.get("contact_by") in by_phone and not values.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("Write a number at which we can call you."))
        return values
