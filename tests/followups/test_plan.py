from datetime import date

import pytest

from oltreiperimetri.accounts.models import AccessLink, User
from oltreiperimetri.followups.domain.answer import answer
from oltreiperimetri.followups.domain.plan import move_anchor, stop_plan
from oltreiperimetri.followups.models import Checkpoint
from oltreiperimetri.reminders import engine
from oltreiperimetri.reminders.models import Message, Reminder
from oltreiperimetri.shared.errors import DomainError

from .conftest import rome


def due_days(plan):
    return list(plan.checkpoints.order_by("months").values_list("due_on", flat=True))


def test_rem_13_months_are_counted_from_the_anchor_and_clamped_to_their_end(opened):
    plan = opened(date(2024, 1, 31), offsets=(1, 3, 6, 12, 25))

    assert due_days(plan) == [
        date(2024, 2, 29),
        date(2024, 4, 30),
        date(2024, 7, 31),
        date(2025, 1, 31),
        date(2026, 2, 28),
    ]


def test_rem_13_an_anchor_on_29_february_comes_back_on_the_28th(opened):
    assert due_days(opened(date(2024, 2, 29), offsets=(12, 48))) == [date(2025, 2, 28), date(2028, 2, 29)]


def test_a_checkpoint_has_its_ladder(checkpoint):
    steps = Reminder.objects.order_by("wanted_at", "audience").values_list("audience", "wave", "wanted_at__date")

    assert list(steps) == [
        ("person", 0, date(2026, 11, 17)),
        ("person", 1, date(2026, 11, 24)),
        ("person", 2, date(2026, 11, 27)),
        ("person", 3, date(2026, 12, 4)),
        ("caseworker", 0, date(2026, 12, 8)),
        ("caseworker", 1, date(2026, 12, 15)),
        ("coordinator", 0, date(2026, 12, 22)),
        ("caseworker", 2, date(2027, 1, 8)),
    ]


def test_moving_the_anchor_moves_what_is_open_and_never_what_was_answered(opened):
    plan = opened(offsets=(1, 3))
    first, second = plan.checkpoints.order_by("months")
    answer(first, {"situation": "searching"}, channel="link", by=None, now=rome("2026-11-24 10:00"))

    move_anchor(plan, date(2026, 11, 10), by=None, now=rome("2026-11-25 10:00"))

    assert due_days(plan) == [date(2026, 11, 24), date(2027, 2, 10)]
    assert Reminder.objects.filter(subject_id=first.pk, state="planned").count() == 0
    assert Reminder.objects.get(subject_id=second.pk, audience="person", wave=1).wanted_at == rome("2027-02-10 09:00")


def test_stopping_cancels_reminders_mail_and_links_in_the_same_breath(opened):
    plan = opened(offsets=(1, 3))
    engine.emit_due(now=rome("2026-11-24 10:00"))

    stop_plan(plan, by=None, now=rome("2026-11-24 10:05"), reason="La persona si è trasferita")

    assert set(Reminder.objects.values_list("state", flat=True)) == {"cancelled", "missed"}
    assert Message.objects.get().state == "aborted"
    assert AccessLink.objects.get().revoked_at is not None


def test_stopping_needs_a_reason(opened):
    with pytest.raises(DomainError):
        stop_plan(opened(), by=None, now=rome("2026-11-24 10:05"), reason="")


def test_the_plan_is_complete_when_its_last_checkpoint_is_settled(opened):
    plan = opened(offsets=(1,))

    answer(plan.checkpoints.get(), {"situation": "training"}, channel="link", by=None, now=rome("2026-11-24 10:00"))

    plan.refresh_from_db()
    assert plan.state == "done"


