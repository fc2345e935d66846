from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import ItalianDateField, form_helper

from ..models import LAST_MONTH


class MoveForm(forms.Form):
    due_on = ItalianDateField(label=_("New day"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit=_("Move it"))


class AddForm(forms.Form):
    months = forms.IntegerField(
        label=_("How many months after the day it is counted from"),
        min_value=1,
        max_value=LAST_MONTH,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit=_("Add a checkpoint"))


class PlanReasonForm(forms.Form):
    note = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, submit, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit=submit)
