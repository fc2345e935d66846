"""What groups and traineeships put on the pages composed by the portal."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from beneficiaries.models import Person
from oltreiperimetri.audit.trail import move
from oltreiperimetri.shared.desk import Figure
from orafo import desk
from orafo.models import Attendance, Proposal, Session, Traineeship
from tests.factories.accounts import UserFactory
from tests.factories.orafo import (
    NOW,
    TODAY,
    CohortFactory,
    MembershipFactory,
    ProposalFactory,
    SessionFactory,
    TraineeshipFactory,
    admitted_person,
)
from tests.factories.partners import PERO, RHO, firm_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def caseworker():
    return UserFactory(caseworker=True, towns=[RHO])


def one_of_everything():
    cohort = CohortFactory()
    MembershipFactory(cohort=cohort, waiting=True)
    MembershipFactory(cohort=cohort, offered=True, offer_until=TODAY)
    SessionFactory(cohort=cohort, day=TODAY - timedelta(days=1))
    ProposalFactory(answer_by=TODAY)
    ProposalFactory(agreed=True)
    TraineeshipFactory(starts_on=TODAY + timedelta(days=3))
    TraineeshipFactory(state=Traineeship.State.AGREED, starts_on=TODAY - timedelta(days=200))


def shown(viewer):
    return [card for card in desk.cards(viewer, today=TODAY) if card.is_worth_showing]


def queries_of(ask) -> int:
    with CaptureQueriesContext(connection) as queries:
        ask()
    return len(queries)


def test_the_day_of_the_staff_counts_each_thing_once(caseworker):
    one_of_everything()
    counts = [card.count for card in shown(caseworker)]
    assert counts == [1, 1, 1, 1, 1, 1, None]
    assert all(len(card.items) == 1 for card in shown(caseworker))


def test_each_number_opens_its_list_with_as_many_rows(client, caseworker, settings, time_machine):
    settings.SECOND_FACTOR_REQUIRED = False
    time_machine.move_to(NOW, tick=False)
    one_of_everything()
    client.force_login(caseworker, backend="django.contrib.auth.backends.ModelBackend")
    linked = [card for card in shown(caseworker) if card.url]
    assert len(linked) == 4
    for card in linked:
        assert client.get(card.url).context["page_obj"].paginator.count == card.count, card.url


def test_a_caseworker_of_another_town_sees_none_of_it():
    one_of_everything()
    assert shown(UserFactory(caseworker=True, towns=[PERO])) == []


def test_cards_cost_the_same_for_one_and_for_three(caseworker):
    one_of_everything()
    desk.cards(caseworker, today=TODAY)
    one = queries_of(lambda: desk.cards(caseworker, today=TODAY))
    one_of_everything()
    one_of_everything()
    assert queries_of(lambda: desk.cards(caseworker, today=TODAY)) == one


def test_the_firm_is_asked_only_after_the_person():
    asked = ProposalFactory(at_firm=True)
    ProposalFactory(slot__site=asked.slot.site)
    ProposalFactory(at_firm=True)
    [card] = shown(firm_account(asked.slot.organisation))
    assert [item.url for item in card.items] == [reverse("orafo:firm_proposal", args=[asked.pk])]


def test_the_firm_sees_its_own_trainees_and_the_office_those_it_follows(caseworker):
    here = TraineeshipFactory()
    elsewhere = TraineeshipFactory(slot=here.slot, person=admitted_person(municipality_id=PERO))
    TraineeshipFactory()

    def trainees(viewer):
        [panel] = desk.organisation_panels(here.organisation, viewer, today=TODAY)
        return {(row, row.page) for row in panel.context["trainees"]}

    assert trainees(firm_account(here.organisation)) == {
        (row, reverse("orafo:trainee", args=[row.pk])) for row in (here, elsewhere)
    }
    assert trainees(caseworker) == {(here, here.get_absolute_url())}


# A person's page -------------------------------------------------------------------------------------


@pytest.fixture
def person():
    """In a group with one meeting behind and one ahead, asked about a slot."""
    user = UserFactory(beneficiary=True)
    member = MembershipFactory(person=admitted_person(user=user, email=user.email))
    held = SessionFactory(cohort=member.cohort, day=TODAY - timedelta(days=2), state=Session.State.HELD)
    Attendance.objects.create(session=held, membership=member, mark="present", noted_at=NOW)
    SessionFactory(cohort=member.cohort, day=TODAY + timedelta(days=3))
    ProposalFactory(person=member.person, membership=member)
    return member.person


def fresh(person):
    return Person.objects.get(pk=person.pk)


def test_the_person_answers_first_then_goes_to_the_next_meeting(person):
    steps = sorted(desk.next_steps(fresh(person), person.user, today=TODAY), key=lambda step: -step.urgency)
    proposal = person.proposals.get()
    assert [(step.url, step.ball, step.due_on) for step in steps] == [
        (reverse("orafo:my_proposal", args=[proposal.pk]), "person", proposal.answer_by),
        ("", "person", None),
    ]
    assert [one.at.date() for one in desk.appointments(fresh(person), now=NOW)] == [TODAY + timedelta(days=3)]
    assert [task.state for task in desk.own_tasks(fresh(person))] == ["done", "todo", "later"]


def test_panels_say_how_much_was_attended_and_can_still_be(person, caseworker):
    for viewer in (person.user, caseworker):
        panels = {panel.anchor: panel for panel in desk.person_panels(fresh(person), viewer, today=TODAY)}
        assert list(panels) == ["gruppo", "proposte"]
        [place] = panels["gruppo"].context["places"]
        assert (place.participation.so_far, place.participation.reachable) == (100, 100)
        assert panels["gruppo"].context["for_staff"] == (viewer is caseworker)


def test_nothing_is_told_to_others(person):
    stranger = UserFactory(beneficiary=True)
    parts = [
        desk.person_panels(person, stranger, today=TODAY),
        desk.person_events(person, stranger),
        desk.next_steps(person, stranger, today=TODAY),
    ]
    assert parts == [[], [], []]


def test_the_timeline_tells_passages_and_keeps_notes_for_the_team(person, caseworker):
    proposal = person.proposals.get()
    move(proposal, Proposal.State.PERSON_OK, by=caseworker, now=NOW, note="Detto al telefono")
    [to_staff] = desk.person_events(fresh(person), caseworker)
    [to_person] = desk.person_events(fresh(person), person.user)
    assert (to_staff.body, to_staff.by, to_staff.url) == (
        "Detto al telefono",
        str(caseworker),
        proposal.get_absolute_url(),
    )
    assert (to_person.body, to_person.by, to_person.url) == ("", "", "")


def test_all_parts_of_a_page_read_the_rows_once(person, caseworker):
    def page():
        someone = fresh(person)
        desk.next_steps(someone, caseworker, today=TODAY)
        desk.person_panels(someone, caseworker, today=TODAY)
        desk.person_events(someone, caseworker)
        desk.person_records(someone)

    page()
    once = queries_of(page)
    for _number in range(3):
        member = MembershipFactory(cohort=CohortFactory(), person=person, waiting=True, seat=None)
        SessionFactory(cohort=member.cohort)
        ProposalFactory(person=person, state="declined", declined_by="firm", decline_reason="other")
    TraineeshipFactory(person=person)
    assert queries_of(page) == once


# Figures ---------------------------------------------------------------------------------------------


def test_figures_count_by_town_and_only_the_half_year():
    CohortFactory(confirmed=True, starts_on=date(2026, 9, 1))
    CohortFactory(confirmed=True, starts_on=date(2026, 6, 30))
    CohortFactory(starts_on=date(2026, 9, 1))
    SessionFactory(state=Session.State.HELD, day=date(2026, 12, 31))
    begun = {"state": Traineeship.State.AGREED, "starts_on": date(2026, 7, 1)}
    TraineeshipFactory(person=admitted_person(municipality_id=PERO), **begun)
    TraineeshipFactory(state=Traineeship.State.CLOSED, starts_on=date(2026, 4, 1), ends_on=date(2026, 7, 1), outcome="hired")
    TraineeshipFactory(starts_on=date(2026, 8, 1))
    assert desk.report_rows(date(2026, 7, 1), date(2026, 12, 31)) == [
        Figure(RHO, "work", "groups", 1),
        Figure(RHO, "work", "sessions", 1),
        Figure(PERO, "work", "traineeships", 1),
        Figure(RHO, "work", "hires", 1),
    ]
