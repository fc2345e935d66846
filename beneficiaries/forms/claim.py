from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import ItalianDateField, form_helper


class ClaimCodeForm(forms.Form):
    code = forms.CharField(
        label=_("Your code"),
        max_length=30,
        help_text=_("It is on the sheet we gave you, for example KTRM-4H7Q-PWXY. Capital or small letters are the same."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Write the code that is on the sheet.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper()


class ClaimForm(forms.Form):
    """With the date of birth when the office knows it: a sheet found by somebody else opens nothing."""

    birth_date = ItalianDateField(label=_("Your date of birth"))

    def __init__(self, *args, asks_birth_date: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks_birth_date:
            del self.fields["birth_date"]
        self.helper = form_helper(submit=_("Open my page"))
