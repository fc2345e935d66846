"""A plan changed by hand, and an answer corrected."""

from datetime import date

import pytest

from oltreiperimetri.accounts.models import AccessLink, User
from oltreiperimetri.audit.models import AuditEntry
from oltreiperimetri.followups.domain.answer import answer, answer_by_link, correct
from oltreiperimetri.followups.domain.plan import add_checkpoint, move_anchor, move_checkpoint, stop_plan
from oltreiperimetri.followups.models import Answer
from oltreiperimetri.reminders.models import Reminder
from oltreiperimetri.shared.errors import DomainError

from .conftest import rome

NOW = rome("2026-11-24 10:00")


def refused(verb, *args, **kwargs) -> str:
    with pytest.raises(DomainError) as refusal:
        verb(*args, **kwargs)
    return refusal.value.code


def due_days(plan):
    return list(plan.checkpoints.order_by("months").values_list("due_on", flat=True))


class TestPlan:
    def test_a_checkpoint_is_added_from_the_anchor_with_its_ladder(self, opened):
        plan = opened(date(2026, 8, 31), offsets=(1,))

        added = add_checkpoint(plan, 6, by=None, now=NOW)

        assert added.due_on == date(2027, 2, 28)
        assert Reminder.objects.filter(subject_id=added.pk, state="planned").count() == 8
        assert AuditEntry.objects.filter(action="add_checkpoint").exists()

    def test_a_completed_plan_is_open_again_with_one_more(self, opened):
        plan = opened(offsets=(1,))
        answer(plan.checkpoints.get(), {"situation": "training"}, channel="phone", by=None, now=NOW)
        plan.refresh_from_db()

        add_checkpoint(plan, 12, by=None, now=NOW)

        assert plan.state == "open"

    @pytest.mark.parametrize(
        ("months", "code"), [(0, "out_of_range"), (61, "out_of_range"), (1, "there_already"), (-1, "out_of_range")]
    )
    def test_what_cannot_be_added(self, opened, months, code):
        assert refused(add_checkpoint, opened(), months, by=None, now=NOW) == code

    def test_a_day_that_has_passed_is_not_added(self, opened):
        assert refused(add_checkpoint, opened(date(2026, 1, 10), offsets=(12,)), 3, by=None, now=NOW) == "past"

    def test_nothing_is_added_to_a_stopped_plan(self, opened):
        plan = opened()
        stop_plan(plan, by=None, now=NOW, reason="Basta")

        assert refused(add_checkpoint, plan, 6, by=None, now=NOW) == "stopped"

    def test_moved_by_hand_it_keeps_its_distance_when_the_anchor_moves(self, opened):
        plan = opened(offsets=(3,))
        checkpoint = plan.checkpoints.get()

        move_checkpoint(checkpoint, date(2027, 2, 1), by=None, now=NOW)
        assert (due_days(plan), checkpoint.shift_days) == ([date(2027, 2, 1)], 8)
        assert Reminder.objects.get(audience="person", wave=1).wanted_at == rome("2027-02-01 09:00")

        move_anchor(plan, date(2026, 11, 24), by=None, now=NOW)
        assert due_days(plan) == [date(2027, 3, 4)]

    @pytest.mark.parametrize(("due_on", "code"), [(date(2027, 2, 22), "too_far"), (date(2026, 11, 23), "past")])
    def test_how_far_it_may_move(self, opened, due_on, code):
        checkpoint = opened(offsets=(3,)).checkpoints.get()

        assert refused(move_checkpoint, checkpoint, due_on, by=None, now=NOW) == code

    def test_an_answered_checkpoint_stays(self, checkpoint):
        answer(checkpoint, {"situation": "training"}, channel="phone", by=None, now=NOW)

        assert refused(move_checkpoint, checkpoint, date(2026, 12, 1), by=None, now=NOW) == "settled"


