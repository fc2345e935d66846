"""An idea is written, sent until the deadline, taken back."""

from datetime import timedelta

import pytest

from generazioni.domain import idea as verbs
from generazioni.models import Idea
from oltreiperimetri.reminders.models import Message
from oltreiperimetri.shared.dates import at_rome
from oltreiperimetri.shared.errors import DomainError
from tests.factories.accounts import UserFactory
from tests.factories.generazioni import NOW, EditionFactory, IdeaFactory, NeedFactory

pytestmark = pytest.mark.django_db


def refused(verb, *args, **kwargs) -> str:
    with pytest.raises(DomainError) as refusal:
        verb(*args, **kwargs)
    return refusal.value.code


def test_draft_needs_a_title_alone():
    edition, author = EditionFactory(), UserFactory(citizen=True)
    need = NeedFactory(edition=edition)
    made = verbs.draft(edition, {"title": "Cargo bike", "needs": [need]}, by=author, now=NOW)
    assert (made.state, made.author, made.number, list(made.needs.all())) == (Idea.State.DRAFT, author, None, [need])


def test_idea_with_gaps_is_not_sent_and_says_what_is_missing():
    idea = IdeaFactory(problem="", customers="  ")
    assert verbs.gaps(idea) == ["problem", "customers"]
    assert refused(verbs.submit, idea, by=idea.author, now=NOW) == "gaps"
    assert not Message.objects.exists()


def test_sent_idea_gets_number_version_and_receipt():
    idea = IdeaFactory()
    verbs.submit(idea, by=idea.author, now=NOW)
    idea.refresh_from_db()
    assert (idea.state, idea.number, idea.submitted_at) == (Idea.State.SUBMITTED, 1, NOW)
    assert idea.versions.get().texts["solution"] == idea.solution
    assert Message.objects.get().recipient == idea.author.email


def test_drafts_leave_no_holes_in_the_numbers():
    edition = EditionFactory()
    ideas = [IdeaFactory(edition=edition) for _ in range(3)]
    for idea in (ideas[0], ideas[2]):
        verbs.submit(idea, by=idea.author, now=NOW)
    assert list(edition.ideas.order_by("pk").values_list("number", flat=True)) == [1, None, 2]


def test_idea_is_sent_until_the_last_minute_of_the_last_day():
    first, second = IdeaFactory(), IdeaFactory()
    verbs.submit(first, by=first.author, now=at_rome(first.edition.ideas_until, 23, 59))
    assert refused(verbs.submit, second, by=second.author, now=at_rome(second.edition.review_from)) == "closed"


def test_change_after_sending_becomes_a_new_version():
    idea = IdeaFactory()
    verbs.submit(idea, by=idea.author, now=NOW)
    verbs.change(idea, {"solution": "Tre persone."}, by=idea.author, now=NOW + timedelta(hours=1))
    verbs.change(idea, {"solution": "Tre persone."}, by=idea.author, now=NOW + timedelta(hours=2))
    texts = [version.texts["solution"] for version in idea.versions.all()]
    assert texts == ["Tre persone.", "Due persone pedalano e consegnano."]


def test_sent_idea_cannot_lose_a_part():
    idea = IdeaFactory()
    verbs.submit(idea, by=idea.author, now=NOW)
    assert refused(verbs.change, idea, {"problem": ""}, by=idea.author, now=NOW) == "gaps"
    idea.refresh_from_db()
    assert idea.problem
    assert idea.versions.count() == 1


def test_idea_taken_back_returns_with_its_number():
    idea = IdeaFactory()
    verbs.submit(idea, by=idea.author, now=NOW)
    verbs.withdraw(idea, by=idea.author, now=NOW)
    assert list(idea.edition.ideas.in_contest()) == []
    verbs.submit(idea, by=idea.author, now=NOW + timedelta(hours=1))
    idea.refresh_from_db()
    assert (idea.state, idea.number, idea.submitted_at) == (Idea.State.SUBMITTED, 1, NOW)


def test_nothing_is_written_while_the_jury_reads():
    idea = IdeaFactory(sent=True, edition__phase="review")
    assert refused(verbs.change, idea, {"title": "Altro"}, by=idea.author, now=NOW) == "closed"
    assert refused(verbs.draft, idea.edition, {"title": "Nuova"}, by=idea.author, now=NOW) == "closed"


def test_drafts_are_nobody_elses_business():
    draft, sent = IdeaFactory(), IdeaFactory(sent=True)
    assert list(Idea.objects.visible_to(UserFactory(coordinator=True))) == [sent]
    assert list(Idea.objects.visible_to(draft.author)) == [draft]
    assert list(Idea.objects.visible_to(UserFactory(juror=True))) == []
