"""Filters of the office's lists. They live in the address; a value that is not one of the choices filters nothing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.models import Municipality

from ..enums import Kind, Sector
from ..models import Organisation, Slot


class Filters(forms.Form):
    @property
    def chosen(self) -> dict:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def active(self, query) -> list[tuple[str, str]]:
        """The filters in use, as (what it says, address without it)."""
        in_use = []
        for name in self.chosen:
            rest = query.copy()
            rest.pop(name, None)
            rest.pop("page", None)
            in_use.append((f"{self.fields[name].label}: {self.shown(name)}", f"?{rest.urlencode()}"))
        return in_use

    def shown(self, name: str) -> str:
        field, value = self.fields[name], self.cleaned_data[name]
        if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
            return str(dict(field.choices)[value])
        return str(value)


def towns() -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        Municipality.objects.all(), label=_("Municipality"), required=False, empty_label=_("All towns")
    )


class OrganisationFilters(Filters):
    q = forms.CharField(label=_("Name or VAT number"), required=False)
    tipo = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All kinds")), *Kind.choices])
    comune = towns()
    stato = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All states")), *Organisation.State.choices])

    def rows(self, organisations):
        chosen = self.chosen
        if "q" in chosen:
            organisations = organisations.matching(chosen["q"])
        if "tipo" in chosen:
            organisations = organisations.filter(kind=chosen["tipo"])
        if "comune" in chosen:
            organisations = organisations.in_town(chosen["comune"])
        if "stato" in chosen:
            organisations = organisations.filter(state=chosen["stato"])
        return organisations


class SlotFilters(Filters):
    CONDITIONS = [
        ("", _("All states")),
        ("open", _("On offer now")),
        ("expired", _("On offer, to be confirmed")),
        *Slot.State.choices,
    ]
    LICENCE = [("", _("All")), ("none", _("No licence, no car")), ("licence", _("Licence is enough"))]

    q = forms.CharField(label=_("Title or organisation"), required=False)
    settore = forms.ChoiceField(label=_("Sector"), required=False, choices=[("", _("All sectors")), *Sector.choices])
    comune = towns()
    stato = forms.ChoiceField(label=_("State"), required=False, choices=CONDITIONS)
    patente = forms.ChoiceField(label=_("Licence and car"), required=False, choices=LICENCE)

    def rows(self, slots, *, today):
        chosen = self.chosen
        if "q" in chosen:
            slots = slots.matching(chosen["q"])
        if "settore" in chosen:
            slots = slots.filter(sector=chosen["settore"])
        if "comune" in chosen:
            slots = slots.filter(site__municipality=chosen["comune"])
        if "patente" in chosen:
            slots = slots.filter(needs_car=False)
        if chosen.get("patente") == "none":
            slots = slots.filter(needs_licence=False)
        return in_condition(slots, chosen.get("stato"), today=today)


def in_condition(slots, condition, *, today):
    """A stored state, or one that the clock makes."""
    if condition == "open":
        return slots.open_on(today)
    if condition == "expired":
        return slots.expired_on(today).exclude(ends_on__lt=today)
    return slots.filter(state=condition) if condition else slots
