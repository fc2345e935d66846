"""Chosen ideas are followed from the day of the results; author and mentor are asked."""

import pytest

from generazioni.domain import decision
from generazioni.followups import goes_on
from oltreiperimetri.followups import paths
from oltreiperimetri.followups.models import Answer, FollowUpPlan, Witness
from oltreiperimetri.shared.dates import add_months
from tests.factories.accounts import UserFactory
from tests.factories.generazioni import NOW, TODAY, EditionFactory, IdeaFactory, MentoringFactory
from tests.factories.partners import RHO

pytestmark = pytest.mark.django_db


@pytest.fixture
def results():
    edition, coordinator = EditionFactory(phase="decision"), UserFactory(coordinator=True)
    chosen, other = (IdeaFactory(sent=True, edition=edition) for _ in range(2))
    for idea, outcome in ((chosen, "chosen"), (other, "not_chosen")):
        decision.decide(idea, outcome=outcome, message="Ecco.", by=coordinator, now=NOW)
    decision.publish_results(edition, by=coordinator, now=NOW)
    chosen.refresh_from_db()
    other.refresh_from_db()
    return chosen, other


def test_publishing_the_results_opens_the_plan_of_the_chosen_ones_only(results):
    chosen, other = results

    assert other.plan is None
    assert chosen.plan.anchor_on == TODAY
    due = list(chosen.plan.checkpoints.values_list("due_on", flat=True))
    assert due == [add_months(TODAY, months) for months in (6, 12, 24)]
    assert Witness.objects.count() == 3


def test_author_and_mentor_are_asked(results):
    chosen, _other = results
    path = paths.get(chosen.plan.path)
    mentor = MentoringFactory(idea=chosen).mentor

    assert path.contact(chosen.plan).email == chosen.author.email
    assert [one.email for one in path.beside.contacts(chosen.plan)] == [mentor.email]


def test_caseworkers_see_the_ideas_of_their_towns(results):
    plans = FollowUpPlan.objects.all()
    here, elsewhere = (UserFactory(caseworker=True, towns=[town]) for town in (RHO, "015170"))

    assert [plans.visible_to(user).count() for user in (here, elsewhere, results[0].author)] == [1, 0, 0]


@pytest.mark.parametrize(("situation", "said"), [("self_employed", True), ("searching", False), ("employed", None)])
def test_what_the_author_says_of_the_idea(situation, said):
    assert goes_on(Answer(situation=situation)) is said
