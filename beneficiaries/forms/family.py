"""Correcting what was told of family, work and profile: rows to add, change and take away, without a script."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import ItalianDateField, form_helper

from ..domain.intake import OF_MEMBER, OF_PROFILE, OF_SPELL
from ..enums import LossReason
from ..models import EmploymentSpell, HouseholdMember, WorkProfile
from .registration_more import LONGEST_TEXT

BLANK_ROWS, MOST_ROWS = 1, 30
NOT_KNOWN = _("Not known")
EARLIEST_YEAR = 1900


class KnownField(forms.TypedChoiceField):
    """Yes, no or not known (None), as a list: for tables where many such answers stand together."""

    ANSWERS = {"yes": True, "no": False}

    def __init__(self, **kwargs):
        choices = [("", NOT_KNOWN), ("yes", _("Yes")), ("no", _("No"))]
        super().__init__(choices=choices, coerce=self.ANSWERS.get, empty_value=None, required=False, **kwargs)

    def prepare_value(self, value):
        return {True: "yes", False: "no", None: ""}.get(value, value)


class RowForm(forms.Form):
    """One row; `pk` is that of the row already kept. A row left blank is no row."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today


class MemberForm(RowForm):
    relation = forms.ChoiceField(label=_("Who it is"), choices=[("", _("Choose")), *HouseholdMember.Relation.choices])
    birth_year = forms.IntegerField(
        label=_("Year of birth"),
        required=False,
        min_value=EARLIEST_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("Write the year with four digits, for example 2012.")},
    )
    is_dependant = KnownField(label=_("Lives on the person's income?"))
    lives_in = forms.TypedChoiceField(
        label=_("Lives in the same home?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=KnownField.ANSWERS.get,
        initial="yes",
    )
    is_working = KnownField(label=_("Is working?"))

    def clean_birth_year(self):
        year = self.cleaned_data["birth_year"]
        if year and year > self.today.year:
            raise forms.ValidationError(_("This year is in the future."))
        return year


class SpellForm(RowForm):
    kind = forms.ChoiceField(label=_("How"), choices=EmploymentSpell.Kind.choices, initial=EmploymentSpell.Kind.EMPLOYEE)
    employer = forms.CharField(label=_("Firm, or kind of firm"), required=False, max_length=150)
    role = forms.CharField(label=_("What the work was"), required=False, max_length=150)
    started_on = ItalianDateField(label=_("From"), required=False, help_text="")
    ended_on = ItalianDateField(label=_("To, the last day of work"), required=False, help_text=_("Empty while it goes on."))
    ended_how = forms.ChoiceField(
        label=_("How it ended"), required=False, choices=[("", _("Not said")), *LossReason.choices]
    )

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, today=today, **kwargs)
        self.fields["started_on"].latest = today

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("started_on"), cleaned.get("ended_on")
        if first and last and last < first:
            self.add_error("ended_on", _("The work cannot end before it begins."))
        if not (first or last or {"started_on", "ended_on"} & self.errors.keys()):
            self.add_error("started_on", _("Write at least one of the two days: the beginning or the end."))
        return cleaned


class RowFormSet(forms.BaseFormSet):
    """`rows()` are the rows that stay, as the domain wants them."""

    names: tuple[str, ...] = ()

    def rows(self) -> list[dict]:
        told = [form.cleaned_data for form in self.forms if form not in self.deleted_forms]
        return [{name: row.get(name) for name in ("pk", *self.names)} for row in told if row]

    def errors_shown(self) -> list[tuple[str, str]]:
        """(id of the field, "label: error") of every row, for the summary."""
        return [
            (form[name].id_for_label, f"{form[name].label}: {error}")
            for form in self.forms
            for name, errors in form.errors.items()
            for error in errors
        ]


class MembersFormSet(RowFormSet):
    names = OF_MEMBER

    def clean(self):
        partners = [
            form
            for form in self.forms
            if form not in self.deleted_forms
            and form.cleaned_data.get("relation") == HouseholdMember.Relation.PARTNER
            and form.cleaned_data.get("lives_in")
        ]
        for form in partners[1:]:
            form.add_error("relation", _("There is already a partner who lives in the same home."))


class SpellsFormSet(RowFormSet):
    names = OF_SPELL


def rows_of(form, formset):
    return forms.formset_factory(
        form, formset=formset, extra=BLANK_ROWS, can_delete=True, max_num=MOST_ROWS, absolute_max=MOST_ROWS
    )


MemberRows = rows_of(MemberForm, MembersFormSet)
SpellRows = rows_of(SpellForm, SpellsFormSet)


class DidForm(forms.Form):
    """The second clock, beside the stretches of work."""

    did_on = ItalianDateField(
        label=_("Day of the DID"),
        required=False,
        help_text=_("The declaration of availability for work, or the request for NASpI. For example 10/4/2026."),
    )

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["did_on"].latest = today

    def errors_shown(self) -> list[tuple[str, str]]:
        """As those of the rows, beside which it stands."""
        return [(self["did_on"].id_for_label, f"{self['did_on'].label}: {error}") for error in self.errors.get("did_on", [])]


def long_text(label, rows: int) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, max_length=LONGEST_TEXT, widget=widget)


class ProfileForm(forms.Form):
    skills = long_text(_("Skills and jobs done"), rows=4)
    wishes = long_text(_("Work wished for"), rows=3)
    hours = forms.ChoiceField(label=_("Hours"), required=False, choices=[("", _("Not said")), *WorkProfile.Hours.choices])
    schedule_limits = long_text(_("Hours or days that are not possible"), rows=3)
    italian = forms.ChoiceField(
        label=_("Italian"), required=False, choices=[("", _("Not said")), *WorkProfile.Italian.choices]
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit=_("Save"))


def shown(obj, names: tuple[str, ...]) -> dict:
    """A row, or the profile, as its form shows it."""
    return {name: getattr(obj, name) for name in names} | ({"pk": obj.pk} if names != OF_PROFILE else {})
