from datetime import UTC, date, datetime, timedelta

import pytest

from beneficiaries.domain.queries import window_closing
from beneficiaries.domain.window import WindowSeen, born_for_birthday, too_young, window_seen
from beneficiaries.models import Application
from oltreiperimetri.reminders import engine
from oltreiperimetri.reminders.models import DigestLine, Message, Reminder
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO, ApplicationFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("ended_on", "today", "left"),
    [
        (date(2024, 11, 25), DAY, 0),
        (date(2024, 11, 24), DAY, -1),
        (date(2025, 1, 24), DAY, 60),
        (date(2024, 2, 29), date(2026, 2, 27), 1),
        (date(2024, 2, 29), date(2026, 2, 28), 0),
        (date(2024, 8, 31), date(2026, 8, 31), 0),
    ],
)
def test_days_left_count_to_the_last_day_by_calendar(ended_on, today, left):
    application = ApplicationFactory(last_job_ended_on=ended_on)
    assert window_seen(application, today=today) == WindowSeen(
        ends_on=today + timedelta(days=left), days_left=left, turns_on=None, days_to=None
    )


def test_who_works_has_no_window_and_who_is_too_young_has_a_birthday():
    working = ApplicationFactory(working_now=True)
    young = ApplicationFactory(person__birth_date=date(1988, 2, 29), last_job_ended_on=None)

    assert not window_seen(working, today=DAY).is_known
    seen = window_seen(young, today=date(2027, 12, 31))
    assert (seen.turns_on, seen.days_to) == (date(2028, 2, 29), 60)


@pytest.mark.parametrize(
    ("day", "years", "born"),
    [
        (date(2026, 11, 25), 40, date(1986, 11, 25)),
        (date(2027, 2, 28), 39, date(1988, 2, 29)),
        (date(2028, 2, 28), 40, date(1988, 2, 28)),
        (date(2028, 2, 29), 40, date(1988, 2, 29)),
    ],
)
def test_the_latest_birth_date_with_the_age_on_a_day(day, years, born):
    assert born_for_birthday(day, years) == born


def test_the_list_of_windows_that_close_has_both_bounds():
    ends = {days: ApplicationFactory(last_job_ended_on=DAY - timedelta(days=730 - days)) for days in (-1, 0, 60, 61)}
    found = set(window_closing(Application.objects.all(), today=DAY))
    assert found == {ends[0], ends[60]}


def test_the_list_of_birthdays_that_come_has_both_bounds():
    born = {
        days: ApplicationFactory(person__birth_date=date(1986, 11, 25) + timedelta(days=days)) for days in (0, 1, 60, 61)
    }
    found = set(too_young(Application.objects.all(), today=DAY, within_days=60))
    assert found == {born[1], born[60]}


class TestReminders:
    """To the caseworker, 60 and 30 days before, in the one digest of the day."""

    @pytest.fixture(autouse=True)
    def office(self):
        self.owner = UserFactory(caseworker=True, towns=[RHO])

    def application(self, **facts):
        return ApplicationFactory(
            owner=self.owner, in_review=True, received_at=datetime(2026, 11, 2, 9, tzinfo=UTC), **facts
        )

    def planned(self, kind):
        rows = Reminder.objects.filter(kind=kind, state="planned").order_by("wave")
        return [row.wanted_at.astimezone().date() for row in rows]

    def test_two_steps_60_and_30_days_before_the_last_day(self):
        application = self.application(last_job_ended_on=date(2025, 2, 28))
        engine.plan(application, now=datetime(2026, 11, 25, 9, tzinfo=UTC))
        assert self.planned("beneficiaries.window_ends") == [date(2026, 12, 30), date(2027, 1, 29)]

    def test_born_on_29_february_turns_40_on_29_february_of_a_leap_year(self):
        application = self.application(person__birth_date=date(1988, 2, 29), last_job_ended_on=None)
        engine.plan(application, now=datetime(2026, 11, 25, 9, tzinfo=UTC))
        assert self.planned("beneficiaries.turns_forty") == [date(2027, 12, 31), date(2028, 1, 30)]

    def test_a_window_over_before_the_application_came_asks_for_nothing(self):
        application = self.application(last_job_ended_on=date(2024, 10, 31))
        engine.plan(application, now=datetime(2026, 11, 25, 9, tzinfo=UTC))
        assert self.planned("beneficiaries.window_ends") == []

    def test_a_day_that_moves_moves_the_steps_and_a_decision_cancels_them(self):
        now = datetime(2026, 11, 25, 9, tzinfo=UTC)
        application = self.application(last_job_ended_on=date(2025, 2, 28))
        engine.plan(application, now=now)
        application.last_job_ended_on = date(2025, 3, 31)
        application.save()
        engine.plan(application, now=now)
        assert self.planned("beneficiaries.window_ends") == [date(2027, 1, 30), date(2027, 3, 1)]

        application.state, application.decided_at = "admitted", now
        application.ball, application.due_on = "", None
        application.save()
        engine.plan(application, now=now)
        assert self.planned("beneficiaries.window_ends") == []

    def test_on_the_60th_day_a_line_reaches_the_owner_and_away_the_cover(self, settings):
        settings.QUIET_HOURS = True
        application = self.application(last_job_ended_on=date(2025, 1, 25))
        now = datetime(2026, 11, 26, 10, tzinfo=UTC)  # a Thursday
        engine.plan(application, now=now)
        cover = UserFactory(caseworker=True)
        self.owner.absent_until, self.owner.covered_by = date(2026, 11, 30), cover
        self.owner.save()

        engine.emit_due(now=now)

        line = DigestLine.objects.get(reminder__kind="beneficiaries.window_ends")
        assert (line.recipient, line.url.endswith(application.get_absolute_url())) == (cover.email, True)


def test_complaint_12_one_digest_for_all_that_is_left_alone_and_none_for_nothing(settings):
    """Nobody gets a mail for each file: one a day says which are untouched and which have no caseworker."""
    settings.QUIET_HOURS = True
    worker = UserFactory(caseworker=True, towns=[RHO])
    came = datetime(2026, 10, 1, 9, tzinfo=UTC)
    for _each in range(3):
        ApplicationFactory(received_at=came)
        left = ApplicationFactory(received_at=came, in_review=True, owner=worker)
        Application.objects.filter(pk=left.pk).update(updated_at=came)
    now = datetime(2026, 11, 25, 10, tzinfo=UTC)

    engine.plan_all(now=now)
    engine.emit_due(now=now)
    engine.send_digests(now=now + timedelta(days=1))

    assert [message.recipient for message in Message.objects.all()] == [worker.email]
    kinds = set(DigestLine.objects.values_list("reminder__kind", flat=True))
    assert kinds == {"beneficiaries.untouched", "beneficiaries.unassigned"}

    engine.send_digests(now=now + timedelta(days=2))
    assert Message.objects.count() == 1
