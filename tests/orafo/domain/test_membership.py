"""Seats: given, offered, accepted, lapsed, given back."""

from datetime import timedelta

import pytest

from oltreiperimetri.accounts.links import LinkRefused, open_link
from oltreiperimetri.reminders.models import Reminder
from oltreiperimetri.shared.errors import DomainError
from orafo import emails
from orafo.domain import membership as verbs
from orafo.models import Membership
from tests.factories.beneficiaries import PersonFactory
from tests.factories.orafo import NOW, TODAY, CohortFactory, MembershipFactory, admitted_person

pytestmark = pytest.mark.django_db
State = Membership.State
LATER = timedelta(days=4)


def refusal(verb, *args, **kwargs) -> str:
    with pytest.raises(DomainError) as refused:
        verb(*args, **kwargs)
    assert str(refused.value)
    return refused.value.code


def full_cohort(capacity=12):
    cohort = CohortFactory(capacity=capacity)
    for _number in range(capacity):
        MembershipFactory(cohort=cohort)
    return cohort


def test_first_person_gets_the_first_seat_and_is_told():
    person = admitted_person()
    seated = verbs.enrol(person, CohortFactory(), by=None, today=TODAY, now=NOW)
    assert (seated.seat, seated.state, seated.enrolled_on) == (1, State.ENROLLED, TODAY)
    assert person.notices.count() == 1


def test_thirteenth_person_is_refused():
    assert refusal(verbs.enrol, admitted_person(), full_cohort(), by=None, today=TODAY) == "full"


def test_seat_that_was_left_is_the_next_one_given():
    cohort = full_cohort()
    leaver = cohort.memberships.get(seat=5)
    verbs.withdraw(leaver, by=None, now=NOW, reason="found_work")
    assert (leaver.state, leaver.left_on) == (State.WITHDRAWN, TODAY)
    assert verbs.enrol(admitted_person(), cohort, by=None, today=TODAY).seat == 5


@pytest.mark.parametrize(("cohort", "code"), [({"planned": True}, "not_open"), ({"ends_on": TODAY - LATER}, "over")])
def test_group_that_takes_nobody_says_why(cohort, code):
    starts_on = TODAY - timedelta(days=30)
    assert (
        refusal(verbs.enrol, admitted_person(), CohortFactory(starts_on=starts_on, **cohort), by=None, today=TODAY) == code
    )


def test_somebody_without_an_admitted_application_waits_for_the_decision():
    assert refusal(verbs.enrol, PersonFactory(), CohortFactory(), by=None, today=TODAY) == "not_admitted"


def test_nobody_sits_in_two_groups():
    seated = MembershipFactory()
    assert refusal(verbs.enrol, seated.person, CohortFactory(), by=None, today=TODAY) == "engaged"


def test_positions_on_the_list_grow_and_are_never_used_again():
    cohort = CohortFactory()
    first, second = (verbs.join_waiting_list(admitted_person(), cohort, by=None, now=NOW) for _number in range(2))
    verbs.leave_waiting_list(second, by=None, now=NOW, reason="found_work")
    third = verbs.join_waiting_list(admitted_person(), cohort, by=None, now=NOW)
    assert [first.position, second.position, third.position] == [1, 2, 3]
    assert refusal(verbs.join_waiting_list, first.person, cohort, by=None, now=NOW) == "already_waiting"


def test_offer_holds_the_seat_for_three_days():
    cohort = full_cohort(capacity=2)
    verbs.withdraw(cohort.memberships.get(seat=1), by=None, now=NOW, reason="health")
    waiting = MembershipFactory(cohort=cohort, waiting=True)
    verbs.offer_seat(waiting, by=None, now=NOW)
    assert (waiting.seat, waiting.offer_until) == (1, TODAY + timedelta(days=3))
    assert refusal(verbs.enrol, admitted_person(), cohort, by=None, today=TODAY + timedelta(days=3)) == "full"
    assert Reminder.objects.about(waiting).count() == 1


def test_lapsed_offer_gives_its_seat_to_the_next():
    cohort = CohortFactory(capacity=1)
    waiting = MembershipFactory(cohort=cohort, waiting=True)
    verbs.offer_seat(waiting, by=None, now=NOW)
    seated = verbs.enrol(admitted_person(), cohort, by=None, today=TODAY + LATER)
    waiting.refresh_from_db()
    assert (seated.seat, waiting.state) == (1, State.EXPIRED)
    verbs.wait_again(waiting, by=None, now=NOW + LATER)
    assert (waiting.state, waiting.seat) == (State.WAITLISTED, None)


def test_yes_after_the_last_day_is_too_late():
    waiting = MembershipFactory(waiting=True)
    verbs.offer_seat(waiting, by=None, now=NOW)
    assert refusal(verbs.accept_offer, waiting, by=None, now=NOW + LATER) == "lapsed"


@pytest.mark.parametrize(("verb", "state"), [(verbs.accept_offer, State.ENROLLED), (verbs.decline_offer, State.DECLINED)])
def test_answer_closes_the_link_and_stops_the_reminder(verb, state):
    waiting = MembershipFactory(waiting=True)
    verbs.offer_seat(waiting, by=None, now=NOW)
    token = emails.seat_link(waiting).rstrip("/").rsplit("/", 1)[1]
    verb(waiting, by=None, now=NOW)
    assert waiting.state == state
    with pytest.raises(LinkRefused):
        open_link("seat_offer", token, now=NOW)
    assert not Reminder.objects.about(waiting).filter(state="planned").exists()


def test_sweep_frees_every_lapsed_seat():
    lapsed = MembershipFactory(offered=True, offer_until=TODAY - timedelta(days=1))
    open_offer = MembershipFactory(offered=True, offer_until=TODAY)
    assert verbs.expire_all_offers(today=TODAY, now=NOW) == 1
    lapsed.refresh_from_db()
    open_offer.refresh_from_db()
    assert (lapsed.state, open_offer.state) == (State.EXPIRED, State.OFFERED)


def test_moving_to_another_group_leaves_one_seat_and_takes_the_other():
    member, other = MembershipFactory(), CohortFactory()
    moved = verbs.transfer(member, other, by=None, now=NOW, reason="family")
    assert (member.state, moved.cohort, moved.seat) == (State.TRANSFERRED, other, 1)


def test_moving_to_a_full_group_changes_nothing():
    member, other = MembershipFactory(), full_cohort(capacity=1)
    assert refusal(verbs.transfer, member, other, by=None, now=NOW, reason="family") == "full"
    member.refresh_from_db()
    assert member.state == State.ENROLLED


def test_leaving_needs_a_reason():
    assert refusal(verbs.withdraw, MembershipFactory(), by=None, now=NOW, reason="") == "needs_reason"
