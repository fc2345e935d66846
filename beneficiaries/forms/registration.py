"""The questions of registration. Each step asks one thing; the assisted form (assisted.py) is all of them on one page."""

from dataclasses import fields

from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import ItalianDateField

from ..domain.answers import Answers
from ..enums import LossReason
from ..models import Application, Person
from ..validators import tax_code_doubts
from .fields import OTHER_TOWN, PhoneField, SaidField, TaxCodeField, TownField
from .registration_more import ChildrenForm, FamilyForm, HoursForm, ItalianForm, PartnerForm, SkillsForm, TravelForm
from .registration_work import DidForm, LastJobForm, LossForm, WorkForm, jobs_told
from .steps import SaidChoiceField, StepForm


class NameForm(StepForm):
    first_name = forms.CharField(
        label=_("First name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label=_("Last name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )


class BirthForm(StepForm):
    birth_date = ItalianDateField(
        label=_("Date of birth"),
        required=False,
        help_text=_("Day, month and year, for example 27/3/1972. We ask because the programme is for people over 40."),
    )
    sex = SaidChoiceField(
        label=_("Sex"),
        choices=Person.Sex.choices,
        help_text=_("Only for the totals we give to those who pay for the programme."),
    )


class TaxCodeForm(StepForm):
    """A code that differs from birth date or sex is pointed out once; sent again as it is, it is accepted."""

    tax_code = TaxCodeField(
        required=False,
        help_text=_(
            "16 letters and digits, on the health card. If you do not have it at hand, go on: you can tell us later."
        ),
    )
    looked_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def doubts(self) -> list[str]:
        """What the code says otherwise than the answers given: "birth_date", "sex"."""
        about = getattr(self, "cleaned_data", {})
        birth = BirthForm(self.told, today=self.today)
        birth.is_valid()
        birth_date = about.get("birth_date") or birth.cleaned_data.get("birth_date")
        sex = about.get("sex") or birth.cleaned_data.get("sex", "")
        return tax_code_doubts(about.get("tax_code", ""), birth_date=birth_date, sex=sex)

    def must_be_looked_at(self) -> bool:
        code = self.cleaned_data["tax_code"]
        return bool(self.doubts()) and self.cleaned_data["looked_at"] != code

    def ask_to_look(self) -> None:
        """The next sending of the same code is accepted."""
        self.data = self.data.copy()
        self.data["looked_at"] = self.cleaned_data["tax_code"]


class HomeForm(StepForm):
    town = TownField(
        label=_("In which town do you live?"),
        help_text=_(
            "We ask because the programme is for the nine towns of the Rhodense, and to know which colleague calls you."
        ),
    )
    other_town = forms.CharField(label=_("If it is another town, which one?"), required=False, max_length=100)
    address = forms.CharField(
        label=_("Street and number"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("town") == OTHER_TOWN and not cleaned.get("other_town") and "other_town" not in self.errors:
            self.add_error("other_town", _("Write the name of the town."))
        return cleaned


class ContactForm(StepForm):
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("We send you the receipt, and the code to see where your application stands."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    phone = PhoneField(required=False, help_text=_("A mobile or a landline, yours or of somebody who can call you."))
    contact_by = forms.ChoiceField(
        label=_("How do you prefer to be reached?"),
        choices=[("", _("It does not matter")), *Person.ContactBy.choices],
        required=False,
    )

    def clean_email(self):
        return self.cleaned_data["email"].strip().lower()


class ServicesForm(StepForm):
    known_to_services = SaidField(
        label=_("Are you already in touch with the social services of your town?"),
        help_text=_("We ask only to count how many people we reach for the first time. It changes nothing for you."),
    )


class NoticeForm(StepForm):
    notice_read = forms.BooleanField(
        label=_("I have read the privacy notice"),
        error_messages={"required": _("Read the privacy notice and tick the box: then you can send the application.")},
    )


def with_town(told: dict) -> dict:
    """The answers with `town` told apart into `municipality` and `other_town`."""
    town, elsewhere = told["town"], told["other_town"]
    rest = {name: value for name, value in told.items() if name != "town"}
    is_elsewhere = town == OTHER_TOWN
    return rest | {"municipality": None if is_elsewhere else town, "other_town": elsewhere if is_elsewhere else ""}


def answers_of(cleaned: dict, *, notice_version: str) -> Answers:
    """Cleaned answers of any number of steps as one value."""
    told = with_town(cleaned) | {"notice_version": notice_version, "short_jobs": jobs_told(cleaned)}
    wanted = {field.name for field in fields(Answers)}
    return Answers(**{name: value for name, value in told.items() if name in wanted})


class RegistrationForm(
    ItalianForm, HoursForm, SkillsForm, ChildrenForm, PartnerForm, FamilyForm, TravelForm, ServicesForm,
    DidForm, LossForm, LastJobForm, WorkForm, ContactForm, HomeForm, TaxCodeForm, BirthForm, NameForm,
):  # fmt: skip
    """Every question on one page, but for the jobs after the last one."""

    def answers(self, *, notice_version: str) -> Answers:
        return answers_of(self.cleaned_data, notice_version=notice_version)


class FactsForm(HomeForm):
    """What staff correct on an application; every change is screened again."""

    birth_date = ItalianDateField(label=_("Date of birth"), required=False)
    last_job_ended_on = ItalianDateField(label=_("Last job ended on"), required=False)
    working_now = SaidField(label=_("Is working now"), required=False, not_said=_("Not known"))
    town = TownField(label=_("Lives in"))
    loss_reason = forms.ChoiceField(
        label=_("How the last job ended"), choices=[("", _("Not said")), *LossReason.choices], required=False
    )
    did_on = ItalianDateField(label=_("Day of the DID"), required=False)
    resident_since = ItalianDateField(label=_("Lives there since"), required=False)
    known_to_services = SaidField(label=_("Known to social services"), required=False, not_said=_("Not known"))
    address = None
    field_order = [
        "birth_date",
        "town",
        "other_town",
        "resident_since",
        "working_now",
        "last_job_ended_on",
        "loss_reason",
        "did_on",
    ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, submit=_("Save and screen again"), **kwargs)

    def facts(self) -> dict:
        return with_town(self.cleaned_data)


def facts_shown(application: Application) -> dict:
    """The facts of an application as FactsForm shows them."""
    person = application.person
    return {
        "birth_date": person.birth_date,
        "last_job_ended_on": application.last_job_ended_on,
        "working_now": application.working_now,
        "town": person.municipality_id or (OTHER_TOWN if person.other_town else ""),
        "other_town": person.other_town,
        "loss_reason": application.loss_reason,
        "did_on": application.did_on,
        "resident_since": person.resident_since,
        "known_to_services": application.known_to_services,
    }