class TestCorrection:
    def test_the_earlier_answer_is_kept_and_no_reminder_starts_again(self, checkpoint):
        given = answer(checkpoint, {"situation": "searching", "note": "Cerco"}, channel="link", by=None, now=NOW)
        before = list(Reminder.objects.values_list("pk", "state", "round"))

        data = {"situation": "employed", "contract_kind": "permanent", "same_firm": False}
        correct(given, data, channel="link", by=None, now=rome("2026-11-26 10:00"))

        stored = Answer.objects.get()
        (version,) = stored.versions.all()
        assert (stored.situation, stored.answered_at, stored.corrected_at) == ("employed", NOW, rome("2026-11-26 10:00"))
        assert (version.situation, version.note, version.said_at) == ("searching", "Cerco", NOW)
        assert list(Reminder.objects.values_list("pk", "state", "round")) == before
        assert set(AuditEntry.objects.get(action="correct").changes) == {"situation", "contract_kind", "same_firm", "note"}

    def test_the_same_answer_again_changes_nothing(self, checkpoint):
        given = answer(checkpoint, {"situation": "searching"}, channel="link", by=None, now=NOW)

        correct(given, {"situation": "searching"}, channel="link", by=None, now=NOW)

        assert not given.versions.exists()

    def test_the_person_corrects_for_a_week_the_office_at_any_time(self, checkpoint):
        given = answer(checkpoint, {"situation": "searching"}, channel="link", by=None, now=NOW)
        late = rome("2026-12-01 10:00")
        from_link = {"situation": "training"}

        assert refused(answer_by_link, AccessLink(), checkpoint, from_link, now=late) == "answered"
        correct(given, from_link, channel="phone", by=None, now=late)
        assert Answer.objects.get().situation == "training"

    def test_a_call_asked_for_in_a_correction_is_to_be_made(self, checkpoint):
        given = answer(checkpoint, {"situation": "searching"}, channel="link", by=None, now=NOW)

        correct(given, {"situation": "searching", "wants_call": True}, channel="link", by=None, now=NOW)

        assert type(checkpoint).objects.call_back().get() == checkpoint


class TestPages:
    @pytest.fixture(autouse=True)
    def coordinator(self, client, db, time_machine, settings):
        settings.SECOND_FACTOR_REQUIRED = False
        time_machine.move_to(NOW)
        user = User.objects.create_user("coord@example.org", roles=["coordinator"])
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    def test_the_office_adds_moves_stops_and_opens_again(self, client, opened):
        plan = opened(offsets=(3,))
        checkpoint, page = plan.checkpoints.get(), f"/monitoraggio/piani/{plan.pk}/"

        sent = [
            client.post(f"{page}aggiungi/", {"add-months": "6"}),
            client.post(f"/monitoraggio/{checkpoint.pk}/sposta/", {"move-due_on": "1/2/2027"}),
            client.post(f"{page}ferma/", {"state-note": "Si è trasferita"}),
            client.post(f"{page}riapri/", {"state-note": "È tornata"}),
        ]

        assert [response.status_code for response in sent] == [302] * 4
        plan.refresh_from_db()
        assert (plan.state, due_days(plan)) == ("open", [date(2027, 2, 1), date(2027, 4, 24)])
        assert len(client.get(page).context["history"]) == 2

    def test_a_refusal_stands_where_it_was_typed(self, client, opened):
        plan = opened(offsets=(3,))

        added = client.post(f"/monitoraggio/piani/{plan.pk}/aggiungi/", {"add-months": "3"})
        moved = client.post(f"/monitoraggio/{plan.checkpoints.get().pk}/sposta/", {"move-due_on": "1/9/2027"})

        assert "months" in added.context["add_form"].errors
        assert "due_on" in moved.context["move_form"].errors
        assert (added.status_code, moved.status_code) == (422, 422)

    def test_an_answer_is_corrected_by_phone_and_the_page_shows_what_it_was(self, client, checkpoint):
        answer(checkpoint, {"situation": "searching"}, channel="link", by=None, now=NOW)
        data = {"answer-channel": "phone", "answer-situation": "self_employed"}

        client.post(f"/monitoraggio/{checkpoint.pk}/risposta/", data)

        page = client.get(f"/monitoraggio/{checkpoint.pk}/")
        assert page.context["answer"].situation == "self_employed"
        assert len(page.context["versions"]) == 1

    @pytest.mark.parametrize("channel", ["phone", "office", "message", "registry", "other"])
    def test_an_answer_that_came_another_way_stops_the_ladder(self, client, checkpoint, channel):
        data = {"answer-channel": channel, "answer-situation": "self_employed"}

        client.post(f"/monitoraggio/{checkpoint.pk}/risposta/", data)

        assert Answer.objects.get().channel == channel
        assert not Reminder.objects.filter(state="planned").exists()

    def test_the_next_form_starts_from_the_last_answer(self, client, opened):
        first, second = opened(offsets=(1, 3)).checkpoints.order_by("months")
        answer(first, {"situation": "searching", "note": "Segreto"}, channel="phone", by=None, now=NOW)

        form = client.get(f"/monitoraggio/{second.pk}/").context["answer_form"]

        assert (form.initial["situation"], "note" in form.initial) == ("searching", False)
