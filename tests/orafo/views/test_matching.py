"""The board of a group, and a proposal made from one of its cells."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from oltreiperimetri.reminders.models import Message
from orafo.models import Proposal
from tests.factories.orafo import (
    TODAY,
    CohortFactory,
    MembershipFactory,
    ProposalFactory,
    TraineeshipFactory,
    admitted_person,
)
from tests.factories.partners import LAINATE, PERO, RHO, SlotFactory

pytestmark = pytest.mark.django_db


def cost(client, url) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def board_of(cohort):
    return reverse("orafo:matching", args=[cohort.pk])


def propose_url(member, slot):
    return reverse("orafo:propose", args=[member.cohort_id, member.pk, slot.pk])


@pytest.fixture
def member():
    return MembershipFactory(person=admitted_person(has_licence=None, municipality_id=RHO))


def test_every_cell_says_why_or_why_not(staff, member):
    licence = SlotFactory(needs_licence=True, site__municipality_id=RHO)
    short = SlotFactory(ends_on=TODAY + timedelta(days=20))
    context = staff.get(board_of(member.cohort)).context
    [row] = context["rows"]
    fits = {cell.slot: (cell.fit.against, cell.fit.doubts, cell.fit.in_favour) for cell in row.cells}
    assert fits == {
        licence: ((), ("licence_unknown",), ("same_town",)),
        short: (("period",), (), ("same_town",)),
    }
    assert context["slots"] == [licence, short]


def test_slots_are_filtered_by_town_and_sector_and_cut_in_pages(staff, member):
    kitchen = SlotFactory(sector="catering", site__municipality_id=LAINATE)
    others = [SlotFactory() for _number in range(6)]

    def shown(query):
        return staff.get(board_of(member.cohort) + query).context["slots"]

    assert shown("?settore=catering") == [kitchen]
    assert shown(f"?comune={LAINATE}") == [kitchen]
    assert len(shown("")) == 5
    assert {*shown(""), *shown("?page=2")} == {kitchen, *others}


def test_those_still_to_place_come_first(staff, member):
    placed = MembershipFactory(cohort=member.cohort, person=admitted_person(last_name="Aaa"))
    TraineeshipFactory(person=placed.person, slot=SlotFactory())
    asked = MembershipFactory(cohort=member.cohort, person=admitted_person(last_name="Abb"))
    ProposalFactory(person=asked.person)
    context = staff.get(board_of(member.cohort)).context
    assert [row.membership for row in context["rows"]] == [member, asked, placed]
    assert context["to_place"] == 1


def test_people_of_other_towns_are_not_on_my_board(staff, member):
    MembershipFactory(cohort=member.cohort, person=admitted_person(municipality_id=PERO))
    assert [row.membership for row in staff.get(board_of(member.cohort)).context["rows"]] == [member]


def test_a_cell_leads_to_a_proposal_and_the_person_is_asked(staff, member, caseworker):
    slot = SlotFactory()
    assert staff.get(propose_url(member, slot)).status_code == 200
    assert not Proposal.objects.exists()
    assert staff.post(propose_url(member, slot)).url == board_of(member.cohort)
    proposal = Proposal.objects.get()
    assert (proposal.person, proposal.slot, proposal.state) == (member.person, slot, "shown_to_person")
    assert (proposal.proposed_by, proposal.membership) == (caseworker, member)
    assert Message.objects.get(template="orafo/proposal_person").recipient == member.person.email


def test_a_slot_that_does_not_fit_cannot_be_proposed(staff, member):
    slot = SlotFactory(ends_on=TODAY + timedelta(days=20))
    assert staff.get(propose_url(member, slot)).context["fit"].against == ("period",)
    staff.post(propose_url(member, slot))
    assert not Proposal.objects.exists()


def test_one_proposal_at_a_time(staff, member):
    ProposalFactory(person=member.person)
    staff.post(propose_url(member, SlotFactory()))
    assert Proposal.objects.count() == 1


def test_the_board_costs_the_same_for_one_and_for_three(staff):
    small, large = CohortFactory(), CohortFactory()
    MembershipFactory(cohort=small)
    SlotFactory()
    staff.get(board_of(small))
    one = cost(staff, board_of(small))
    for _number in range(3):
        MembershipFactory(cohort=large)
        SlotFactory()
    assert cost(staff, board_of(large)) == one
