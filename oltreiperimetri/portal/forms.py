from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import form_helper


class AccessibilityReportForm(forms.Form):
    description = forms.CharField(
        label=_("What does not work?"),
        help_text=_("Say on which page, and with what (phone, computer, screen reader)."),
        widget=forms.Textarea,
        max_length=2000,
    )
    email = forms.EmailField(label=_("Your e-mail, if you want an answer"), required=False)

    helper = form_helper(submit=_("Send the report"))
