from django import forms
from django.utils.translation import gettext_lazy as _

from ..domain.batch import MOST
from ..enums import AdviceReason
from .assignment import AssignForm


class ChosenField(forms.TypedMultipleChoiceField):
    """Ids ticked in a list. Which of them exist and are in reach is each row's own result, not an error of the form."""

    def __init__(self, **kwargs):
        super().__init__(
            coerce=int,
            error_messages={"required": _("Tick at least one row.")},
            widget=forms.MultipleHiddenInput,
            **kwargs,
        )

    def valid_value(self, value):
        return str(value).isdecimal() and len(str(value)) < 18

    def validate(self, value):
        super().validate(value)
        if len(value) > MOST:
            raise forms.ValidationError(_("At most %(most)s rows at a time.") % {"most": MOST})


class BatchForm(forms.Form):
    chosen = ChosenField()


class BatchAssignForm(BatchForm, AssignForm):
    pass


class BatchListForm(BatchForm):
    """Waiting list for several: one message to all; the reason only where the screening says something else."""

    message = forms.CharField(
        label=_("What each person reads"), widget=forms.Textarea(attrs={"rows": 5, "class": "form-control"})
    )
    reason = forms.ChoiceField(
        label=_("Where the screening says something else: why"),
        choices=[("", _("I do not go against it")), *AdviceReason.choices],
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    note = forms.CharField(
        label=_("And the explanation, for the team"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
    )
