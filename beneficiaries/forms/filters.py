"""Filters of the lists: in the URL, with choices, shown as chips that one click takes away."""

from dataclasses import dataclass
from datetime import date, timedelta

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.accounts.enums import STAFF_ROLES
from oltreiperimetri.accounts.models import User
from oltreiperimetri.shared.dates import at_rome
from oltreiperimetri.shared.models import Municipality
from oltreiperimetri.shared.pages import Key, ordered

from ..domain import queries
from ..domain.search import matching
from ..domain.untouched import unassigned, untouched
from ..domain.window import SOON_DAYS, too_young
from ..models import Application, Person, Screening
from ..models.reach import owned_by

State = Application.State
OUTSIDE = "altrove"


@dataclass(frozen=True)
class Chip:
    label: str
    value: str
    without: str


class FilterForm(forms.Form):
    """A GET form; what is not a choice filters nothing out and says so (`apply` then returns nobody)."""

    def __init__(self, data, **kwargs):
        self.query = data
        super().__init__(data, **kwargs)
        for field in self.fields.values():
            field.required = False
            css = "form-select" if isinstance(field.widget, forms.Select) else "form-control"
            field.widget.attrs.setdefault("class", css)

    def chosen(self, name: str):
        return self.cleaned_data.get(name) if self.is_valid() else None

    def chips(self) -> list[Chip]:
        chips = []
        for name, field in self.fields.items():
            value = self.chosen(name)
            if value and name != "ordina":
                shown = dict(field.choices).get(value, value) if hasattr(field, "choices") else value
                rest = self.query.copy()
                rest.pop(name, None)
                for place in ("page", "dopo", "prima"):
                    rest.pop(place, None)
                chips.append(Chip(str(field.label), str(shown), "?" + (rest.urlencode() or "vista=tutte")))
        return chips


def town_choices(user) -> list[tuple[str, str]]:
    towns = Municipality.objects.in_programme()
    if not user.sees_all_towns:
        towns = towns.filter(pk__in=user.municipality_codes)
    names = list(towns.values_list("istat_code", "name"))
    return [("", _("All towns")), *names, (OUTSIDE, _("Outside the nine towns"))]


def colleagues() -> list[tuple[str, str]]:
    return [(str(user.pk), str(user)) for user in User.objects.active().with_role(*STAFF_ROLES)]


def in_town(queryset: QuerySet, code: str, *, prefix: str = "") -> QuerySet:
    if code == OUTSIDE:
        return queryset.exclude(**{f"{prefix}municipality__in_programme": True})
    return queryset.filter(**{f"{prefix}municipality": code})


class ApplicationFilters(FilterForm):
    stato = forms.ChoiceField(label=_("State"), choices=[("", _("Under way")), ("tutte", _("All")), *State.choices])
    esito = forms.ChoiceField(label=_("Screening"), choices=[("", _("Any")), *Screening.Outcome.choices])
    comune = forms.ChoiceField(label=_("Town"))
    assegnata = forms.ChoiceField(label=_("Followed by"))
    scadenza = forms.ChoiceField(
        label=_("Deadlines"),
        choices=[
            ("", _("Any")),
            ("passata", _("The next step is late")),
            ("finestra", _("24 months end within 60 days")),
            ("finita", _("24 months are over")),
            ("quaranta", _("Turn 40 within 60 days")),
            ("ferme", _("Nobody has touched them for 4 weeks")),
        ],
    )
    ordina = forms.ChoiceField(
        label=_("Order"),
        choices=[
            ("", _("Waiting longest first")),
            ("finestra", _("24 months ending first")),
            ("quaranta", _("Turning 40 first")),
            ("passo", _("Next step first")),
        ],
    )

    def __init__(self, data, *, user, **kwargs):
        super().__init__(data, **kwargs)
        self.user = user
        self.fields["comune"].choices = town_choices(user)
        self.colleagues = colleagues()
        self.fields["assegnata"].choices = [
            ("", _("Anybody")),
            ("mie", _("Me")),
            ("nessuno", _("Nobody yet")),
            *[choice for choice in self.colleagues if choice[0] != str(user.pk)],
        ]

    def apply(self, applications: QuerySet, *, today: date) -> QuerySet:
        if not self.is_valid():
            return applications.none()
        applications = queries.with_outcome(applications)
        if not self.chosen("stato"):
            applications = applications.filter(state__in=queries.OPEN_STATES)
        elif self.chosen("stato") != "tutte":
            applications = applications.filter(state=self.chosen("stato"))
        if self.chosen("esito"):
            applications = applications.filter(outcome=self.chosen("esito"))
        if self.chosen("comune"):
            applications = in_town(applications, self.chosen("comune"), prefix="person__")
        applications = self.due(self.owned(applications), today=today)
        return ordered(applications, self.keys())

    def due(self, applications: QuerySet, *, today: date) -> QuerySet:
        match self.chosen("scadenza"):
            case "passata":
                return queries.overdue(applications, today=today)
            case "finestra":
                return queries.window_closing(applications, today=today)
            case "finita":
                return queries.window_closed(applications, today=today)
            case "quaranta":
                return too_young(applications, today=today, within_days=SOON_DAYS)
            case "ferme":
                return untouched(applications, now=at_rome(today + timedelta(days=1)))
        return applications

    def owned(self, applications: QuerySet) -> QuerySet:
        match self.chosen("assegnata"):
            case "" | None:
                return applications
            case "mie":
                return applications.filter(owned_by(self.user))
            case "nessuno":
                return unassigned(applications)
            case colleague:
                return applications.filter(owner=colleague)

    def keys(self) -> list[Key]:
        """The order: the field asked for, then who waits longest."""
        first = {
            "finestra": [Key("last_job_ended_on", nullable=True)],
            "quaranta": [Key("person__birth_date", descending=True, nullable=True)],
            "passo": [Key("due_on", nullable=True)],
        }
        return [*first.get(self.chosen("ordina"), []), Key("received_at"), Key("pk")]


class PeopleFilters(FilterForm):
    q = forms.CharField(
        label=_("Search"),
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    comune = forms.ChoiceField(label=_("Town"))
    stato = forms.ChoiceField(label=_("Application"), choices=[("", _("Any")), ("nessuna", _("None")), *State.choices])
    posta = forms.ChoiceField(label=_("E-mail"), choices=[("", _("Any")), ("rifiutata", _("Refuses our messages"))])
    ordina = forms.ChoiceField(label=_("Order"), choices=[("", _("By surname")), ("recenti", _("Newest first"))])

    def __init__(self, data, *, user, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["comune"].choices = town_choices(user)

    def apply(self, people: QuerySet[Person]) -> QuerySet[Person]:
        if not self.is_valid():
            return people.none()
        # Who was erased is a number of the statistics, not somebody to be found.
        people = queries.with_last_state(matching(people.exclude(audit_key=None), self.chosen("q")))
        if self.chosen("comune"):
            people = in_town(people, self.chosen("comune"))
        if self.chosen("stato") == "nessuna":
            people = people.filter(last_state=None)
        elif self.chosen("stato"):
            people = people.filter(last_state=self.chosen("stato"))
        if self.chosen("posta"):
            people = queries.refusing_our_mail(people)
        return ordered(people, self.keys())

    def keys(self) -> list[Key]:
        """By surname and name; by the last to be registered first."""
        if self.chosen("ordina") == "recenti":
            return [Key("created_at", descending=True), Key("pk", descending=True)]
        return [Key("last_name"), Key("first_name"), Key("pk")]
