from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oltreiperimetri.accounts.models import User
from oltreiperimetri.shared.forms import ItalianDateField

from ..domain.colleagues import colleagues
from ..domain.hand_over import TownFiles


class AbsenceForm(forms.Form):
    """Until when somebody is away, and who covers them; no day: here again."""

    absent_until = ItalianDateField(label=gettext_lazy("Away until (the last day away)"), required=False)
    covered_by = forms.ModelChoiceField(
        label=gettext_lazy("Meanwhile, who sees and gets this work"),
        queryset=User.objects.none(),
        required=False,
        empty_label=gettext_lazy("Nobody by name: the colleagues of the town"),
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["covered_by"].queryset = colleagues().exclude(pk=user.pk)


class ExportRightForm(forms.Form):
    may_export = forms.BooleanField(label=gettext_lazy("May take lists away as files (Excel, CSV)"), required=False)


class HandOverForm(forms.Form):
    """One colleague for each town; a town without one stays as it is."""

    note = forms.CharField(
        label=gettext_lazy("What the colleague must know"),
        help_text=gettext_lazy("It is written in the notes of every file, for the team."),
        widget=forms.Textarea(attrs={"rows": 4, "class": "form-control"}),
    )

    def __init__(self, *args, user, towns: Iterable[TownFiles], **kwargs):
        super().__init__(*args, **kwargs)
        self.names = {f"town_{town.code or 'outside'}": town.code for town in towns}
        takers = colleagues().exclude(pk=user.pk)
        for town in towns:
            self.fields[f"town_{town.code or 'outside'}"] = forms.ModelChoiceField(
                label=_("%(town)s: %(count)s applications, give them to") % {"town": town.name, "count": town.applications},
                queryset=takers,
                required=False,
                empty_label=_("They stay"),
                widget=forms.Select(attrs={"class": "form-select"}),
            )
        self.order_fields([*self.names, "note"])

    def clean(self):
        cleaned = super().clean()
        if not any(cleaned.get(name) for name in self.names):
            raise forms.ValidationError(_("Choose a colleague for at least one town."), code="nobody")
        return cleaned

    def takers(self) -> dict[str, User]:
        return {code: self.cleaned_data[name] for name, code in self.names.items() if self.cleaned_data.get(name)}
