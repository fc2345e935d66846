from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.accounts.enums import STAFF_ROLES
from oltreiperimetri.accounts.models import User


class AssignForm(forms.Form):
    """Who follows it from now on; empty puts it back in the queue."""

    owner = forms.ModelChoiceField(
        label=_("Followed by"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody yet"),
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = User.objects.active().with_role(*STAFF_ROLES)
