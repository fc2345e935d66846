from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import ItalianDateField, form_helper

from ..domain.eligibility import Facts
from .fields import OTHER_TOWN, SaidField, TownField


class CheckForm(forms.Form):
    """Four questions; none has to be answered, and nothing of it is kept."""

    birth_date = ItalianDateField(
        label=_("When were you born?"),
        required=False,
        help_text=_("Day, month and year, for example 27/3/1972. Leave it empty if you prefer not to say."),
    )
    last_job_ended_on = ItalianDateField(
        label=_("When did your last job end?"),
        required=False,
        help_text=_("The last day of work, for example 31/1/2026. If you do not know, leave it empty."),
    )
    working_now = SaidField(label=_("Are you working now?"), required=False, not_said=_("I do not know"))
    town = TownField(label=_("Where do you live?"))

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["birth_date"].latest = self.fields["last_job_ended_on"].latest = today
        self.helper = form_helper(submit=_("See the answer"))

    @property
    def facts(self) -> Facts:
        town = self.cleaned_data["town"]
        return Facts(
            birth_date=self.cleaned_data["birth_date"],
            last_job_ended_on=self.cleaned_data["last_job_ended_on"],
            working_now=self.cleaned_data["working_now"],
            lives_in_programme=None if town is None else town != OTHER_TOWN,
        )
