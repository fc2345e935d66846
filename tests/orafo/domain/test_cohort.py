"""A group from its opening to its end."""

from datetime import timedelta

import pytest

from oltreiperimetri.shared.errors import DomainError
from orafo.domain import cohort as verbs
from orafo.models import Cohort, Membership, Session
from tests.factories.orafo import NOW, TODAY, CohortFactory, MembershipFactory, SessionFactory

pytestmark = pytest.mark.django_db
State = Cohort.State


def refusal(verb, *args, **kwargs) -> str:
    with pytest.raises(DomainError) as refused:
        verb(*args, by=None, now=NOW, **kwargs)
    assert str(refused.value)
    return refused.value.code


def test_group_cannot_lose_a_seat_in_use():
    cohort = CohortFactory()
    MembershipFactory(cohort=cohort, seat=7)
    assert refusal(verbs.change, cohort, {"capacity": 6}) == "seats_in_use"
    verbs.change(cohort, {"capacity": 7}, by=None, now=NOW)
    assert Cohort.objects.get().capacity == 7


def test_group_with_people_is_not_cancelled():
    cohort = CohortFactory()
    MembershipFactory(cohort=cohort)
    assert refusal(verbs.cancel, cohort, note="Pochi") == "not_empty"


def test_cancelling_closes_the_waiting_list():
    waiting = MembershipFactory(waiting=True)
    verbs.cancel(waiting.cohort, by=None, now=NOW, note="Pochi iscritti")
    waiting.refresh_from_db()
    assert (waiting.cohort.state, waiting.state) == (State.CANCELLED, Membership.State.RELEASED)


def ended_cohort():
    return CohortFactory(confirmed=True, starts_on=TODAY - timedelta(days=60), ends_on=TODAY)


def test_closing_completes_who_has_a_seat():
    cohort = ended_cohort()
    member, waiting = MembershipFactory(cohort=cohort), MembershipFactory(cohort=cohort, waiting=True)
    verbs.close(cohort, by=None, now=NOW)
    member.refresh_from_db()
    waiting.refresh_from_db()
    assert (cohort.state, member.state, waiting.state) == (State.CLOSED, "completed", "released")


@pytest.mark.parametrize("what", ["not_over", "registers_open", "offers_open"])
def test_group_is_not_closed_before_everything_is_done(what):
    cohort = ended_cohort()
    if what == "not_over":
        cohort = CohortFactory(confirmed=True)
    elif what == "registers_open":
        SessionFactory(cohort=cohort, day=TODAY, state=Session.State.PLANNED)
    else:
        MembershipFactory(cohort=cohort, offered=True)
    assert refusal(verbs.close, cohort) == what
