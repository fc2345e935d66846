"""The forecast says who gets what and why; what is then sent is exactly that."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from oltreiperimetri.reminders import acts, engine
from oltreiperimetri.reminders.forecast import forecast
from oltreiperimetri.reminders.models import ContactPoint, Message, Reminder
from oltreiperimetri.shared.errors import DomainError
from tests.factories.accounts import UserFactory

from .conftest import NOW, rome

RHO = "015182"


@pytest.fixture
def several(facts, django_user_model):
    """Two weeks of steps: crowded days, a Sunday, a refused address, a step whose time ends at night."""
    people = [django_user_model.objects.create_user(f"p{number}@example.org") for number in range(6)]
    for number, person in enumerate(people):
        for wave, day in enumerate((0, number, number + 1, 5, 9)):
            facts.want(person, NOW + timedelta(days=day, hours=wave), wave=wave)
        engine.plan(person, now=NOW - timedelta(days=1))
    late = facts.want(people[0], rome("2026-11-26 20:00"), wave=9, not_after=rome("2026-11-26 21:00"))
    engine.plan(people[0], now=NOW - timedelta(days=1))
    ContactPoint.objects.create(address=people[1].email, status=ContactPoint.Status.REFUSED)
    return people, late


def test_what_is_sent_in_fourteen_days_is_what_was_foretold(several):
    foretold = {(one.reminder.pk, one.decision.state, one.at.astimezone(NOW.tzinfo).date()) for one in forecast(now=NOW)}

    moment = NOW
    while moment <= NOW + timedelta(days=14):
        engine.emit_due(now=moment)
        moment += timedelta(minutes=30)

    handled = Reminder.objects.exclude(handled_at=None)
    assert {(row.pk, row.state, row.handled_at.astimezone(NOW.tzinfo).date()) for row in handled} == foretold
    assert Message.objects.count() == sum(state == "emitted" for _pk, state, _day in foretold) > 10


def test_the_forecast_writes_nothing(several):
    before = list(Reminder.objects.order_by("pk").values())

    forecast(now=NOW)

    assert (list(Reminder.objects.order_by("pk").values()), Message.objects.count()) == (before, 0)


def test_a_held_step_waits_and_is_not_foretold_until_let_go(facts, person):
    office = UserFactory(coordinator=True)
    facts.want(person, NOW)
    engine.plan(person, now=NOW)
    reminder = Reminder.objects.get()

    acts.hold(reminder, by=office, now=NOW)
    assert (engine.emit_due(now=NOW), forecast(now=NOW)) == ({}, [])
    acts.let_go(reminder, by=office, now=NOW)

    assert engine.emit_due(now=NOW) == {"emitted": 1}


def test_send_now_goes_at_night_too_and_once(facts, person):
    office, night = UserFactory(coordinator=True), rome("2026-11-24 23:00")
    facts.want(person, rome("2026-11-30 09:00"))
    engine.plan(person, now=NOW)
    reminder = Reminder.objects.get()

    acts.send_now(reminder, by=office, now=night)

    assert Message.objects.get().recipient == person.email
    with pytest.raises(DomainError):
        acts.send_now(reminder, by=office, now=night)


def test_send_now_looks_at_the_present_truth_all_the_same(facts, person):
    facts.want(person, rome("2026-11-30 09:00"))
    engine.plan(person, now=NOW)
    facts.reason = "settled"

    with pytest.raises(DomainError, match="settled"):
        acts.send_now(Reminder.objects.get(), by=UserFactory(coordinator=True), now=NOW)

    assert not Message.objects.exists()


def test_the_patrons_day_of_a_town_is_a_holiday_there_only(facts, person):
    facts.town = RHO
    facts.want(person, rome("2026-05-08 10:00"))  # Friday, the patron of Rho
    engine.plan(person, now=rome("2026-05-01 10:00"))
    assert Reminder.objects.get().due_at == rome("2026-05-09 08:30")

    facts.town = "015211"
    engine.plan(person, now=rome("2026-05-01 10:00"))
    Reminder.objects.all().delete()
    engine.plan(person, now=rome("2026-05-01 10:00"))

    assert Reminder.objects.get().due_at == rome("2026-05-08 10:00")


def test_a_step_put_off_to_a_patrons_day_goes_the_day_after(facts, person):
    facts.town = RHO
    facts.want(person, rome("2026-05-07 10:00"))
    engine.plan(person, now=rome("2026-05-01 10:00"))

    engine.emit_due(now=rome("2026-05-08 10:00"))
    assert not Message.objects.exists()
    engine.emit_due(now=rome("2026-05-09 08:30"))

    assert Message.objects.count() == 1


def test_the_page_tells_the_forecast_and_its_buttons_hold_and_let_go(client, facts, person):
    facts.want(person, timezone.now() + timedelta(days=3))
    engine.plan(person, now=timezone.now())
    reminder = Reminder.objects.get()
    client.force_login(UserFactory(coordinator=True))
    client.post(reverse("reminders:foresee"))

    shown = client.get(reverse("reminders:forecast")).context["page_obj"].object_list
    client.post(reverse("reminders:act_on_step", args=[reminder.pk, "tieni"]))
    after = client.get(reverse("reminders:forecast")).context
    client.post(reverse("reminders:act_on_step", args=[reminder.pk, "lascia"]))

    assert [line.reminder for line in shown] == [reminder]
    assert (list(after["page_obj"].object_list), after["held"]) == ([], [reminder])
    assert Reminder.objects.get().held_at is None


def test_the_page_costs_the_same_with_one_three_and_fifty_lines(
    client, facts, django_user_model, django_assert_max_num_queries
):
    client.force_login(UserFactory(coordinator=True))
    costs = []
    for more in (1, 2, 47):
        for number in range(more):
            subject = django_user_model.objects.create_user(f"p{more}-{number}@example.org")
            facts.want(subject, timezone.now() + timedelta(days=3))
            engine.plan(subject, now=timezone.now())
        engine.foresee(now=timezone.now())
        with django_assert_max_num_queries(10) as captured:
            client.get(reverse("reminders:forecast"))
        costs.append(len(captured))

    assert len(set(costs)) == 1
