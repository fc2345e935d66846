import re

import pytest
from django.core import mail

from oltreiperimetri.accounts.models import User
from oltreiperimetri.followups.domain.answer import answer, log_attempt, mark_refused, mark_unreachable, send_again, waive
from oltreiperimetri.followups.models import Answer
from oltreiperimetri.reminders import engine
from oltreiperimetri.reminders.models import Reminder
from oltreiperimetri.shared.errors import DomainError

from .conftest import rome

ON_THE_DAY = rome("2026-11-24 10:00")
LINK = re.compile(r"/rispondi/monitoraggio/[\w-]+/")


def link_in(letter):
    return LINK.search(letter.body).group()


@pytest.fixture
def link(checkpoint, time_machine):
    """The link in the mail that the engine really sent on the day."""
    time_machine.move_to(ON_THE_DAY)
    engine.emit_due(now=ON_THE_DAY)
    engine.deliver(now=ON_THE_DAY)
    return link_in(mail.outbox[-1])


@pytest.fixture
def caseworker(db):
    user = User.objects.create_user("caso@example.org", roles=["caseworker"])
    user.municipalities.add("015182")
    return user


class TestLink:
    def test_rem_24_the_mail_has_both_parts_in_italian_and_its_link_works_without_sign_in_and_once(
        self, link, client, time_machine
    ):
        letter = mail.outbox[-1]
        (html,) = letter.alternatives
        opened = client.get(link)
        looked_again = client.get(link)
        sent = client.post(link, {"situation": "employed", "contract_kind": "fixed_term", "same_firm": "yes"})
        time_machine.move_to(rome("2026-12-01 10:01"))
        second = client.post(link, {"situation": "searching"})

        assert link in html.content
        assert [r.status_code for r in (opened, looked_again, sent, second)] == [200, 200, 200, 410]
        given = Answer.objects.get()
        assert (given.situation, given.contract_kind, given.same_firm, given.channel, given.by) == (
            "employed",
            "fixed_term",
            True,
            "link",
            None,
        )

    def test_opening_the_link_records_nothing(self, link, client):
        client.get(link)

        assert not Answer.objects.exists()

    def test_what_does_not_fit_the_situation_is_left_out(self, link, client):
        client.post(link, {"situation": "searching", "contract_kind": "permanent", "same_firm": "no", "usefulness": "4"})

        given = Answer.objects.get()
        assert (given.contract_kind, given.same_firm, given.usefulness) == ("", None, 4)

    def test_a_contract_is_asked_of_who_has_one_and_what_was_typed_is_kept(self, link, client):
        response = client.post(link, {"situation": "employed", "note": "Ciao a tutti"})

        assert response.status_code == 422
        assert "contract_kind" in response.context["form"].errors
        assert "Ciao a tutti" in response.content.decode()
        assert not Answer.objects.exists()

    def test_a_changed_link_gets_the_page_of_any_unknown_one(self, link, client):
        changed = client.get(link[:-2] + "x/")
        invented = client.get("/rispondi/monitoraggio/invented/")

        assert changed.status_code == invented.status_code == 404
        assert changed.content == invented.content

    def test_an_expired_link_looks_like_an_unknown_one(self, link, client, time_machine):
        time_machine.move_to(rome("2027-06-01 10:00"))

        assert client.get(link).status_code == 404

    def test_a_link_sent_again_is_a_fresh_one_and_the_older_still_opens(self, checkpoint, link, client, caseworker):
        send_again(checkpoint, by=caseworker, now=rome("2026-11-25 22:00"))
        engine.deliver(now=rome("2026-11-25 22:00"))  # an answer to a request: no quiet hours

        fresh = link_in(mail.outbox[-1])
        assert fresh != link
        assert client.get(link).status_code == client.get(fresh).status_code == 200

    def test_an_answer_stops_every_later_step(self, link, client):
        client.post(link, {"situation": "training"})

        assert not Reminder.objects.filter(state="planned").exists()


class TestOffice:
    def test_an_answer_by_phone_says_who_recorded_it(self, checkpoint, caseworker):
        given = answer(checkpoint, {"situation": "self_employed"}, channel="phone", by=caseworker, now=ON_THE_DAY)

        assert (given.by, given.channel, checkpoint.state) == (caseworker, "phone", "answered")

    def test_a_second_answer_is_refused(self, checkpoint, caseworker):
        answer(checkpoint, {"situation": "searching"}, channel="phone", by=caseworker, now=ON_THE_DAY)

        with pytest.raises(DomainError):
            answer(checkpoint, {"situation": "employed"}, channel="phone", by=caseworker, now=ON_THE_DAY)

    def test_an_answer_weeks_before_the_day_is_refused(self, checkpoint):
        with pytest.raises(DomainError):
            answer(checkpoint, {"situation": "searching"}, channel="phone", by=None, now=rome("2026-11-01 10:00"))

    def test_nobody_is_called_unreachable_before_three_attempts_in_two_ways(self, checkpoint, caseworker):
        for channel in ("phone", "phone", "phone"):
            log_attempt(checkpoint, channel=channel, note="", by=caseworker, now=ON_THE_DAY)
        with pytest.raises(DomainError):
            mark_unreachable(checkpoint, by=caseworker, now=ON_THE_DAY)
        log_attempt(checkpoint, channel="message", note="", by=caseworker, now=ON_THE_DAY)

        mark_unreachable(checkpoint, by=caseworker, now=ON_THE_DAY)

        assert checkpoint.state == "unreachable"

    @pytest.mark.parametrize(("verb", "state"), [(mark_refused, "refused"), (waive, "waived")])
    def test_closing_without_an_answer_keeps_the_reason(self, checkpoint, caseworker, verb, state):
        with pytest.raises(DomainError):
            verb(checkpoint, by=caseworker, now=ON_THE_DAY, note=" ")

        verb(checkpoint, by=caseworker, now=ON_THE_DAY, note="Lo ha detto al telefono")

        assert checkpoint.state == state
        assert not Reminder.objects.filter(state="planned").exists()
