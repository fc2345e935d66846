"""How the network's values look on a page."""

from dataclasses import dataclass
from datetime import date

import phonenumbers
from django import template
from django.utils.translation import gettext as _

from ..models import Organisation, Slot

register = template.Library()


@dataclass(frozen=True)
class Condition:
    """What a chip says, and its tone."""

    label: str
    tone: str


@register.filter
def condition(slot: Slot, today: date) -> Condition:
    """A slot's state as the clock sees it."""
    if slot.has_ended_on(today) and slot.state == Slot.State.OFFERED:
        return Condition(_("Period over"), "quiet")
    if slot.is_expired_on(today):
        return Condition(_("To be confirmed"), "wait")
    tone = {Slot.State.OFFERED: "ok", Slot.State.DRAFT: "info"}.get(slot.state, "quiet")
    return Condition(slot.get_state_display(), tone)


@register.filter
def towns(organisation: Organisation) -> str:
    return ", ".join(sorted({site.municipality.name for site in organisation.sites.all()}))


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
    formats = phonenumbers.PhoneNumberFormat
    style = formats.NATIONAL if parsed.country_code == 39 else formats.INTERNATIONAL
    return phonenumbers.format_number(parsed, style)


@register.filter
def iban(number: str) -> str:
    """Groups of four, as on the bank's paper."""
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))
