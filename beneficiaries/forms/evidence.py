"""Papers without a copy, and how the office looked at those there are."""

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import ItalianDateField, form_helper

from ..domain.evidence import LATEST_PROMISE_DAYS
from ..enums import CheckedHow, SetAsideReason
from ..models import PersonDocument

TOLD = "told"


class NamedPaperForm(forms.Form):
    """Which paper it is."""

    kind = forms.ChoiceField(label=_("What is it?"))
    description = forms.CharField(
        label=_("In a few words"),
        required=False,
        max_length=120,
        help_text=_("Needed only if you chose “Something else”."),
    )
    submit = _("Save")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("Choose")), *PersonDocument.Kind.choices]
        self.helper = form_helper(submit=self.submit)


def day_of_promise(today: date) -> ItalianDateField:
    return ItalianDateField(
        label=_("By which day?"),
        earliest=today,
        latest=None,
        help_text=_("For example %(day)s. At most %(days)d days from now.")
        % {"day": (today + timedelta(days=14)).strftime("%d/%m/%Y"), "days": LATEST_PROMISE_DAYS},
    )


class LaterForm(NamedPaperForm):
    """The person brings or sends it later, by a day that they choose."""

    submit = _("I bring it by that day")

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["awaited_on"] = day_of_promise(today)


class ValidityForm(forms.Form):
    issued_on = ItalianDateField(
        label=_("Issued on"), required=False, help_text=_("The day written on the paper, for example 27/3/2024.")
    )
    expires_on = ItalianDateField(
        label=_("Valid until"),
        required=False,
        help_text=_("The last day on which it counts. Left empty, the term of the law counts where there is one."),
    )


class PaperForm(NamedPaperForm, ValidityForm):
    """Staff write down a paper without keeping a copy."""

    how = forms.ChoiceField(
        label=_("How do you know of it?"),
        choices=[
            (TOLD, _("The person says to have it")),
            *[(how.value, how.label) for how in (CheckedHow.ORIGINAL, CheckedHow.OFFICE)],
        ],
        widget=forms.RadioSelect,
        initial=CheckedHow.ORIGINAL,
    )
    awaited_on = ItalianDateField(
        label=_("If the person brings it later: by which day?"), required=False, help_text=_("For example 27/3/2027.")
    )
    field_order = ["kind", "description", "how", "awaited_on", "issued_on", "expires_on"]

    def clean_how(self):
        return "" if self.cleaned_data["how"] == TOLD else self.cleaned_data["how"]


class CheckForm(ValidityForm):
    how = forms.ChoiceField(
        label=_("How did you check it?"),
        choices=CheckedHow.choices,
        widget=forms.RadioSelect,
        help_text=_("With the last answer the paper counts as verified, with the others as seen."),
        error_messages={"required": _("Choose how you checked it.")},
    )
    field_order = ["how", "issued_on", "expires_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit=_("Save the check"))


class SetAsideForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why does it not count?"),
        choices=SetAsideReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit=_("Set it aside"))
