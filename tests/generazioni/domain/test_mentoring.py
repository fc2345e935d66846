from datetime import timedelta

import pytest

from generazioni.domain import mentoring as verbs
from generazioni.models import Meeting, Mentoring
from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.reminders.models import Message
from oltreiperimetri.shared.errors import DomainError
from tests.factories.accounts import UserFactory
from tests.factories.generazioni import NOW, TODAY, IdeaFactory, MentoringFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return UserFactory(coordinator=True)


def refused(verb, *args, **kwargs) -> str:
    with pytest.raises(DomainError) as refusal:
        verb(*args, **kwargs)
    return refusal.value.code


def test_mentor_and_author_are_introduced(coordinator):
    idea, mentor = IdeaFactory(chosen=True), UserFactory(roles=[Role.MENTOR])
    made = verbs.assign(idea, mentor, by=coordinator, now=NOW)
    assert (made.started_on, made.ended_on) == (TODAY, None)
    assert {message.recipient for message in Message.objects.all()} == {mentor.email, idea.author.email}


def test_only_a_chosen_idea_without_mentor_gets_one_who_is_a_mentor(coordinator):
    mentor = UserFactory(roles=[Role.MENTOR])
    followed, chosen = MentoringFactory().idea, IdeaFactory(chosen=True)
    own = IdeaFactory(chosen=True, author=UserFactory(roles=[Role.MENTOR, Role.CITIZEN]))
    pairs = [
        (IdeaFactory(sent=True), mentor),
        (followed, mentor),
        (chosen, UserFactory(citizen=True)),
        (own, own.author),
    ]
    assert [refused(verbs.assign, idea, user, by=coordinator, now=NOW) for idea, user in pairs] == [
        "not_chosen",
        "has_mentor",
        "not_a_mentor",
        "is_author",
    ]


def test_after_the_end_another_mentor_may_come(coordinator):
    mentoring = MentoringFactory()
    verbs.end(mentoring, by=coordinator, now=NOW)
    again = verbs.assign(mentoring.idea, UserFactory(roles=[Role.MENTOR]), by=coordinator, now=NOW)
    assert list(Mentoring.objects.active()) == [again]
    assert refused(verbs.end, mentoring, by=coordinator, now=NOW) == "ended"


def test_meeting_is_written_after_it_took_place(coordinator):
    mentoring = MentoringFactory()
    values = {"day": TODAY, "minutes": 60, "notes": "Fatti i conti.", "next_on": TODAY + timedelta(days=14)}
    verbs.log_meeting(mentoring, values, by=mentoring.mentor, now=NOW)
    assert list(Meeting.objects.values_list("day", "minutes", "by")) == [(TODAY, 60, mentoring.mentor.pk)]
    tomorrow = {**values, "day": TODAY + timedelta(days=1)}
    backwards = {**values, "next_on": TODAY}
    assert refused(verbs.log_meeting, mentoring, tomorrow, by=mentoring.mentor, now=NOW) == "future"
    assert refused(verbs.log_meeting, mentoring, backwards, by=mentoring.mentor, now=NOW) == "order"
    verbs.end(mentoring, by=coordinator, now=NOW)
    assert refused(verbs.log_meeting, mentoring, values, by=mentoring.mentor, now=NOW) == "ended"
