from datetime import timedelta

import pytest
from django.core.management import call_command

from oltreiperimetri.accounts.models import User
from oltreiperimetri.reminders import engine
from oltreiperimetri.reminders.models import Heartbeat, Message

from .conftest import NOW


@pytest.fixture
def coordinator(client, db, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    user = User.objects.create_user("coord@example.org", roles=["coordinator"])
    client.force_login(user)
    return client


@pytest.fixture
def busy(facts):
    """Fills every list of the page: planned, skipped, sent, waiting and failed, `count` of each."""

    def fill(count):
        start = Message.objects.count()
        for number in range(start, start + count):
            subject = User.objects.create_user(f"p{number}@example.org")
            facts.want(subject, NOW, wave=0)
            facts.want(subject, NOW + timedelta(days=30), wave=1)
            engine.plan(subject, now=NOW)
        engine.emit_due(now=NOW)
        Message.objects.filter(state="queued").update(state="failed")

    return fill


@pytest.mark.parametrize("view", ["planned", "waiting", "sent", "skipped", "failed", "nonsense"])
def test_every_list_opens(coordinator, busy, view):
    busy(3)

    assert coordinator.get(f"/messaggi/?vista={view}&tipo=tests.note&indirizzo=p1").status_code == 200


@pytest.mark.parametrize("view", ["planned", "failed"])
def test_the_list_costs_the_same_with_one_three_and_fifty_rows(coordinator, busy, view, django_assert_max_num_queries):
    costs = []
    for more in (1, 2, 47):
        busy(more)
        with django_assert_max_num_queries(8) as captured:
            coordinator.get(f"/messaggi/?vista={view}")
        costs.append(len(captured))

    assert len(set(costs)) == 1


def test_the_page_shows_no_link_and_no_text_of_a_message(coordinator, busy):
    busy(1)
    Message.objects.update(body="https://example.org/rispondi/monitoraggio/secrettoken/")

    assert "secrettoken" not in coordinator.get("/messaggi/?vista=failed").content.decode()


def test_a_failed_message_is_tried_again_by_a_button(coordinator, busy):
    busy(1)
    message = Message.objects.get()

    coordinator.post(f"/messaggi/{message.pk}/riprova/")

    message.refresh_from_db()
    assert (message.state, message.attempt) == ("queued", 0)


@pytest.mark.django_db
def test_send_due_does_the_round_once_for_cron(facts, person, mailoutbox, time_machine, capsys):
    time_machine.move_to(NOW)
    facts.want(person, NOW - timedelta(minutes=5))

    call_command("send_due")
    call_command("send_due")

    assert len(mailoutbox) == 1
    assert set(Heartbeat.objects.values_list("pk", flat=True)) == {"plan-all", "emit-due", "deliver", "sweep"}
    assert "sent: 1" in capsys.readouterr().out
