from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import form_helper

from ..emails import question
from ..enums import ContractKind
from ..models import Witness
from .answer import SEND, YES_NO
from .checkpoint import OFFICE_CHANNELS


class WitnessForm(forms.Form):
    """One minute for the firm or the mentor; the question is the path's own."""

    goes_on = forms.TypedChoiceField(
        choices=YES_NO, coerce=lambda value: value == "yes", widget=forms.RadioSelect, label=_("Does it go on?")
    )
    contract_kind = forms.ChoiceField(
        label=_("If so, with what kind of contract?"), choices=ContractKind.choices, required=False, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Is there anything else you want to tell us?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, witness: Witness, submit=SEND, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["goes_on"].label = question(witness)
        if not witness.side.asks_contract:
            del self.fields["contract_kind"]
        self.helper = form_helper(submit=submit)


class OfficeWitnessForm(WitnessForm):
    channel = forms.ChoiceField(label=_("How did the answer arrive?"), choices=OFFICE_CHANNELS, widget=forms.RadioSelect)
    field_order = ["channel", "goes_on", "contract_kind", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, submit=_("Record what they say"), **kwargs)
        self.fields["note"].label = _("Anything else")


class LeaveOutForm(forms.Form):
    note = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit=_("Do not ask them"))
