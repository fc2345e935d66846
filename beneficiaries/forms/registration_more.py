"""The questions that may be skipped all together: family, what somebody can do and would like, hours, Italian."""

import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..enums import Language
from ..models import WorkProfile
from .fields import SaidField
from .steps import SaidChoiceField, StepForm

OLDEST_CHILD, MOST_DEPENDANTS, MOST_CHILDREN = 100, 9, 15
LONGEST_TEXT = 1500


class BirthYearsField(forms.CharField):
    """Years of birth as people write them: `2012, 2015 e 2018`; cleaned to a tuple, the oldest first."""

    def __init__(self, **kwargs):
        super().__init__(max_length=100, **kwargs)
        self.latest = date.max.year
        self.widget.attrs |= {"inputmode": "text", "autocomplete": "off"}

    def clean(self, value):
        text = super().clean(value)
        years = [int(found) for found in re.findall(r"\d+", text)]
        if text and not years:
            raise ValidationError(_("Write the years of birth, for example 2012 and 2015."), code="years")
        for year in years:
            if not self.latest - OLDEST_CHILD <= year <= self.latest:
                raise ValidationError(
                    _("Write each year with four digits, for example 2012: %(year)s cannot be."),
                    params={"year": year},
                    code="year",
                )
        if len(years) > MOST_CHILDREN:
            raise ValidationError(_("They are too many for this page: tell us when we meet."), code="many")
        return tuple(sorted(years))


class MoreForm(StepForm):
    """Whether to go on with the questions that may be left for later: going on is yes, skipping is no."""

    submit = _("Yes, I go on")
    more = forms.CharField(required=False, widget=forms.HiddenInput, initial="yes")

    def typed(self):
        return {"more": "yes"}

    def half_typed(self):
        return {}

    def skipped(self):
        return {"more": "no"}


class FamilyForm(StepForm):
    lives_with = SaidField(
        label=_("Do you live with other people?"),
        not_said=_("I prefer not to say"),
        help_text=_("We ask because a family with children or with one income alone may get other help too."),
    )


class PartnerForm(StepForm):
    partner = SaidChoiceField(
        label=_("Is there a husband, a wife or a partner at home?"),
        choices=[
            ("none", _("No")),
            ("working", _("Yes, and works")),
            ("not_working", _("Yes, and does not work")),
        ],
        help_text=_("We ask to know whether at home there is another income."),
    )


class ChildrenForm(StepForm):
    children = BirthYearsField(
        label=_("Your children under 18: in which years were they born?"),
        required=False,
        help_text=_("Only the years, for example 2012 and 2015. No names. If you have none, leave it empty."),
    )
    dependants = forms.TypedChoiceField(
        label=_("How many other people live on what you earn?"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Not said")), *((number, str(number)) for number in range(MOST_DEPENDANTS + 1))],
        help_text=_("Grown-up children without work, parents, others. Not your partner."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["children"].latest = self.today.year


def long_text(label, help_text) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, required=False, max_length=LONGEST_TEXT, widget=widget, help_text=help_text)


class SkillsForm(StepForm):
    skills = long_text(
        _("What can you do?"),
        _("Jobs you have done, tools you can use, things you do well also at home. A few words are enough."),
    )
    wishes = long_text(_("What work would you like?"), _("Also something new."))


class HoursForm(StepForm):
    hours = forms.ChoiceField(
        label=_("How much would you like to work?"),
        choices=[("", _("I do not know yet")), *WorkProfile.Hours.choices],
        required=False,
    )
    schedule_limits = long_text(
        _("Are there hours or days on which you cannot?"),
        _("For example: I take the children to school at 8. We ask so as not to propose what you could not accept."),
    )


class TravelForm(StepForm):
    has_licence = SaidField(
        label=_("Do you have a driving licence?"),
        not_said=_("I prefer not to say"),
        help_text=_("We ask so as not to propose a traineeship that you could not reach."),
    )
    has_car = SaidField(label=_("Can you use a car?"), not_said=_("I prefer not to say"))


class ItalianForm(StepForm):
    italian = SaidChoiceField(
        label=_("How is your Italian?"),
        choices=WorkProfile.Italian.choices,
        help_text=_("Whatever you answer, you can take part: it helps us to find the right place, or a course."),
    )
    preferred_language = forms.ChoiceField(
        label=_("In which language do you prefer to speak with us?"),
        choices=[("", _("It does not matter")), *Language.choices],
        required=False,
    )
