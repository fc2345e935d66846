from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.accounts.enums import STAFF_ROLES
from oltreiperimetri.accounts.models import User
from oltreiperimetri.shared.forms import ItalianDateField, form_helper
from oltreiperimetri.shared.models import Municipality

from ..enums import SEATS
from ..models import Cohort


class CohortForm(forms.ModelForm):
    """A caseworker opens groups in the own towns; who sees all towns, in any of the nine."""

    starts_on = ItalianDateField(label=_("First day"))
    ends_on = ItalianDateField(label=_("Last day"))
    capacity = forms.IntegerField(
        label=_("Seats"), min_value=1, max_value=SEATS, initial=SEATS, help_text=_("A group has at most 12 seats.")
    )

    class Meta:
        model = Cohort
        fields = ["name", "municipality", "place", "starts_on", "ends_on", "capacity", "coordinator"]
        help_texts = {
            "name": _("As people will read it, for example: Rho, spring 2027."),
            "place": _("Where the group usually meets: name and street."),
            "coordinator": _("Who leads it sees everybody in the group, also people of other towns."),
        }

    def __init__(self, *args, viewer, **kwargs):
        super().__init__(*args, **kwargs)
        towns = Municipality.objects.in_programme()
        if not viewer.sees_all_towns:
            towns = towns.filter(pk__in={*viewer.municipality_codes, self.instance.municipality_id} - {None})
        self.fields["municipality"].queryset = towns
        self.fields["municipality"].empty_label = _("Choose the town")
        self.fields["coordinator"].queryset = (
            User.objects.active().with_role(*STAFF_ROLES).order_by("last_name", "first_name", "pk")
        )
        self.fields["coordinator"].empty_label = _("Nobody yet")
        if self.instance.pk is None:
            self.fields["coordinator"].initial = viewer.pk
        self.helper = form_helper(submit=_("Save"))

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day comes before the first."))
        return cleaned


class CohortStepForm(forms.Form):
    """A step of the group; the reason where the table of transitions wants one."""

    note = forms.CharField(
        label=_("Why?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The reason stays in the history of the group."),
    )

    def __init__(self, *args, transition, **kwargs):
        super().__init__(*args, **kwargs)
        if not transition.needs_reason:
            del self.fields["note"]
        self.helper = form_helper(submit=transition.label)
