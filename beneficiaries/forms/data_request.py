from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import ItalianDateField

from ..models import DataRequest


def words(label, **kwargs) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 4, "class": "form-control"}), **kwargs)


class CorrectionForm(forms.Form):
    text = words(
        _("What is wrong, and what is right"),
        help_text=_("For example: my surname is written with one “l”. Do not write your tax code here."),
        max_length=1000,
    )


class ErasureForm(forms.Form):
    text = words(_("Do you want to tell us why? You need not."), required=False, max_length=1000)
    sure = forms.BooleanField(label=_("I have understood: what is erased does not come back."))


class RequestAnswerForm(forms.Form):
    to = forms.ChoiceField(
        label=_("Outcome"),
        choices=[(DataRequest.State.GRANTED, _("Done")), (DataRequest.State.REFUSED, _("Not possible"))],
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    answer = words(_("What the person reads"), max_length=2000)

    def __init__(self, *args, kind: str, **kwargs):
        super().__init__(*args, **kwargs)
        if kind == DataRequest.Kind.ERASURE:
            self.fields["to"].choices = self.fields["to"].choices[1:]


class ExtensionForm(forms.Form):
    reason = words(_("Why it takes longer: the person reads it"), max_length=1000)


class RefusalForm(forms.Form):
    reason = words(_("Why it is not erased"), max_length=1000)


class HoldForm(forms.Form):
    until = ItalianDateField(label=_("Keep until"))
    reason = words(_("Why this file must be kept"), max_length=1000)
