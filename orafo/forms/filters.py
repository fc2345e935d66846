"""Filters of the lists of groups. They live in the address."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.models import Municipality
from partners.forms.filters import Filters

from ..models import Cohort


class CohortFilters(Filters):
    q = forms.CharField(label=_("Name or place"), required=False)
    stato = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All states")), *Cohort.State.choices])
    comune = forms.ModelChoiceField(
        Municipality.objects.in_programme(), label=_("Municipality"), required=False, empty_label=_("All towns")
    )

    def rows(self, cohorts):
        chosen = self.chosen
        if "q" in chosen:
            cohorts = cohorts.filter(Q(name__icontains=chosen["q"]) | Q(place__icontains=chosen["q"]))
        if "stato" in chosen:
            cohorts = cohorts.filter(state=chosen["stato"])
        if "comune" in chosen:
            cohorts = cohorts.filter(municipality=chosen["comune"])
        return cohorts
