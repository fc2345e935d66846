from datetime import date

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oltreiperimetri.shared.forms import ItalianDateField, MoneyField, form_helper
from oltreiperimetri.shared.money import format_italian_decimal
from partners.models import Contact, Organisation

from ..domain.rules import Minimum, minimum_allowance, rules_on
from ..domain.traineeship import usual_end
from ..models import Traineeship

DATE_HINT = gettext_lazy("Day, month and year, for example 1/2/2027.")
PLANNED = (
    "starts_on",
    "ends_on",
    "weekly_hours",
    "days_a_week",
    "monthly_allowance",
    "has_meals",
    "on_income_support",
    "host_tutor",
    "promoter_tutor",
)


class PromoterTutorField(forms.ModelChoiceField):
    def label_from_instance(self, contact):
        return f"{contact.organisation.name}: {contact.full_name}"


class TraineeshipForm(forms.Form):
    """Days, hours, money and tutors of a traineeship; `host` is the organisation, `first` the day proposed."""

    starts_on = ItalianDateField(label=gettext_lazy("First day"), help_text=DATE_HINT)
    ends_on = ItalianDateField(
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("Left empty: three calendar months from the first day."),
    )
    weekly_hours = forms.IntegerField(label=gettext_lazy("Hours a week"), min_value=1, max_value=40)
    days_a_week = forms.IntegerField(label=gettext_lazy("Days a week"), min_value=1, max_value=6, initial=5)
    monthly_allowance = MoneyField(label=gettext_lazy("Monthly allowance (€)"), max_digits=7)
    has_meals = forms.BooleanField(label=gettext_lazy("There are meals or meal vouchers"), required=False)
    on_income_support = forms.BooleanField(
        label=gettext_lazy("The person receives income support"),
        required=False,
        help_text=gettext_lazy("Unemployment benefit or the like: then no allowance is due."),
    )
    host_tutor = forms.ModelChoiceField(
        Contact.objects.none(), label=gettext_lazy("Tutor at the host"), empty_label=gettext_lazy("Choose the tutor")
    )
    promoter_tutor = PromoterTutorField(
        Contact.objects.none(),
        label=gettext_lazy("Promoter and its tutor"),
        empty_label=gettext_lazy("Choose who promotes it"),
        help_text=gettext_lazy("Contacts of the partners that may promote traineeships."),
    )

    def __init__(self, *args, host: Organisation, first: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.host = host
        self.fields["host_tutor"].queryset = host.contacts.tutors()
        self.fields["promoter_tutor"].queryset = (
            Contact.objects.filter(organisation__in=Organisation.objects.accredited().filter(can_promote=True))
            .select_related("organisation")
            .order_by("organisation__name", "last_name", "first_name", "pk")
        )
        self.fields["monthly_allowance"].help_text = minimums_in_words(first)
        self.helper = form_helper(submit=gettext_lazy("Save the traineeship"))
        self.helper.layout = Layout(
            Fieldset(_("When"), "starts_on", "ends_on", "weekly_hours", "days_a_week"),
            Fieldset(_("Allowance"), "monthly_allowance", "has_meals", "on_income_support"),
            Fieldset(_("Who follows it"), "host_tutor", "promoter_tutor"),
        )

    def clean(self):
        values = super().clean()
        first, last = values.get("starts_on"), values.get("ends_on")
        if first and not last and "ends_on" not in self.errors:
            values["ends_on"] = usual_end(first)
        elif first and last and last < first:
            self.add_error("ends_on", _("The last day comes before the first."))
        self.check_allowance(values)
        return values

    def check_allowance(self, values: dict) -> None:
        needed = ("starts_on", "weekly_hours", "days_a_week", "monthly_allowance")
        if any(values.get(name) is None for name in needed):
            return
        minimum = self.minimum(values)
        if minimum and values["monthly_allowance"] < minimum.amount:
            text = _("For these hours it cannot be below %(amount)s € a month (%(source)s).")
            amount = format_italian_decimal(minimum.amount)
            self.add_error("monthly_allowance", text % {"amount": amount, "source": minimum.source})

    def minimum(self, values: dict) -> Minimum | None:
        return minimum_allowance(
            values["starts_on"],
            weekly_hours=values["weekly_hours"],
            days_a_week=values["days_a_week"],
            has_meals=values["has_meals"],
            is_public_host=self.host.is_public_body,
            on_income_support=values["on_income_support"],
        )

    def values(self) -> dict:
        """What `prepare` and `change` take."""
        return self.cleaned_data | {"promoter": self.cleaned_data["promoter_tutor"].organisation}


def stored_values(traineeship: Traineeship) -> dict:
    return {name: getattr(traineeship, name) for name in PLANNED}


def minimums_in_words(first: date) -> str:
    rules = rules_on(first)
    amounts = {name: format_italian_decimal(rules[f"allowance_min_{name}"]) for name in MINIMUMS}
    text = _(
        "Before tax, by law at least %(full)s € a month; %(meals)s with meals, %(short_day)s up to %(hours)s hours a day, "
        "%(public_host)s in a public body. %(source)s."
    )
    return text % {**amounts, "hours": rules["hours_day_short"], "source": rules.rule("allowance_min_full").source}


MINIMUMS = ("full", "meals", "short_day", "public_host")
