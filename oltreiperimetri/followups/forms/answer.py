from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import form_helper

from ..enums import ContractKind, Situation
from ..models import Answer

SEND = _("Send")
YES_NO = [("yes", _("Yes")), ("no", _("No"))]
USEFULNESS = [
    (1, _("1: not at all")),
    (2, "2"),
    (3, "3"),
    (4, "4"),
    (5, _("5: very much")),
]


def initial_from(answer: Answer | None, *, whole: bool = False) -> dict:
    """What the form shows at first: `whole` for a correction; else of an earlier answer what may still hold."""
    if answer is None:
        return {}
    names = Answer.VALUES if whole else ("situation", "contract_kind", "same_firm")
    shown = {name: value for name, value in answer.values.items() if name in names}
    return shown | {"same_firm": {True: "yes", False: "no"}.get(answer.same_firm)}


class AnswerForm(forms.Form):
    """The two-minute form. Every question shows, so that it works without scripts; what does not apply is ignored."""

    situation = forms.ChoiceField(
        label=_("On that day, what was your situation?"), choices=Situation.choices, widget=forms.RadioSelect
    )
    contract_kind = forms.ChoiceField(
        label=_("What kind of contract?"), choices=ContractKind.choices, required=False, widget=forms.RadioSelect
    )
    same_firm = forms.ChoiceField(
        label=_("Is it the firm where you did the traineeship?"), choices=YES_NO, required=False, widget=forms.RadioSelect
    )
    usefulness = forms.TypedChoiceField(
        label=_("How useful was the programme to you?"),
        choices=USEFULNESS,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    wants_call = forms.BooleanField(label=_("I would like somebody to call me"), required=False)
    note = forms.CharField(
        label=_("Is there anything else you want to tell us?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, had_firm: bool = True, by_phone: bool = False, submit=SEND, **kwargs):
        super().__init__(*args, **kwargs)
        if not had_firm:
            del self.fields["same_firm"]
        if by_phone:
            self.speak_of_somebody_else()
        self.helper = form_helper(submit=submit)
        self.helper.layout = Layout(
            "situation",
            Fieldset(
                _("Only if you have an employment contract"),
                *(name for name in ("contract_kind", "same_firm") if name in self.fields),
                css_class="if-employed",
            ),
            "usefulness",
            "wants_call",
            "note",
        )

    def speak_of_somebody_else(self) -> None:
        self.fields["situation"].label = _("On that day, what was the person's situation?")
        self.fields["usefulness"].label = _("How useful was the programme, from 1 to 5?")
        self.fields["wants_call"].label = _("The person wants to be called back")
        self.fields["note"].label = _("Anything else")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("situation") == Situation.EMPLOYED and not cleaned.get("contract_kind"):
            self.add_error("contract_kind", _("Say what kind of contract it is; “I do not know” is an answer too."))
        cleaned["same_firm"] = {"yes": True, "no": False}.get(cleaned.get("same_firm"))
        return cleaned
