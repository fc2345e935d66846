"""What is asked after a path of the household economy."""

from datetime import date, datetime

import pytest

from beneficiaries.domain.money_path import end_path, move_end, reopen_path, stop_path
from oltreiperimetri.followups.domain.answer import answer
from oltreiperimetri.followups.models import FollowUpPlan
from oltreiperimetri.reminders import engine
from oltreiperimetri.reminders.models import Message, Reminder
from oltreiperimetri.shared.dates import ROME
from oltreiperimetri.shared.errors import DomainError
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries_money import MoneyPathFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 10, tzinfo=ROME)


@pytest.fixture
def caseworker():
    return UserFactory(caseworker=True)


@pytest.fixture
def course():
    return MoneyPathFactory()


def end(path, caseworker, ended_on=date(2026, 11, 24)):
    outcome = "balanced" if path.kind == "course" else "some_agreed"
    end_path(path, outcome=outcome, ended_on=ended_on, by=caseworker, now=NOW)


def due_days(path):
    return list(path.plan.checkpoints.order_by("months").values_list("due_on", flat=True))


def planned():
    return Reminder.objects.filter(state="planned", kind__startswith="followups")


@pytest.mark.parametrize("kind", ["course", "debt"])
def test_ending_a_path_opens_its_plan_with_its_checkpoints(kind, caseworker):
    path = MoneyPathFactory(kind=kind)

    end(path, caseworker)

    path.refresh_from_db()
    assert (path.plan.path, path.plan.state) == (f"finance.{kind}", "open")
    assert due_days(path) == [date(2027, 2, 24), date(2027, 5, 24), date(2027, 11, 24)]
    assert planned().filter(audience="person").exists()


def test_a_path_that_cannot_end_opens_no_plan(course, caseworker):
    with pytest.raises(DomainError) as refusal:
        end_path(course, outcome="all_agreed", ended_on=date(2026, 11, 24), by=caseworker, now=NOW)

    course.refresh_from_db()
    assert (refusal.value.code, course.state, FollowUpPlan.objects.count()) == ("outcome", "open", 0)


def test_moving_the_end_moves_unanswered_checkpoints_only(course, caseworker):
    end(course, caseworker)
    first = course.plan.checkpoints.get(months=3)
    answer(first, {"situation": "searching"}, channel="phone", by=caseworker, now=datetime(2027, 2, 25, 9, tzinfo=ROME))

    move_end(course, date(2026, 11, 10), by=caseworker, now=NOW)

    assert due_days(course) == [date(2027, 2, 24), date(2027, 5, 10), date(2027, 11, 10)]


def test_a_stopped_path_sends_nothing(course, caseworker):
    stop_path(course, reason="not_now", stopped_on=date(2026, 11, 20), by=caseworker, now=NOW)

    engine.emit_due(now=datetime(2028, 1, 10, 10, tzinfo=ROME))

    assert (course.plan, planned().count(), Message.objects.count()) == (None, 0, 0)


def test_a_path_opened_again_sends_nothing_until_it_ends_again(course, caseworker):
    end(course, caseworker)
    reopen_path(course, by=caseworker, now=NOW)
    assert (course.plan.state, planned().count()) == ("stopped", 0)

    end(course, caseworker, ended_on=date(2026, 11, 25))

    course.refresh_from_db()
    assert course.plan.state == "open"
    assert due_days(course) == [date(2027, 2, 25), date(2027, 5, 25), date(2027, 11, 25)]
    assert FollowUpPlan.objects.count() == 1


def test_a_path_interrupted_after_it_was_opened_again_stays_silent(course, caseworker):
    end(course, caseworker)
    reopen_path(course, by=caseworker, now=NOW)

    stop_path(course, reason="moved", stopped_on=date(2026, 11, 25), by=caseworker, now=NOW)

    assert (course.plan.state, planned().count()) == ("stopped", 0)


def test_the_end_of_a_path_under_way_cannot_be_moved(course, caseworker):
    with pytest.raises(DomainError) as refusal:
        move_end(course, date(2026, 11, 10), by=caseworker, now=NOW)

    assert refusal.value.code == "not_ended"


def test_a_second_path_of_a_kind_waits_for_the_first(course, caseworker):
    other = MoneyPathFactory(person=course.person, state="stopped", ended_on=date(2026, 11, 3))

    with pytest.raises(DomainError) as refusal:
        reopen_path(other, by=caseworker, now=NOW)

    assert refusal.value.code == "there_already"
