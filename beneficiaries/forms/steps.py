"""What every step of registration has in common."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import ItalianDateField, form_helper

NOT_SAID = "not_said"
LONGEST_KEPT = 2000
PREFER_NOT = _("I prefer not to say")
SAVE = _("Save and continue")


class StepForm(forms.Form):
    """`today` bounds the dates. `told` are the answers of the other steps, as typed."""

    submit = SAVE

    def __init__(self, *args, today: date, told=None, submit="", **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.told = today, told or {}
        for field in self.fields.values():
            if isinstance(field, ItalianDateField):
                field.latest = today
        self.helper = form_helper(submit=submit or self.submit)

    def typed(self) -> dict[str, str]:
        """What was typed, field by field, to be kept and shown again; of endless text only the beginning."""
        return {name: self.data.get(name, "")[:LONGEST_KEPT] for name in self.fields}

    def half_typed(self) -> dict[str, str]:
        """What is on a page that is left without sending it on."""
        return self.typed()

    def skipped(self) -> dict[str, str]:
        """The answers of somebody who skips this step: "not said" where that is an answer, else nothing."""
        return {name: NOT_SAID if self.offers_not_said(field) else "" for name, field in self.fields.items()}

    @staticmethod
    def offers_not_said(field: forms.Field) -> bool:
        return NOT_SAID in dict(getattr(field, "choices", ()))


class SaidChoiceField(forms.ChoiceField):
    """One of some answers, "I prefer not to say" among them: it is cleaned to ""."""

    def __init__(self, *, choices, not_said=PREFER_NOT, **kwargs):
        kwargs.setdefault("widget", forms.RadioSelect)
        kwargs.setdefault("error_messages", {"required": _("Choose an answer: “I prefer not to say” is one too.")})
        super().__init__(choices=[*choices, (NOT_SAID, not_said)], **kwargs)

    def clean(self, value):
        answer = super().clean(value)
        return "" if answer == NOT_SAID else answer
