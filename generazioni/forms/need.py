from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import form_helper
from partners.forms.filters import Filters

from ..models import Need
from .fields import LimitedTextField


class NeedForm(forms.ModelForm):
    class Meta:
        model = Need
        fields = ["title", "description", "offer"]
        field_classes = {"description": LimitedTextField, "offer": LimitedTextField}
        widgets = {"description": forms.Textarea(attrs={"rows": 7}), "offer": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "title": _("In a few words, for example: home deliveries without a van of our own."),
            "description": _("What does not work today, for whom, and what you would like to find."),
            "offer": _("Hours with you, a place, tools, a first order, a prize: also little is much."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit=_("Save") if self.instance.pk else _("Send it to the office"))


class SendBackForm(forms.Form):
    reason = LimitedTextField(
        label=_("What should the firm change?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class NeedFilters(Filters):
    q = forms.CharField(label=_("Title or organisation"), required=False)
    stato = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All states")), *Need.State.choices])

    def rows(self, needs):
        chosen = self.chosen
        if "q" in chosen:
            needs = needs.matching(chosen["q"])
        if "stato" in chosen:
            needs = needs.filter(state=chosen["stato"])
        return needs
