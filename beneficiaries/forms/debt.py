"""A debt and the steps of its negotiation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import ItalianDateField, ItalianDecimalField, MoneyField, form_helper

from ..enums import Ball
from ..enums_money import DebtKind, Frequency
from ..models import Offer, Terms

HOLDERS = [
    (Ball.PARTNER.value, _("The creditor")),
    (Ball.CASEWORKER.value, _("The caseworker")),
    (Ball.PERSON.value, _("The person")),
]
LONGEST_ARREARS, LONGEST_OFFER, HIGHEST_RATE = 240, 600, 60


class DebtForm(forms.Form):
    creditor = forms.CharField(label=_("To whom it is owed"), max_length=120)
    kind = forms.ChoiceField(label=_("What kind of debt it is"), choices=DebtKind.choices)
    residual = MoneyField(
        label=_("How much is left to pay (€)"), help_text=_("All of it, with what is late. For example 6.250,00.")
    )
    instalment = MoneyField(
        label=_("Instalment (€)"), help_text=_("What should be paid each time. Write 0 when there is no instalment.")
    )
    frequency = forms.ChoiceField(label=_("How often"), choices=Frequency.choices, initial=Frequency.MONTHLY)
    arrears_months = forms.IntegerField(
        label=_("Months late"), min_value=0, max_value=LONGEST_ARREARS, initial=0, help_text=_("0 when nothing is late.")
    )
    yearly_rate = ItalianDecimalField(
        label=_("Interest a year (%)"),
        required=False,
        min_value=0,
        max_value=HIGHEST_RATE,
        decimal_places=3,
        max_digits=6,
        help_text=_("Only if what is left to pay does not hold the interest yet."),
    )
    since = ItalianDateField(label=_("Since"), required=False)
    until = ItalianDateField(label=_("Until"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit=_("Save the debt"))

    def clean(self):
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The end comes before the beginning."))
        return cleaned

    @property
    def terms(self) -> Terms:
        values = {name: value for name, value in self.cleaned_data.items() if name != "creditor"}
        days = {name: values[name].isoformat() if values[name] else "" for name in ("since", "until")}
        return Terms(**values | days)


class WaitForm(forms.Form):
    ball = forms.ChoiceField(label=_("Whose turn it is"), choices=HOLDERS)
    due_on = ItalianDateField(label=_("By when"))

    def __init__(self, *args, submit, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit=submit)


class OfferForm(WaitForm):
    instalment = MoneyField(label=_("New instalment a month (€)"))
    months = forms.IntegerField(
        label=_("For how many months"),
        required=False,
        min_value=1,
        max_value=LONGEST_OFFER,
        help_text=_("Leave it empty when it goes on until what is left today is paid. One month is a single payment."),
    )
    field_order = ["instalment", "months", "ball", "due_on"]

    @property
    def values(self) -> dict:
        cleaned = self.cleaned_data
        offer = Offer(cleaned["instalment"], cleaned["months"])
        return {"offer": offer, "ball": cleaned["ball"], "due_on": cleaned["due_on"]}


class SureForm(forms.Form):
    """Nothing to fill in: the button says it."""

    def __init__(self, *args, submit, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit=submit)
