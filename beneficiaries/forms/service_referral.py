"""Referrals to other services: prepared, sent, answered, and their list."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import ItalianDateField
from partners.models import Organisation

from ..enums import Ball
from ..enums_money import Sending, Service
from ..models import ServiceReferral
from .filters import FilterForm, in_town, town_choices
from .money_path import ActForm

State = ServiceReferral.State
HOLDERS = [
    (Ball.PARTNER.value, _("The service")),
    (Ball.CASEWORKER.value, _("The caseworker")),
    (Ball.PERSON.value, _("The person")),
]


class ReferralForm(ActForm):
    submit = _("Save the referral")
    service = forms.ChoiceField(label=_("Kind of service"), choices=Service.choices)
    organisation = forms.ModelChoiceField(
        label=_("Organisation of the network"), queryset=Organisation.objects.none(), required=False
    )
    other_name = forms.CharField(
        label=_("Name of the service"), required=False, max_length=120, help_text=_("When it is not in the network.")
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What the service has to know, and nothing more. The person can read it."),
    )
    consent_on = ItalianDateField(
        label=_("The person agreed on"), help_text=_("Without the person’s consent nobody is sent anywhere.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.accredited().order_by("name", "pk")


class SendForm(ActForm):
    submit = _("It is sent")
    sending = forms.ChoiceField(label=_("How it was sent"), choices=Sending.choices, widget=forms.RadioSelect)
    sent_on = ItalianDateField(label=_("Sent on"))
    due_on = ItalianDateField(
        label=_("Answer awaited by"), help_text=_("The day after, whoever follows the person is told.")
    )


class AnswerForm(ActForm):
    submit = _("Save the answer")
    says_yes = forms.TypedChoiceField(
        label=_("What the service says"),
        choices=[("yes", _("It takes charge")), ("no", _("It does not"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    answered_on = ItalianDateField(label=_("Answered on"))
    answer = forms.CharField(
        label=_("What it says"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )


class WaitLongerForm(ActForm):
    submit = _("Wait until that day")
    ball = forms.ChoiceField(label=_("Whose turn it is"), choices=HOLDERS)
    due_on = ItalianDateField(label=_("By when"))


class WithdrawForm(ActForm):
    submit = _("Take it back")


class ReferralFilters(FilterForm):
    stato = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("Under way")), ("scaduti", _("Answer late")), ("tutti", _("All")), *State.choices],
    )
    servizio = forms.ChoiceField(label=_("Service"), choices=[("", _("All")), *Service.choices])
    comune = forms.ChoiceField(label=_("Town"))

    def __init__(self, data, *, user, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["comune"].choices = town_choices(user)

    def apply(self, referrals: QuerySet, *, today) -> QuerySet:
        if not self.is_valid():
            return referrals.none()
        match self.chosen("stato"):
            case "" | None:
                referrals = referrals.filter(state__in=[State.DRAFT, State.SENT])
            case "scaduti":
                referrals = referrals.overdue(today)
            case "tutti":
                pass
            case state:
                referrals = referrals.filter(state=state)
        if self.chosen("servizio"):
            referrals = referrals.filter(service=self.chosen("servizio"))
        if self.chosen("comune"):
            referrals = in_town(referrals, self.chosen("comune"), prefix="person__")
        return referrals.order_by("due_on", "pk")
