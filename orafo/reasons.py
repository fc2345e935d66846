"""The sentence of every code that orafo/domain/matching.py gives."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

REASONS = {
    "slot_closed": _("The slot is no longer on offer."),
    "slot_full": _("No place left in this slot."),
    "licence": _("A driving licence is needed."),
    "car": _("A car is needed."),
    "period": _("The slot does not cover three months from the first possible day."),
    "site_full": _("The site already hosts as many trainees as the law allows."),
    "tutor_full": _("The host tutor already follows three trainees."),
    "already_hosted": _("This firm has already hosted the person."),
    "busy": _("The person has a traineeship in these days."),
    "licence_unknown": _("Ask about the driving licence."),
    "car_unknown": _("Ask about the car."),
    "same_town": _("Same town."),
}

# In the board, where a whole sentence is too long.
SHORT_REASONS = {
    "slot_closed": _("no longer on offer"),
    "slot_full": _("no place left"),
    "licence": _("licence needed"),
    "car": _("car needed"),
    "period": _("period too short"),
    "site_full": _("site full"),
    "tutor_full": _("tutor full"),
    "already_hosted": _("already hosted here"),
    "busy": _("in a traineeship"),
    "licence_unknown": _("licence to ask"),
    "car_unknown": _("car to ask"),
    "same_town": _("same town"),
}


def sentences(codes: Iterable[str]) -> list[str]:
    return [str(REASONS[code]) for code in codes]


def short(codes: Iterable[str]) -> list[str]:
    return [str(SHORT_REASONS[code]) for code in codes]
