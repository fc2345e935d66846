from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import SavedView


class SaveViewForm(forms.Form):
    """A name for the filters of a list; `query` is the address they have now."""

    list = forms.ChoiceField(choices=SavedView.List.choices, widget=forms.HiddenInput)
    query = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Name of the view"), max_length=60, widget=forms.TextInput(attrs={"class": "form-control"})
    )
    is_default = forms.BooleanField(label=_("Open the list with it"), required=False)
    is_shared = forms.BooleanField(label=_("Colleagues see it too"), required=False)
