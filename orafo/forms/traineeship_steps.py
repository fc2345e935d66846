from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import ItalianDateField, form_helper
from oltreiperimetri.shared.models import Municipality
from partners.forms.filters import Filters

from ..conditions import Where, those_that_are
from ..enums import EndedBy, EndReason, Outcome, ReadyItem
from ..models import Cohort, Traineeship
from .traineeship import DATE_HINT


class TickForm(forms.Form):
    """One item of the checklist is in order since a day, today at the latest."""

    item = forms.ChoiceField(choices=ReadyItem.choices, widget=forms.HiddenInput)
    done_on = ItalianDateField(label=_("In order since"), help_text="")

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["done_on"].latest = today
        self.fields["done_on"].initial = today


class VoidForm(forms.Form):
    note = forms.CharField(label=_("Why does it not take place?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit=_("It does not take place"))


class EndEarlyForm(forms.Form):
    last_day = ItalianDateField(label=_("Last day that was, or will be, worked"), help_text=DATE_HINT)
    ended_by = forms.ChoiceField(label=_("Who ended it"), choices=EndedBy.choices, widget=forms.RadioSelect)
    reason = forms.ChoiceField(label=_("Why"), choices=[("", _("Choose")), *EndReason.choices])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit=_("Write down the early end"))


class CloseForm(forms.Form):
    outcome = forms.ChoiceField(label=_("How did it end?"), choices=Outcome.choices, widget=forms.RadioSelect)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit=_("Close the traineeship"))


class TraineeshipFilters(Filters):
    PAPERS = "papers"

    stato = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All states")), *Where.choices, (PAPERS, _("Papers missing, begins within 14 days"))],
    )
    comune = forms.ModelChoiceField(
        Municipality.objects.in_programme(), label=_("Town of the site"), required=False, empty_label=_("All towns")
    )
    gruppo = forms.ModelChoiceField(Cohort.objects.none(), label=_("Group"), required=False, empty_label=_("All groups"))

    def __init__(self, *args, cohorts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["gruppo"].queryset = cohorts

    def rows(self, traineeships, *, today):
        chosen = self.chosen
        if chosen.get("stato") == self.PAPERS:
            traineeships = traineeships.filter(pk__in=Traineeship.objects.lacking_papers(today).values("pk"))
        elif "stato" in chosen:
            traineeships = those_that_are(traineeships, chosen["stato"], today=today)
        if "comune" in chosen:
            traineeships = traineeships.filter(site__municipality=chosen["comune"])
        if "gruppo" in chosen:
            traineeships = traineeships.filter(membership__cohort=chosen["gruppo"])
        return traineeships
