from datetime import datetime

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.dates import ROME
from oltreiperimetri.shared.forms import ItalianDateField, form_helper
from oltreiperimetri.shared.models import Municipality
from partners.forms.filters import Filters

from ..models import Evening, Guest
from ..models.evening import MAX_CAPACITY, EveningTheme

TIME_FORMATS = ["%H:%M", "%H.%M", "%H"]


class HourField(forms.TimeField):
    def __init__(self, **kwargs):
        widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
        super().__init__(input_formats=TIME_FORMATS, widget=widget, **kwargs)


class EveningForm(forms.ModelForm):
    """What the office writes of an evening; `values` is what the domain takes."""

    day = ItalianDateField(label=_("Day"))
    start_time = HourField(label=_("Begins at"))
    end_time = HourField(label=_("Ends at"))
    capacity = forms.IntegerField(
        label=_("Seats"),
        min_value=1,
        max_value=MAX_CAPACITY,
        help_text=_("When they are all taken, people go on the waiting list."),
    )

    class Meta:
        model = Evening
        fields = ["title", "theme", "description", "speakers", "place", "address", "municipality", "capacity"]
        widgets = {
            "description": forms.Textarea(attrs={"rows": 6}),
            "speakers": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "title": _("Short and concrete: what people take home."),
            "speakers": _("Name and what he or she does, one a line."),
            "place": _("For example: Library, meeting room on the first floor."),
        }

    field_order = [
        "title", "theme", "description", "speakers", "day", "start_time", "end_time",
        "place", "address", "municipality", "capacity",
    ]  # fmt: skip

    def __init__(self, *args, instance=None, initial=None, **kwargs):
        initial = {**when(instance), **(initial or {})} if instance else initial
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        self.fields["municipality"].queryset = Municipality.objects.in_programme()
        self.helper = form_helper(submit=_("Save"))

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("start_time"), cleaned.get("end_time")
        if start and end and end <= start:
            self.add_error("end_time", _("The evening ends before it begins: check the two times."))
        return cleaned

    @property
    def values(self) -> dict:
        cleaned = dict(self.cleaned_data)
        day, start, end = (cleaned.pop(name) for name in ("day", "start_time", "end_time"))
        return cleaned | {
            "starts_at": datetime.combine(day, start, tzinfo=ROME),
            "ends_at": datetime.combine(day, end, tzinfo=ROME),
        }


def when(evening: Evening) -> dict:
    start, end = timezone.localtime(evening.starts_at), timezone.localtime(evening.ends_at)
    return {"day": start.date(), "start_time": start.time(), "end_time": end.time()}


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever has signed up reads it, and so does everybody on the page of the evening."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit="", tag=False)


class WhoCameForm(forms.Form):
    """One box for each person with a seat."""

    came = forms.MultipleChoiceField(label=_("Tick who came"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, guests: QuerySet[Guest], **kwargs):
        guests = list(guests)
        kwargs.setdefault("initial", {"came": [guest.pk for guest in guests if guest.came]})
        super().__init__(*args, **kwargs)
        self.fields["came"].choices = [(guest.pk, guest.name) for guest in guests]
        self.helper = form_helper(submit=_("Save who came"))

    def clean_came(self) -> list[int]:
        return [int(pk) for pk in self.cleaned_data["came"]]


def programme_towns() -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        Municipality.objects.in_programme(), label=_("Municipality"), required=False, empty_label=_("All towns")
    )


def themes() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Theme"), required=False, choices=[("", _("All themes")), *EveningTheme.choices])


class AgendaFilters(Filters):
    """The public's: where, and about what."""

    comune = programme_towns()
    tema = themes()

    def rows(self, evenings):
        chosen = self.chosen
        if "comune" in chosen:
            evenings = evenings.filter(municipality=chosen["comune"])
        if "tema" in chosen:
            evenings = evenings.filter(theme=chosen["tema"])
        return evenings


class EveningFilters(AgendaFilters):
    CONDITIONS = [
        ("", _("All states")),
        ("next", _("Published, to come")),
        ("to_close", _("Over: say who came")),
        *[choice for choice in Evening.State.choices if choice[0] != Evening.State.PUBLISHED],
    ]

    q = forms.CharField(label=_("Title or place"), required=False)
    stato = forms.ChoiceField(label=_("State"), required=False, choices=CONDITIONS)

    field_order = ["q", "stato", "comune", "tema"]

    def rows(self, evenings, *, now: datetime):
        chosen = self.chosen
        if "q" in chosen:
            evenings = evenings.matching(chosen["q"])
        condition = chosen.get("stato")
        if condition == "next":
            evenings = evenings.upcoming(now)
        elif condition == "to_close":
            evenings = evenings.to_close(now)
        elif condition:
            evenings = evenings.filter(state=condition)
        return super().rows(evenings)
