"""One small form per step of a place in a group."""

from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import form_helper

from ..enums import LeavingReason


class StepForm(forms.Form):
    """A step that only asks whether to go on."""

    def __init__(self, *args, submit, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit=submit)

    def facts(self) -> dict:
        """The keyword arguments of the verb."""
        return dict(self.cleaned_data)


class LeavingForm(StepForm):
    reason = forms.ChoiceField(label=_("Reason"), choices=[("", _("Choose")), *LeavingReason.choices])
    note = forms.CharField(
        label=_("Note for the team"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stays in the history. The person does not read it."),
    )


class TransferForm(LeavingForm):
    to = forms.ModelChoiceField(None, label=_("To which group"), empty_label=_("Choose the group"))

    def __init__(self, *args, cohorts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = cohorts
        self.order_fields(["to", "reason", "note"])


class AddForm(forms.Form):
    """Who, and whether on a seat or on the waiting list."""

    person = forms.ModelChoiceField(None)
    act = forms.ChoiceField(choices=[("enrol", _("Give a seat")), ("wait", _("Put on the waiting list"))])

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people
