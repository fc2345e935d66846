from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import form_helper


class NoteForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=120, help_text=_("It appears in the timeline of the team."))
    text = forms.CharField(label=_("Text"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 8}))
    is_private = forms.BooleanField(
        label=_("Only for me"),
        required=False,
        help_text=_("Nobody else reads a private note, whatever their role. Shared notes are read by the team."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit=_("Save the note"))


class MessageForm(forms.Form):
    subject = forms.CharField(label=_("Subject"), max_length=150)
    body = forms.CharField(
        label=_("What the person reads"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Plain words, as you would say them. The name is written for you at the top."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit=_("Send the message"))
