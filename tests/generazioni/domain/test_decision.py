"""Decisions stay in the office until all are published together."""

import pytest

from generazioni.domain import decision as verbs
from generazioni.models import Decision, Idea
from oltreiperimetri.audit.trail import state_changes
from oltreiperimetri.reminders.models import Message
from oltreiperimetri.shared.errors import DomainError
from tests.factories.accounts import UserFactory
from tests.factories.generazioni import NOW, EditionFactory, IdeaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return UserFactory(coordinator=True)


@pytest.fixture
def edition():
    return EditionFactory(phase="decision")


def decide(idea, outcome, by):
    return verbs.decide(idea, outcome=outcome, message=f"Perché {outcome}.", by=by, now=NOW)


def refused(verb, *args, **kwargs) -> str:
    with pytest.raises(DomainError) as refusal:
        verb(*args, **kwargs)
    return refusal.value.code


def test_decision_tells_nobody_and_may_change(edition, coordinator):
    idea = IdeaFactory(sent=True, edition=edition)
    decide(idea, "chosen", coordinator)
    decide(idea, "finalist", coordinator)
    idea.refresh_from_db()
    assert (idea.state, Decision.objects.get().outcome) == (Idea.State.SUBMITTED, "finalist")
    assert not Message.objects.exists()


@pytest.mark.parametrize("phase", ["ideas", "review"])
def test_nobody_decides_before_the_jury_has_finished(phase, coordinator):
    idea = IdeaFactory(sent=True, edition__phase=phase)
    assert refused(decide, idea, "chosen", coordinator) == "too_early"
    assert refused(verbs.publish_results, idea.edition, by=coordinator, now=NOW) == "too_early"


def test_results_wait_for_the_last_idea(edition, coordinator):
    done, missing = IdeaFactory(sent=True, edition=edition), IdeaFactory(sent=True, edition=edition)
    decide(done, "chosen", coordinator)
    assert refused(verbs.publish_results, edition, by=coordinator, now=NOW) == "undecided"
    assert list(verbs.undecided(edition)) == [missing]
    done.refresh_from_db()
    assert done.state == Idea.State.SUBMITTED


def test_published_results_reach_every_author_with_the_reason(edition, coordinator):
    outcomes = ["chosen", "finalist", "not_chosen"]
    ideas = [IdeaFactory(sent=True, edition=edition) for _ in outcomes]
    IdeaFactory(sent=True, edition=edition, state="withdrawn")
    for idea, outcome in zip(ideas, outcomes, strict=True):
        decide(idea, outcome, coordinator)
    assert verbs.publish_results(edition, by=coordinator, now=NOW) == 3
    edition.refresh_from_db()
    assert edition.results_published_at == NOW
    assert [Idea.objects.get(pk=idea.pk).state for idea in ideas] == outcomes
    assert {message.recipient for message in Message.objects.all()} == {idea.author.email for idea in ideas}
    assert state_changes(ideas[0]).get().note == "Perché chosen."
    assert refused(verbs.publish_results, edition, by=coordinator, now=NOW) == "published"


def test_edition_without_ideas_has_nothing_to_publish(edition, coordinator):
    assert refused(verbs.publish_results, edition, by=coordinator, now=NOW) == "empty"


def test_withdrawn_idea_gets_no_decision(edition, coordinator):
    idea = IdeaFactory(sent=True, edition=edition, state="withdrawn")
    assert refused(decide, idea, "chosen", coordinator) == "not_in_contest"
