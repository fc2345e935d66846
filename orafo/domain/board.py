"""The board of a group: its people x the slots on offer, with the reasons in every cell."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet

from partners.models import Slot

from ..models import Cohort, Membership, Proposal, Traineeship
from .matching import Fit, earliest_period, fit
from .queries import PREPARED, person_facts, slot_facts

IN_THE_GROUP = (Membership.State.ENROLLED, Membership.State.COMPLETED)


def members_to_place(cohort: Cohort, *, people: QuerySet) -> QuerySet:
    """Those of `people` who sit in the group, or have completed it, by name."""
    members = cohort.memberships.filter(state__in=IN_THE_GROUP, person__in=people)
    return members.select_related("person__municipality").order_by("person__last_name", "person__first_name", "pk")


@dataclass(frozen=True)
class Cell:
    slot: Slot
    fit: Fit


@dataclass(frozen=True)
class BoardRow:
    membership: Membership
    cells: list[Cell]
    open_proposal: Proposal | None
    traineeship: Traineeship | None

    @property
    def may_propose(self) -> bool:
        return self.open_proposal is None and self.traineeship is None


def board(memberships: Iterable[Membership], slots: Iterable[Slot], *, today: date) -> list[BoardRow]:
    """People x open slots, with the reasons in every cell."""
    memberships, slots = list(memberships), list(slots)
    people = [member.person for member in memberships]
    facts, about_people = slot_facts(slots, today=today), person_facts(people)
    periods = {pk: earliest_period(slot, today=today) for pk, slot in facts.items()}
    proposals = {
        proposal.person_id: proposal
        for proposal in Proposal.objects.open().filter(person__in=people).select_related("slot__organisation")
    }
    placed = {
        traineeship.person_id: traineeship
        for traineeship in Traineeship.objects.filter(person__in=people, state__in=PREPARED).select_related("organisation")
    }
    return [
        BoardRow(
            member,
            [Cell(slot, fit(about_people[member.person_id], facts[slot.pk], period=periods[slot.pk])) for slot in slots],
            proposals.get(member.person_id),
            placed.get(member.person_id),
        )
        for member in memberships
    ]


def to_place_first(rows: list[BoardRow]) -> list[BoardRow]:
    """Those still to be placed, then those with a proposal, then those with a traineeship."""
    return sorted(rows, key=lambda row: (row.traineeship is not None, row.open_proposal is not None))


def best_first(rows: list[BoardRow], slots: list[Slot]) -> list[int]:
    """Places of the slots in the cells' order: those that fit most people still to be placed come first."""
    to_place = [row for row in rows if row.may_propose]
    fitting = [sum(row.cells[place].fit.is_possible for row in to_place) for place in range(len(slots))]
    return sorted(range(len(slots)), key=lambda place: (-fitting[place], slots[place].title, slots[place].pk))


def only_places(rows: list[BoardRow], places: Iterable[int]) -> list[BoardRow]:
    """The rows with the cells of some slots, in their order."""
    places = list(places)
    return [replace(row, cells=[row.cells[place] for place in places]) for row in rows]
