"""Open, end and interrupt a path of the household economy, and write down its sessions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.accounts.enums import STAFF_ROLES
from oltreiperimetri.accounts.models import User
from oltreiperimetri.shared.forms import ItalianDateField, form_helper

from ..enums_money import OUTCOMES, StopReason
from ..models import MoneySession
from ..models.money_path import LONGEST_SESSION


class ActForm(forms.Form):
    submit = _("Save")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit=self.submit)


def educator_field(**kwargs) -> forms.ModelChoiceField:
    """Every colleague may be the educator."""
    return forms.ModelChoiceField(label=_("Educator"), queryset=User.objects.none(), **kwargs)


def colleagues():
    return User.objects.active().with_role(*STAFF_ROLES).order_by("first_name", "last_name", "pk")


class OpenPathForm(ActForm):
    submit = _("Open the path")
    opened_on = ItalianDateField(label=_("Opened on"))
    educator = educator_field(required=False)
    goals = forms.CharField(
        label=_("What we want to reach"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("In the words of the person, who reads it on their page."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["educator"].queryset = colleagues()


class EndPathForm(ActForm):
    submit = _("End the path")
    outcome = forms.ChoiceField(label=_("How it ended"), widget=forms.RadioSelect)
    ended_on = ItalianDateField(label=_("Last day"))

    def __init__(self, *args, kind: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [(one.value, one.label) for one in OUTCOMES[kind]]


class StopPathForm(ActForm):
    submit = _("Interrupt the path")
    reason = forms.ChoiceField(label=_("Why"), choices=StopReason.choices, widget=forms.RadioSelect)
    stopped_on = ItalianDateField(label=_("Last day"))


class MoveEndForm(ActForm):
    submit = _("Move the last day")
    ended_on = ItalianDateField(label=_("Last day"))


class ReopenPathForm(ActForm):
    submit = _("Open it again")


class SessionForm(ActForm):
    submit = _("Save the session")
    day = ItalianDateField(label=_("Day"))
    outcome = forms.ChoiceField(label=_("How it went"), choices=MoneySession.Outcome.choices, widget=forms.RadioSelect)
    minutes = forms.IntegerField(
        label=_("How many minutes"),
        required=False,
        min_value=1,
        max_value=LONGEST_SESSION,
        help_text=_("Only when it took place."),
    )
    educator = educator_field()
    note = forms.CharField(
        label=_("Note only for me"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Encrypted. Nobody else reads it, whatever their role."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["educator"].queryset = colleagues()
