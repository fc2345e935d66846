"""The contact log: one tap on what it was; the rest is remembered or left out."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import ItalianDateField
from oltreiperimetri.shared.models import Municipality

from ..domain.search import matching
from ..models import ContactEntry, Person
from .filters import FilterForm

Kind, Topic = ContactEntry.Kind, ContactEntry.Topic
MOST_NAMESAKES = 8


@dataclass(frozen=True)
class Button:
    """One of the big buttons: the form is sent by the one that says what it was."""

    value: str
    label: str
    note: str = ""


BUTTONS = (
    Button("call", _("Phone call")),
    Button("desk", _("Desk")),
    Button("cafe", _("#Op cafè")),
    Button("consultation-work", _("Work"), _("consultation")),
    Button("consultation-savings", _("Savings"), _("consultation")),
    Button("consultation-housing", _("Home"), _("consultation")),
    Button("consultation-family", _("Family"), _("consultation")),
)


class ContactForm(forms.Form):
    """`what` is the button that sent it. A person is found by the words in `chi`; of several one is chosen."""

    what = forms.ChoiceField(
        choices=[(button.value, button.label) for button in BUTTONS],
        error_messages={"required": _("Press the button that says what it was.")},
    )
    place = forms.ModelChoiceField(label=_("Where"), queryset=Municipality.objects.none(), empty_label=_("Choose the town"))
    day = ItalianDateField(label=_("Day"), help_text="")
    minutes = forms.IntegerField(
        label=_("Minutes"),
        required=False,
        min_value=1,
        max_value=600,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    chi = forms.CharField(
        label=_("Who"),
        required=False,
        max_length=80,
        help_text=_("Name, phone or application number. Leave it empty if you do not ask the name."),
    )
    person = forms.ModelChoiceField(
        label=_("Which of these?"), queryset=Person.objects.none(), required=False, widget=forms.RadioSelect
    )
    municipality = forms.ModelChoiceField(
        label=_("Lives in"), queryset=Municipality.objects.none(), required=False, empty_label=_("Not asked")
    )
    age_band = forms.ChoiceField(
        label=_("Age"), required=False, choices=[("", _("Not asked")), *ContactEntry.AgeBand.choices]
    )

    def __init__(self, *args, reach: QuerySet[Person], today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.reach = reach
        towns = Municipality.objects.in_programme()
        self.fields["place"].queryset = towns
        self.fields["municipality"].queryset = towns
        self.fields["day"].latest = today
        self.fields["person"].queryset = reach
        self.namesakes: list[Person] = []

    def clean(self):
        values = super().clean()
        if values.get("chi") and not values.get("person"):
            self.find(values)
        return values

    def find(self, values: dict) -> None:
        """One person answers to these words, or the form asks which."""
        self.namesakes = list(matching(self.reach, values["chi"])[: MOST_NAMESAKES + 1])
        if len(self.namesakes) == 1:
            values["person"] = self.namesakes[0]
        elif not self.namesakes:
            self.add_error("chi", _("Nobody found: write it otherwise, or leave it empty."))
        else:
            self.add_error("chi", _("There is more than one: choose who it is, then press the button again."))

    def facts(self) -> dict:
        """The keyword arguments of the verb."""
        values = self.cleaned_data
        kind, _dash, topic = values["what"].partition("-")
        names = ("place", "day", "minutes", "person", "municipality", "age_band")
        return {"kind": kind, "topic": topic, **{name: values[name] for name in names}}


class ContactFilters(FilterForm):
    tipo = forms.ChoiceField(label=_("What"), choices=[("", _("Everything")), *Kind.choices])
    tema = forms.ChoiceField(label=_("About"), choices=[("", _("Everything")), *Topic.choices])
    luogo = forms.ChoiceField(label=_("Where"))
    chi = forms.ChoiceField(label=_("Written by"), choices=[("", _("Anybody")), ("io", _("Me"))])
    dal = ItalianDateField(label=_("From"), help_text="")
    al = ItalianDateField(label=_("To"), help_text="")

    def __init__(self, data, *, user, **kwargs):
        super().__init__(data, **kwargs)
        self.user = user
        towns = Municipality.objects.in_programme().values_list("istat_code", "name")
        self.fields["luogo"].choices = [("", _("All towns")), *towns]

    def apply(self, entries: QuerySet) -> QuerySet:
        if not self.is_valid():
            return entries.none()
        asked = {
            "kind": self.chosen("tipo"),
            "topic": self.chosen("tema"),
            "place": self.chosen("luogo"),
            "by": self.user if self.chosen("chi") else None,
            "day__gte": self.chosen("dal"),
            "day__lte": self.chosen("al"),
        }
        return entries.filter(**{name: value for name, value in asked.items() if value}).order_by("-day", "-pk")
