from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import ItalianDateField, form_helper

from ..enums import Mark
from ..models import Cohort, Session

NOT_A_TIME = _("Write the time with hours and minutes, for example 9:30.")


def time_field(label, **kwargs) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        input_formats=["%H:%M", "%H.%M", "%H,%M", "%H"],
        widget=forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off"}),
        error_messages={"invalid": NOT_A_TIME},
        **kwargs,
    )


class SessionForm(forms.ModelForm):
    """A meeting; who plans it decides whether everybody hears of it now, besides the day before."""

    day = ItalianDateField(label=_("Day"))
    start_time = time_field(_("From"), help_text=_("For example 9:30."))
    end_time = time_field(_("To"))
    invite = forms.BooleanField(
        label=_("Write to everybody in the group now"),
        required=False,
        help_text=_("In any case everybody gets a reminder the day before."),
    )

    class Meta:
        model = Session
        fields = ["kind", "day", "start_time", "end_time", "place", "trainer"]

    def __init__(self, *args, cohort: Cohort, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.cohort = cohort
        self.fields["kind"].choices = [("", _("Choose what it is about")), *self.fields["kind"].choices[1:]]
        if self.instance.pk is None:
            self.fields["place"].initial = cohort.place
        else:
            del self.fields["invite"]
        self.helper = form_helper(submit=_("Save"))

    def clean(self):
        cleaned = super().clean()
        begins, ends = cleaned.get("start_time"), cleaned.get("end_time")
        if begins and ends and ends <= begins:
            self.add_error("end_time", _("The meeting ends before it begins."))
        return cleaned

    @property
    def values(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "invite"}


class CancelSessionForm(forms.Form):
    note = forms.CharField(
        label=_("Why?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For the team. The people of the group only read that the meeting will not take place."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit=_("Cancel the meeting"))


class RegisterForm(forms.Form):
    """One row a person, already marked present: only who was not there needs a tap. `marks` is {membership id: mark}."""

    def __init__(self, *args, members, marks=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.members = list(members)
        for member in self.members:
            self.fields[name_of(member.pk)] = forms.ChoiceField(
                label=member.person.full_name,
                choices=Mark.choices,
                initial=(marks or {}).get(member.pk, Mark.PRESENT),
                widget=forms.RadioSelect,
                error_messages={"required": _("Say whether this person came.")},
            )

    @property
    def rows(self) -> list[tuple]:
        return [(member, self[name_of(member.pk)]) for member in self.members]

    @property
    def marks(self) -> dict[int, str]:
        return {member.pk: self.cleaned_data[name_of(member.pk)] for member in self.members}


def name_of(membership_id: int) -> str:
    return f"posto-{membership_id}"
