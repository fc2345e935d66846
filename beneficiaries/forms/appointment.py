"""Forms of appointments: publish free times, invite, choose a time, filter the agenda."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oltreiperimetri.accounts.enums import STAFF_ROLES
from oltreiperimetri.accounts.models import User
from oltreiperimetri.shared.forms import ItalianDateField, form_helper

from ..enums import MOST_SEATS, MeetingKind
from ..models import FreeTime, MeetingPlace
from .filters import FilterForm

WEEKDAYS = [
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
]
DAY, WEEK = "giorno", "settimana"


class ClockField(forms.TimeField):
    """An hour as people write it: 9:30, 9.30, 9."""

    def __init__(self, **kwargs):
        super().__init__(
            input_formats=["%H:%M", "%H.%M", "%H,%M", "%H"],
            widget=forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off"}),
            error_messages={"invalid": _("Write the time with hours and minutes, for example 10:30.")},
            **kwargs,
        )


def usual_place(user: User) -> int | None:
    """Where this colleague published last."""
    return FreeTime.objects.filter(host=user).order_by("-pk").values_list("place", flat=True).first()


class FreeTimesForm(forms.Form):
    kind = forms.ChoiceField(label=_("What for"), choices=MeetingKind.choices)
    place = forms.ModelChoiceField(
        label=_("Place"), queryset=MeetingPlace.objects.all(), required=False, empty_label=_("Another place, written below")
    )
    new_place = forms.CharField(label=_("Another place: its name"), max_length=80, required=False)
    new_address = forms.CharField(
        label=_("Another place: its address"), max_length=150, required=False, help_text=_("The person reads it.")
    )
    host = forms.ModelChoiceField(label=_("With whom"), queryset=User.objects.none(), empty_label=None)
    day = ItalianDateField(label=_("First day"))
    first = ClockField(label=pgettext_lazy("hour", "From"), help_text=_("For example 9:30."))
    last = ClockField(label=pgettext_lazy("hour", "Until"), help_text=_("For example 12:30."))
    minutes = forms.TypedChoiceField(
        label=_("How long each"), coerce=int, choices=[(n, _("%s minutes") % n) for n in (20, 30, 45, 60, 90)], initial=45
    )
    capacity = forms.IntegerField(
        label=_("People at each time"), min_value=1, max_value=MOST_SEATS, initial=1, widget=forms.NumberInput
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Also on these days of the week"),
        coerce=int,
        choices=WEEKDAYS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Leave it empty for the first day's own weekday only."),
    )
    weeks = forms.IntegerField(
        label=_("For how many weeks"),
        min_value=1,
        max_value=26,
        initial=1,
        help_text=_("1: only this week. Holidays are left out."),
    )

    def __init__(self, *args, user: User, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        colleagues = User.objects.active().with_role(*STAFF_ROLES)
        self.fields["host"].queryset = colleagues
        self.fields["host"].initial = user.pk
        self.fields["day"].initial = today + timedelta(days=1)
        self.fields["place"].initial = usual_place(user)
        self.fields["first"].initial, self.fields["last"].initial = time(9), time(12)
        self.helper = form_helper(submit=_("Publish"))

    def clean_day(self) -> date:
        day = self.cleaned_data["day"]
        if day < self.today:
            raise forms.ValidationError(_("This day has already passed."))
        return day

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("place") and not cleaned.get("new_place") and "place" not in self.errors:
            self.add_error("place", _("Choose a place, or write the name of another one."))
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last <= first:
            self.add_error("last", _("It must be later than the beginning."))
        return cleaned

    def facts(self) -> dict:
        """What `publish` takes; `place` is a MeetingPlace, or (name, address) of a new one."""
        facts = dict(self.cleaned_data)
        new = facts.pop("new_place").strip(), facts.pop("new_address").strip()
        return facts | {"place": facts["place"] or new}


class ChooseForm(forms.Form):
    """One of the times offered; `days` are those times grouped by day, for the template."""

    time = forms.TypedChoiceField(coerce=int, error_messages={"required": _("Choose a day and an hour.")})

    def __init__(self, *args, offered: Iterable[FreeTime], **kwargs):
        super().__init__(*args, **kwargs)
        self.offered = {one.pk: one for one in offered}
        self.fields["time"].choices = [(pk, str(one)) for pk, one in self.offered.items()]
        self.fields["time"].error_messages["invalid_choice"] = _("This time is no longer free. Choose another one.")

    @property
    def chosen(self) -> FreeTime:
        return self.offered[self.cleaned_data["time"]]

    @property
    def days(self) -> list[tuple[date, list[FreeTime]]]:
        by_day = groupby(self.offered.values(), key=lambda one: timezone.localdate(one.starts_at))
        return [(day, list(times)) for day, times in by_day]


class CancelForm(forms.Form):
    message = forms.CharField(
        label=_("What the person reads"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example why, and what happens now. It leaves with the cancellation."),
    )


class InviteForm(forms.Form):
    kind = forms.ChoiceField(label=_("What for"), choices=MeetingKind.choices, widget=forms.RadioSelect)


class AgendaFilters(FilterForm):
    dal = forms.DateField(label=_("From"), input_formats=["%Y-%m-%d"], widget=forms.DateInput(attrs={"type": "date"}))
    vista = forms.ChoiceField(label=_("Show"), choices=[("", _("One week")), (DAY, _("One day"))])
    chi = forms.ChoiceField(label=_("With whom"))
    luogo = forms.ChoiceField(label=_("Place"))
    tipo = forms.ChoiceField(label=_("What for"), choices=[("", _("Anything")), *MeetingKind.choices])

    def __init__(self, data, *, user: User, now: datetime, **kwargs):
        super().__init__(data, **kwargs)
        self.user, self.today = user, timezone.localdate(now)
        others = User.objects.active().with_role(*STAFF_ROLES).exclude(pk=user.pk)
        self.fields["chi"].choices = [
            ("", _("Me")),
            ("tutti", _("Everybody")),
            *[(str(one.pk), str(one)) for one in others],
        ]
        places = MeetingPlace.objects.values_list("pk", "name")
        self.fields["luogo"].choices = [("", _("Anywhere")), *[(str(pk), name) for pk, name in places]]

    @property
    def days(self) -> int:
        return 1 if self.chosen("vista") == DAY else 7

    @property
    def first(self) -> date:
        """The day asked for, or today."""
        return self.chosen("dal") or self.today

    @property
    def host(self):
        match self.chosen("chi"):
            case "tutti":
                return None
            case "" | None:
                return self.user.pk
            case colleague:
                return int(colleague)

    def shifted(self, days: int) -> str:
        """The same page some days earlier or later."""
        query = self.query.copy()
        query["dal"] = (self.first + timedelta(days=days)).isoformat()
        return f"?{query.urlencode()}"
