from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.accounts.enums import STAFF_ROLES
from oltreiperimetri.accounts.models import User
from oltreiperimetri.shared.forms import ItalianDateField, form_helper

from ..enums import TeamRole


class TeamForm(forms.Form):
    """A colleague from the list or a partner by name, and what they do."""

    user = forms.ModelChoiceField(
        label=_("Colleague"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody of the office"),
        help_text=_("From this day the colleague opens the file of this person, whatever the town."),
    )
    partner_name = forms.CharField(
        label=_("or partner"),
        required=False,
        max_length=120,
        help_text=_("Name and organisation, for example: Dott.ssa Verdi, consultorio di Rho. Partners see nothing here."),
    )
    role = forms.ChoiceField(label=_("Role"), choices=[("", _("Choose")), *TeamRole.choices])
    since = ItalianDateField(label=_("Since when?"))

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = User.objects.active().with_role(*STAFF_ROLES)
        self.fields["since"].initial = today
        self.fields["since"].latest = today
        self.helper = form_helper(submit=_("Add"))
