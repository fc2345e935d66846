"""What a slot offers to a person before anything is agreed: the first possible days and the least allowance."""

from dataclasses import dataclass
from datetime import date

from partners.models import Slot

from .matching import earliest_period
from .queries import slot_facts
from .rules import Minimum, minimum_allowance, rules_on

DAYS_A_WEEK = 5


@dataclass(frozen=True)
class Offer:
    """Three months from `first` to `last`; `minimum` for the slot's hours, were it over five days a week."""

    first: date
    last: date
    minimum: Minimum


def offer_of(slot: Slot, *, today: date) -> Offer:
    first, last = earliest_period(slot_facts([slot], today=today)[slot.pk], today=today)
    minimum = minimum_allowance(
        first,
        weekly_hours=slot.weekly_hours or rules_on(first)["hours_week_max"],
        days_a_week=DAYS_A_WEEK,
        has_meals=False,
        is_public_host=slot.organisation.is_public_body,
        on_income_support=False,
    )
    return Offer(first, last, minimum)
