"""How the network's values look in a list."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import phonenumbers
from django import forms, template
from django.apps import apps
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from ..models import Organisation, Slot

register = template.Library()


@dataclass(frozen=True)
class Condition:
    """What a badge says: never by colour alone."""

    label: str
    css: str


@register.filter
def condition(slot: Slot, today: date) -> Condition:
    """A slot's state as the clock sees it."""
    if slot.has_ended_on(today) and slot.state == Slot.State.OFFERED:
        return Condition(_("Period over"), "bg-secondary")
    if slot.is_expired_on(today):
        return Condition(_("To be confirmed"), "bg-warning text-dark")
    css = {Slot.State.OFFERED: "bg-success", Slot.State.DRAFT: "bg-primary"}.get(slot.state, "bg-secondary")
    return Condition(slot.get_state_display(), css)


@register.filter
def towns(organisation: Organisation) -> str:
    return ", ".join(sorted({site.municipality.name for site in organisation.sites.all()}))


@dataclass(frozen=True)
class Chip:
    """An active filter, and the address without it."""

    label: str
    value: str
    without: str


def query_of(form: forms.Form) -> dict[str, str]:
    return {name: form.data[name] for name in form.fields if form.data.get(name) and name not in form.errors}


@register.filter
def chips(form: forms.Form) -> list[Chip]:
    query = query_of(form)
    return [
        Chip(
            str(form.fields[name].label),
            shown(form, name),
            urlencode({other: text for other, text in query.items() if other != name}),
        )
        for name in query
    ]


def shown(form: forms.Form, name: str) -> str:
    value = form.cleaned_data[name]
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        return str(dict(field.choices)[value])
    return str(value)


@register.filter
def query_with(form: forms.Form, extra: str) -> str:
    """The filters' part of the address, then `extra`."""
    return "&".join(filter(None, [urlencode(query_of(form)), extra]))


@register.filter
def filter_widget(field: forms.BoundField) -> str:
    is_choice = isinstance(field.field, forms.ChoiceField)
    return field.as_widget(attrs={"class": "form-select" if is_choice else "form-control"})


@register.filter
def needs(slot: Slot) -> str:
    """Licence and car in words, or nothing."""
    wanted = [_("driving licence")] if slot.needs_licence else []
    return ", ".join([*wanted, *([_("own car")] if slot.needs_car else [])])


@register.filter
def phone(number: str) -> str:
    """A stored number as Italians write it."""
    try:
        parsed = phonenumbers.parse(number, "IT")
    except phonenumbers.NumberParseException:
        return number
    style = (
        phonenumbers.PhoneNumberFormat.NATIONAL
        if parsed.country_code == 39
        else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(parsed, style)


@register.filter
def iban(number: str) -> str:
    """Groups of four, as on the bank's paper."""
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))


@register.filter
def state_label(change) -> str:
    """What a passage led to, in the words of the model it is about."""
    model = apps.get_model(change.object_type)
    return str(dict(model.State.choices).get(change.to_state, change.to_state))


@register.simple_tag(takes_context=True)
def panel(context, part) -> str:
    """A panel drawn by its own template with its own context."""
    return render_to_string(part.template, part.context, request=context["request"])
