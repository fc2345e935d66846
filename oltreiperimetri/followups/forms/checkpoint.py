from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import form_helper

from ..enums import AnswerChannel, AttemptChannel
from .answer import AnswerForm

RECORD = _("Record the answer")
OFFICE_CHANNELS = [(value, label) for value, label in AnswerChannel.choices if value != AnswerChannel.LINK]


class OfficeAnswerForm(AnswerForm):
    channel = forms.ChoiceField(label=_("How did the answer arrive?"), choices=OFFICE_CHANNELS, widget=forms.RadioSelect)

    def __init__(self, *args, submit=RECORD, **kwargs):
        super().__init__(*args, by_phone=True, submit=submit, **kwargs)
        self.helper.layout.insert(0, "channel")


class AttemptForm(forms.Form):
    channel = forms.ChoiceField(label=_("How did you try?"), choices=AttemptChannel.choices, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit=_("Record the attempt"))


class ClosingForm(forms.Form):
    """There will be no answer: which of three reasons, and why in a sentence."""

    UNREACHABLE, REFUSED, WAIVED = "unreachable", "refused", "waived"

    outcome = forms.ChoiceField(
        label=_("What happened?"),
        choices=[
            (UNREACHABLE, _("Could not be reached, after three attempts in two ways")),
            (REFUSED, _("Prefers not to answer")),
            (WAIVED, _("We do not ask this time")),
        ],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit=_("Close without an answer"))
