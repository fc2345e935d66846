from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import form_helper

from ..models import CaseFile


class PhaseForm(forms.Form):
    """A passage to another phase: the reason where the table of transitions asks for one, and a note of the team."""

    seen = forms.CharField(widget=forms.HiddenInput)
    reason = forms.ChoiceField(label=_("How did it end?"))
    note = forms.CharField(
        label=_("Internal note"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For the team only. The person does not see it."),
    )

    def __init__(self, *args, case: CaseFile, to: str, transition, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = case.state
        if not transition.needs_reason:
            del self.fields["reason"]
        else:
            self.fields["reason"].choices = [("", _("Choose")), *transition.reasons]
        if to == CaseFile.State.CLOSED:
            self.fields["note"].label = _("In which circumstances")
            self.fields["note"].required = True
        elif transition.needs_reason:
            self.fields["reason"].label = _("Reason")
        self.helper = form_helper(submit=transition.label)