class TestLadder:
    """Who hears from us, step by step."""

    def letters(self):
        return list(Message.objects.order_by("pk").values_list("template", "recipient"))

    def at(self, moment):
        engine.emit_due(now=rome(moment))
        engine.send_digests(now=rome(moment))

    @pytest.fixture
    def office(self, db):
        caseworker = User.objects.create_user("caso@example.org", roles=["caseworker"])
        caseworker.municipalities.add("015182")
        coordinator = User.objects.create_user("coord@example.org", roles=["coordinator"])
        return caseworker, coordinator

    def test_no_answer_goes_from_the_person_to_the_caseworker_to_the_coordinator(self, checkpoint, subjects, office):
        subjects.owner, _coordinator = office
        days = ["11-17", "11-24", "11-27", "12-04", "12-09", "12-15", "12-22"]
        for day in [*(f"2026-{day}" for day in days), "2027-01-08"]:
            self.at(f"{day} 10:00")

        assert self.letters() == [
            ("followups/notice", "anna@example.org"),
            ("followups/form", "anna@example.org"),
            ("followups/nudge", "anna@example.org"),
            ("followups/last", "anna@example.org"),
            ("reminders/digest", "caso@example.org"),
            ("reminders/digest", "caso@example.org"),
            ("reminders/digest", "coord@example.org"),
            ("reminders/digest", "caso@example.org"),
        ]

    def test_an_answer_silences_the_rest(self, checkpoint, subjects, office):
        self.at("2026-11-24 10:00")
        answer(checkpoint, {"situation": "employed", "contract_kind": "permanent"}, channel="link", by=None,
               now=rome("2026-11-24 11:00"))  # fmt: skip
        for day in ("11-27", "12-04", "12-09", "12-22"):
            self.at(f"2026-{day} 10:00")

        assert len(self.letters()) == 1

    def test_rem_23_an_owner_who_left_is_replaced_by_the_team_of_the_town(self, checkpoint, subjects, office):
        caseworker, _coordinator = office
        subjects.owner = User.objects.create_user("via@example.org", roles=["caseworker"], is_active=False)

        self.at("2026-12-09 10:00")

        assert ("reminders/digest", caseworker.email) in self.letters()

    def test_rem_23_an_owner_who_is_away_is_replaced_until_the_last_day_away(self, checkpoint, subjects, office):
        caseworker, _coordinator = office
        away = User.objects.create_user("ferie@example.org", roles=["caseworker"], absent_until=date(2026, 12, 14))
        subjects.owner = away

        self.at("2026-12-09 10:00")
        self.at("2026-12-15 10:00")

        assert self.letters()[-2:] == [("reminders/digest", caseworker.email), ("reminders/digest", away.email)]

    def test_coordinators_who_are_all_away_are_written_to_all_the_same(self, checkpoint, subjects, office):
        User.objects.update(absent_until=date(2027, 3, 1))

        self.at("2026-12-22 10:00")

        assert ("reminders/digest", "coord@example.org") in self.letters()

    def test_rem_23_without_anybody_in_the_town_the_coordinators_are_asked(self, checkpoint, subjects, office):
        caseworker, coordinator = office
        caseworker.is_active = False
        caseworker.save()

        self.at("2026-12-09 10:00")

        assert ("reminders/digest", coordinator.email) in self.letters()

    def test_without_an_address_the_office_is_asked_to_call_on_the_day(self, checkpoint, subjects, office):
        subjects.owner, _coordinator = office
        subjects.email = ""

        self.at("2026-11-24 10:00")

        assert self.letters() == [("reminders/digest", "caso@example.org")]

    def test_a_path_closed_meanwhile_is_looked_at_before_sending(self, checkpoint, subjects):
        subjects.is_open = False

        self.at("2026-11-24 10:00")

        assert self.letters() == []
        assert Reminder.objects.get(audience="person", wave=1).state == "skipped"


def test_the_board_divides_what_is_asked_by_how_late_it_is(opened):
    opened(date(2026, 10, 24), offsets=(1, 3))
    today = date(2026, 11, 30)
    asked = Checkpoint.objects.asked()

    assert [group.count() for group in (asked.waiting(today), asked.to_call(today), asked.overdue(today))] == [1, 0, 0]
    assert [asked.to_call(date(2026, 12, 8)).count(), asked.overdue(date(2027, 1, 8)).count()] == [1, 1]
