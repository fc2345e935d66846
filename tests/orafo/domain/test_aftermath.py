"""Out of a group without a traineeship: followed once, from the last day, until a traineeship is agreed."""

from datetime import timedelta

import pytest

from oltreiperimetri.followups.models import FollowUpPlan
from oltreiperimetri.shared.dates import add_months, at_rome
from orafo.domain import aftermath, cohort, membership, traineeship
from orafo.enums import NEEDED_TO_AGREE, Mark
from orafo.models import Membership, Traineeship
from tests.factories.orafo import NOW, TODAY, CohortFactory, MembershipFactory, SessionFactory, TraineeshipFactory

pytestmark = pytest.mark.django_db


def attended(place: Membership, mark=Mark.PRESENT) -> Membership:
    session = SessionFactory(cohort=place.cohort, day=TODAY - timedelta(days=2), state="held")
    place.attendances.create(session=session, mark=mark, noted_at=NOW)
    return place


def plan_of(place) -> FollowUpPlan | None:
    return Membership.objects.select_related("plan").get(pk=place.pk).plan


def leave(place) -> None:
    membership.withdraw(place, by=None, now=NOW, reason="health", note="Sta male")


def agreed(place) -> Traineeship:
    found = TraineeshipFactory(person=place.person, membership=place)
    for item in NEEDED_TO_AGREE:
        traineeship.tick(found, item, done_on=TODAY, by=None, now=NOW)
    traineeship.agree(found, by=None, now=NOW)
    return found


def test_who_leaves_after_taking_part_is_followed_from_the_last_day():
    place = attended(MembershipFactory())
    leave(place)

    plan = plan_of(place)
    last_day = TODAY - timedelta(days=1)
    assert (plan.path, plan.anchor_on, plan.state) == (aftermath.NO_TRAINEESHIP, last_day, "open")
    assert list(plan.checkpoints.values_list("due_on", flat=True)) == [add_months(last_day, n) for n in (3, 6, 12)]
    assert plan.subject_label == place.person.full_name


@pytest.mark.parametrize("mark", [None, Mark.ABSENT])
def test_who_never_took_part_is_not_followed(mark):
    place = MembershipFactory() if mark is None else attended(MembershipFactory(), mark)
    leave(place)

    assert plan_of(place) is None


def test_closing_a_group_follows_those_without_a_traineeship_from_its_last_day():
    group = CohortFactory(state="confirmed", starts_on=TODAY - timedelta(days=30), ends_on=TODAY - timedelta(days=1))
    without, with_one = (attended(MembershipFactory(cohort=group)) for _ in range(2))
    agreed(with_one)

    cohort.close(group, by=None, now=NOW)

    assert plan_of(without).anchor_on == group.ends_on
    assert plan_of(with_one) is None


def test_a_traineeship_agreed_later_stops_it_and_one_that_does_not_start_opens_it_again():
    place = attended(MembershipFactory())
    leave(place)

    later = agreed(place)
    assert (plan_of(place).state, later.plan.state) == ("stopped", "open")

    traineeship.void(later, by=None, now=NOW, note="La ditta ha rinunciato")
    assert plan_of(place).state == "open"
    assert FollowUpPlan.objects.filter(state="open").count() == 1


def test_of_two_groups_only_the_newest_exit_is_followed():
    first = attended(MembershipFactory())
    leave(first)
    second = attended(MembershipFactory(person=first.person))
    membership.exclude(second, by=None, now=at_rome(TODAY + timedelta(days=9), 10), reason="absences", note="Assente")

    assert [plan_of(place).state for place in (first, second)] == ["stopped", "open"]


def test_moving_to_another_group_is_not_an_exit():
    place = attended(MembershipFactory())
    membership.transfer(place, CohortFactory(), by=None, now=NOW, reason="distance")

    assert not FollowUpPlan.objects.exists()
