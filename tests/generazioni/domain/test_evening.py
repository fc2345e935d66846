from datetime import timedelta

import pytest

from generazioni import reminders
from generazioni.domain import evening as verbs
from generazioni.domain import guest as guests
from generazioni.domain.queries import calendar_entry
from generazioni.models import Evening
from oltreiperimetri.reminders import engine
from oltreiperimetri.reminders.models import Message, Reminder
from oltreiperimetri.shared.dates import at_rome
from oltreiperimetri.shared.errors import DomainError
from tests.factories.accounts import UserFactory
from tests.factories.evenings import DAY, NOW, EveningFactory, GuestFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def caseworker():
    return UserFactory(caseworker=True)


def told() -> list[tuple[str, str]]:
    return sorted(Message.objects.values_list("template", "recipient"))


def test_draft_is_published_once_and_never_in_the_past(caseworker):
    evening = EveningFactory(draft=True)
    with pytest.raises(DomainError) as refusal:
        verbs.publish(evening, by=caseworker, now=DAY)
    assert refusal.value.code == "past"

    verbs.publish(evening, by=caseworker, now=NOW)

    assert (evening.state, evening.published_at) == (Evening.State.PUBLISHED, NOW)
    with pytest.raises(DomainError):
        verbs.publish(evening, by=caseworker, now=NOW)


def test_moving_an_evening_tells_who_has_a_seat_and_who_waits(caseworker):
    evening = EveningFactory(capacity=1)
    seated, waiting = GuestFactory(evening=evening), GuestFactory(evening=evening, waiting=True)
    GuestFactory(evening=evening, gave_up=True)

    verbs.change(evening, {"place": "Auditorium"}, by=caseworker, now=NOW)

    expected = [("generazioni/evening_moved", guest.email) for guest in (seated, waiting)]
    assert told() == sorted(expected)
    assert calendar_entry(evening, url="").sequence == 1


def test_changing_words_tells_nobody(caseworker):
    guest = GuestFactory()
    verbs.change(guest.evening, {"title": "Un titolo migliore"}, by=caseworker, now=NOW)
    assert told() == []
    assert guest.evening.sequence == 0


def test_who_gave_only_a_number_is_to_be_called_when_the_evening_moves(caseworker):
    guest = GuestFactory(only_phone=True)
    verbs.change(guest.evening, {"starts_at": DAY - timedelta(hours=1)}, by=caseworker, now=NOW)
    guest.refresh_from_db()
    assert guest.call_about == "moved"


def test_more_seats_go_to_those_who_wait(caseworker):
    evening = EveningFactory(capacity=1)
    GuestFactory(evening=evening)
    waiting = [GuestFactory(evening=evening, waiting=True) for _number in range(3)]

    verbs.change(evening, {"capacity": 3}, by=caseworker, now=NOW)

    assert list(evening.guests.waiting()) == waiting[2:]
    assert told() == sorted(("generazioni/evening_promoted", guest.email) for guest in waiting[:2])


def test_seats_cannot_be_fewer_than_those_taken(caseworker):
    evening = EveningFactory(capacity=3)
    people = [GuestFactory(evening=evening) for _number in range(3)]
    guests.give_back(people[0], by=None, now=NOW)

    with pytest.raises(DomainError) as refusal:
        verbs.change(evening, {"capacity": 1}, by=caseworker, now=NOW)
    assert (refusal.value.code, refusal.value.field) == ("too_few_seats", "capacity")

    verbs.change(evening, {"capacity": 2}, by=caseworker, now=NOW)
    assert sorted(evening.guests.seated().values_list("seat", flat=True)) == [1, 2]
    assert Evening.objects.with_counts().get(pk=evening.pk).seats_left == 0


def test_published_evening_cannot_be_moved_into_the_past(caseworker):
    with pytest.raises(DomainError) as refusal:
        verbs.change(EveningFactory(), {"starts_at": NOW - timedelta(days=1)}, by=caseworker, now=NOW)
    assert refusal.value.field == "day"


def test_cancelling_tells_everybody_why_and_keeps_the_appointment_as_cancelled(caseworker):
    evening = EveningFactory(capacity=1)
    seated, waiting = GuestFactory(evening=evening), GuestFactory(evening=evening, waiting=True)

    verbs.cancel(evening, by=caseworker, now=NOW, reason="La relatrice è malata.")

    assert told() == sorted(("generazioni/evening_cancelled", guest.email) for guest in (seated, waiting))
    assert all("La relatrice è malata." in message.body for message in Message.objects.all())
    assert not any("/rispondi/serata/" in message.body for message in Message.objects.all())
    entry = calendar_entry(evening, url="")
    assert (entry.is_cancelled, entry.sequence) == (True, 1)
    assert Evening.objects.public().get() == evening


def test_cancelling_needs_a_reason_and_an_evening_that_is_not_over(caseworker):
    for now, reason in ((NOW, ""), (DAY + timedelta(days=1), "Tardi")):
        with pytest.raises(DomainError):
            verbs.cancel(EveningFactory(), by=caseworker, now=now, reason=reason)


def test_dropped_draft_is_never_public(caseworker):
    verbs.cancel(EveningFactory(draft=True), by=caseworker, now=NOW, reason="Doppione")
    assert not Evening.objects.public().exists()


def test_who_came_closes_the_evening_and_can_be_corrected(caseworker):
    evening = EveningFactory()
    here, absent = GuestFactory(evening=evening), GuestFactory(evening=evening)
    with pytest.raises(DomainError) as refusal:
        verbs.note_who_came(evening, [here.pk], by=caseworker, now=NOW)
    assert refusal.value.code == "too_early"

    verbs.note_who_came(evening, [here.pk], by=caseworker, now=DAY)
    assert (evening.state, dict(evening.guests.values_list("pk", "came"))) == ("held", {here.pk: True, absent.pk: False})

    verbs.note_who_came(evening, [absent.pk], by=caseworker, now=DAY)
    assert dict(evening.guests.values_list("pk", "came")) == {here.pk: False, absent.pk: True}


def test_reminder_goes_the_day_before_to_whoever_still_has_a_seat(caseworker):
    evening = EveningFactory(capacity=2)
    comes, gives_up = GuestFactory(evening=evening), GuestFactory(evening=evening)
    GuestFactory(evening=evening, waiting=True)
    engine.plan_all(now=NOW)
    assert Reminder.objects.filter(state="planned").count() == 2
    guests.give_back(gives_up, by=None, now=NOW)
    Message.objects.all().delete()

    engine.emit_due(now=at_rome(evening.day - timedelta(days=1), 11))

    assert ("generazioni/evening_tomorrow", comes.email) in told()
    assert ("generazioni/evening_tomorrow", gives_up.email) not in told()


def test_reminder_follows_the_evening_and_stops_when_it_is_cancelled(caseworker):
    guest = GuestFactory()
    evening = guest.evening
    engine.plan(guest, now=NOW)
    later = {"starts_at": DAY + timedelta(days=7), "ends_at": DAY + timedelta(days=7, hours=2)}
    verbs.change(evening, later, by=caseworker, now=NOW)
    assert Reminder.objects.get().wanted_at == at_rome(evening.day - timedelta(days=1), 9)

    verbs.cancel(evening, by=caseworker, now=NOW, reason="Sala chiusa")
    assert Reminder.objects.get().state == "cancelled"


def test_nobody_is_reminded_of_a_seat_taken_on_the_eve():
    eve = at_rome(DAY.date() - timedelta(days=1), 18)
    assert reminders.evening_wanted(GuestFactory(seated_at=eve)) == []
