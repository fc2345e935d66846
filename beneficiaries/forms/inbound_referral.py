from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import form_helper
from partners.models import Organisation

from ..enums import ReferralClosing
from ..models import InboundReferral
from .fields import OTHER_TOWN, PhoneField, TownField
from .filters import FilterForm, in_town, town_choices

State = InboundReferral.State


class SendPersonForm(forms.Form):
    """What a partner tells of somebody: enough to call them, and that they agree."""

    organisation = forms.ModelChoiceField(label=_("On behalf of"), queryset=Organisation.objects.none())
    first_name = forms.CharField(label=_("First name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    last_name = forms.CharField(label=_("Last name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    phone = PhoneField(required=False, help_text=_("A number at which the person answers."))
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("One of the two is enough."), widget=forms.EmailInput()
    )
    town = TownField(label=_("In which town does the person live?"))
    other_town = forms.CharField(label=_("If it is another town, which one?"), required=False, max_length=100)
    why = forms.CharField(
        label=_("Why, in one line"),
        max_length=200,
        help_text=_("For example: lost the job in spring, looks for work in a kitchen. Nothing about health or debts."),
    )
    agrees = forms.BooleanField(
        label=_("I told the person, and they agree that you call them"),
        error_messages={"required": _("Ask the person first: without their agreement we cannot call.")},
    )
    tells_referrer = forms.BooleanField(label=_("The person agrees that I get an e-mail about how it goes"), required=False)

    def __init__(self, *args, organisations: QuerySet, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["phone"].widget.attrs["autocomplete"] = "off"
        self.fields["organisation"].queryset = organisations
        if len(organisations) == 1:
            self.fields["organisation"].initial = organisations[0]
            self.fields["organisation"].widget = forms.HiddenInput()
        self.helper = form_helper(submit=_("Send the person to us"))

    def clean_email(self):
        return self.cleaned_data["email"].strip().lower()

    def clean(self):
        cleaned = super().clean()
        if not self.errors.keys() & {"phone", "email"} and not cleaned.get("phone") and not cleaned.get("email"):
            self.add_error("phone", _("Write a phone number or an e-mail address."))
        return cleaned

    def told(self) -> dict:
        values = self.cleaned_data
        names = ("first_name", "last_name", "phone", "email", "why", "tells_referrer")
        elsewhere = values["town"] == OTHER_TOWN
        home = {
            "municipality": None if elsewhere else values["town"],
            "other_town": values["other_town"] if elsewhere else "",
        }
        return {name: values[name] for name in names} | home


class CloseReferralForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why does no path begin?"),
        choices=ReferralClosing.choices,
        widget=forms.RadioSelect,
        help_text=_("The partner reads only that it ended."),
        error_messages={"required": _("Choose a reason.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit=_("Close"))


class InboundReferralFilters(FilterForm):
    stato = forms.ChoiceField(label=_("State"), choices=[("", _("To work on")), ("tutte", _("All")), *State.choices])
    comune = forms.ChoiceField(label=_("Town"))

    def __init__(self, data, *, user, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["comune"].choices = town_choices(user)

    def apply(self, referrals: QuerySet) -> QuerySet:
        if not self.is_valid():
            return referrals.none()
        state = self.chosen("stato")
        if not state:
            referrals = referrals.open()
        elif state != "tutte":
            referrals = referrals.filter(state=state)
        if self.chosen("comune"):
            referrals = in_town(referrals, self.chosen("comune"))
        return referrals.order_by("sent_at", "pk")
