"""Who still has to read or to send is reminded a week and two days before."""

from datetime import timedelta

import pytest

from generazioni.domain import edition as edition_verbs
from generazioni.domain import idea as idea_verbs
from generazioni.domain import jury as jury_verbs
from generazioni.models import Idea, Juror
from generazioni.reminders_contest import DRAFT_WAITS, JURY_WAITS
from oltreiperimetri.reminders import engine
from oltreiperimetri.reminders.models import Message, Reminder
from oltreiperimetri.shared.dates import at_rome
from tests.factories.accounts import UserFactory
from tests.factories.generazioni import NOW, EditionFactory, IdeaFactory, JurorFactory, ReviewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def any_hour(settings):
    settings.QUIET_HOURS = False


@pytest.fixture
def edition():
    return EditionFactory(phase="review")


@pytest.fixture
def seat(edition):
    seat = JurorFactory(edition=edition)
    Juror.objects.filter(pk=seat.pk).update(created_at=at_rome(edition.ideas_from))
    return Juror.objects.get(pk=seat.pk)


def days(kind):
    return list(Reminder.objects.filter(kind=kind, state="planned").order_by("wave").values_list("wanted_at", flat=True))


def sent_on(day, kind) -> int:
    engine.emit_due(now=at_rome(day, 10))
    return Message.objects.filter(reminder__kind=kind).count()


def test_juror_with_ideas_to_read_is_reminded(edition, seat):
    IdeaFactory(sent=True, edition=edition)
    engine.plan(seat, now=NOW)
    last = edition.review_until
    assert days(JURY_WAITS) == [at_rome(last - timedelta(days=7), 9), at_rome(last - timedelta(days=2), 9)]
    assert sent_on(last - timedelta(days=2), JURY_WAITS) == 1
    assert Message.objects.get().recipient == seat.user.email


def test_juror_who_has_read_everything_is_left_in_peace(edition, seat):
    ReviewFactory(idea=IdeaFactory(sent=True, edition=edition), juror=seat)
    jury_verbs.abstain(seat, IdeaFactory(sent=True, edition=edition), reason="Parente", by=seat.user, now=NOW)
    engine.plan(seat, now=NOW)
    assert sent_on(edition.review_until - timedelta(days=2), JURY_WAITS) == 0


def test_who_begins_late_is_not_reminded_at_once(edition):
    seat = JurorFactory(edition=edition)
    Juror.objects.filter(pk=seat.pk).update(created_at=at_rome(edition.review_until))
    engine.plan(Juror.objects.get(pk=seat.pk), now=NOW)
    assert days(JURY_WAITS) == []


def test_draft_is_reminded_until_it_is_sent():
    edition = EditionFactory(phase="ideas")
    idea = IdeaFactory(edition=edition)
    Idea.objects.filter(pk=idea.pk).update(created_at=at_rome(edition.ideas_from))
    idea = Idea.objects.get(pk=idea.pk)
    engine.plan(idea, now=NOW)
    assert len(days(DRAFT_WAITS)) == 2
    assert sent_on(edition.ideas_until - timedelta(days=2), DRAFT_WAITS) == 1
    idea_verbs.submit(idea, by=idea.author, now=at_rome(edition.ideas_until, 12))
    assert days(DRAFT_WAITS) == []


def test_moved_day_moves_the_reminders(edition, seat):
    engine.plan(seat, now=NOW)
    later = edition.decision_from + timedelta(days=5)
    coordinator = UserFactory(coordinator=True)
    edition_verbs.move_day(edition, "decision_from", later, reason="Più tempo", by=coordinator, now=NOW)
    assert days(JURY_WAITS)[-1] == at_rome(later - timedelta(days=3), 9)
