"""Places at an evening: never one more than the seats, first come first served, passed on when given back."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from generazioni.domain import guest as verbs
from generazioni.models import Guest
from oltreiperimetri.accounts.models import AccessLink
from oltreiperimetri.reminders.models import Message
from oltreiperimetri.shared.errors import DomainError
from tests.factories.accounts import UserFactory
from tests.factories.evenings import DAY, NOW, EveningFactory, GuestFactory

pytestmark = pytest.mark.django_db


def sign_up(evening, email="anna@example.org", *, phone="", by=None, now=NOW):
    values = {"name": "Anna Prova", "email": email, "phone": phone}
    return verbs.sign_up(evening, values, by=by, now=now)


def mails() -> list[tuple[str, str]]:
    return list(Message.objects.order_by("pk").values_list("template", "recipient"))


def test_first_person_gets_the_first_seat_and_a_mail_with_a_link():
    outcome = sign_up(EveningFactory())

    assert (outcome.guest.state, outcome.guest.seat, outcome.had_room) == ("seated", 1, True)
    assert mails() == [("generazioni/evening_place", "anna@example.org")]
    assert AccessLink.objects.get().subject_id == outcome.guest.pk


def test_person_beyond_the_seats_waits_in_order():
    evening = EveningFactory(capacity=1)
    sign_up(evening, "prima@example.org")

    second, third = sign_up(evening, "seconda@example.org"), sign_up(evening, "terza@example.org")

    assert [(o.guest.state, o.guest.position, o.had_room) for o in (second, third)] == [
        ("waiting", 1, False),
        ("waiting", 2, False),
    ]
    assert verbs.rank_on_the_list(third.guest) == 2


@pytest.mark.parametrize(
    ("first", "again"),
    [
        ({"email": "anna@example.org"}, {"email": "anna@example.org"}),
        ({"email": "", "phone": "+390293200000"}, {"email": "", "phone": "+390293200000"}),
        ({"email": "anna@example.org", "phone": "+390293200000"}, {"email": "altra@example.org", "phone": "+390293200000"}),
    ],
)
def test_same_person_twice_has_one_seat(first, again):
    evening = EveningFactory()
    sign_up(evening, **first)

    outcome = sign_up(evening, **again)

    assert (outcome.is_new, outcome.had_room) == (False, True)
    assert evening.guests.count() == 1
    assert {recipient for _template, recipient in mails()} <= {first["email"]}


def test_repeated_sign_up_sends_the_confirmation_again_but_once_an_hour():
    evening = EveningFactory()
    for minutes in (0, 1, 2, 70):
        sign_up(evening, now=NOW + timedelta(minutes=minutes))

    assert len(mails()) == 2


def test_seat_given_back_goes_to_the_first_who_waits_and_he_is_told():
    evening = EveningFactory(capacity=1)
    seated = GuestFactory(evening=evening)
    first, second = GuestFactory(evening=evening, waiting=True), GuestFactory(evening=evening, waiting=True)

    verbs.give_back(seated, by=None, now=NOW)

    states = dict(evening.guests.values_list("pk", "state"))
    assert states == {seated.pk: "cancelled", first.pk: "seated", second.pk: "waiting"}
    assert mails() == [("generazioni/evening_promoted", first.email)]


def test_promoted_person_without_an_address_is_to_be_called():
    evening = EveningFactory(capacity=1)
    seated = GuestFactory(evening=evening)
    waiting = GuestFactory(evening=evening, waiting=True, only_phone=True)

    verbs.give_back(seated, by=None, now=NOW)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.call_about) == ("seated", "promoted")

    verbs.note_call(waiting, by=UserFactory(caseworker=True), now=NOW)
    assert not Guest.objects.to_call().exists()
    with pytest.raises(DomainError):
        verbs.note_call(waiting, by=None, now=NOW)


def test_person_who_gave_up_and_comes_back_goes_to_the_end_of_the_list():
    evening = EveningFactory(capacity=1)
    guest = sign_up(evening).guest
    GuestFactory(evening=evening, waiting=True)
    verbs.give_back(guest, by=None, now=NOW)

    again = sign_up(evening)

    assert (again.is_new, again.guest.state, again.guest.position) == (True, "waiting", 2)


def test_nobody_is_promoted_after_the_beginning():
    evening = EveningFactory(capacity=1)
    seated, waiting = GuestFactory(evening=evening), GuestFactory(evening=evening, waiting=True)

    verbs.give_back(seated, by=UserFactory(caseworker=True), now=DAY + timedelta(minutes=5))

    waiting.refresh_from_db()
    assert waiting.state == "waiting"


@pytest.mark.parametrize(
    ("traits", "now", "code"),
    [
        ({"draft": True}, NOW, "not_open"),
        ({"cancelled": True}, NOW, "not_open"),
        ({"held": True}, NOW, "not_open"),
        ({}, DAY, "begun"),
    ],
)
def test_closed_evening_takes_nobody(traits, now, code):
    with pytest.raises(DomainError) as refusal:
        sign_up(EveningFactory(**traits), now=now)
    assert refusal.value.code == code


def test_staff_add_somebody_at_the_door_while_there_is_room():
    caseworker = UserFactory(caseworker=True)
    evening = EveningFactory(capacity=1)
    late = DAY + timedelta(minutes=10)

    assert sign_up(evening, by=caseworker, now=late).guest.seat == 1
    with pytest.raises(DomainError) as refusal:
        sign_up(evening, "altra@example.org", by=caseworker, now=late)
    assert refusal.value.code == "full"


def test_place_cannot_be_given_back_twice_or_after_the_beginning():
    guest = GuestFactory()
    with pytest.raises(DomainError):
        verbs.give_back(guest, by=None, now=DAY)
    verbs.give_back(guest, by=None, now=NOW)
    with pytest.raises(DomainError):
        verbs.give_back(guest, by=None, now=NOW)


def test_database_refuses_two_people_on_one_seat_and_a_guest_nobody_can_reach():
    guest = GuestFactory()
    for wrong in ({"evening": guest.evening, "seat": guest.seat}, {"email": "", "phone": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            GuestFactory(**wrong)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
@pytest.mark.parametrize("has_lock", [True, False])
def test_twenty_people_at_once_never_get_more_seats_than_there_are(has_lock, monkeypatch):
    """With the lock everybody has a place; without it the constraint refuses those who met."""
    if not has_lock:
        monkeypatch.setattr(verbs, "lock", lambda evening: evening)
    evening, people = EveningFactory(capacity=5), 20
    barrier, outcomes = Barrier(people), []

    def take(number):
        barrier.wait()
        try:
            outcomes.append(sign_up(evening, f"persona{number}@example.org").guest.state)
        except IntegrityError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=take, args=(number,)) for number in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    seats = sorted(evening.guests.seated().values_list("seat", flat=True))
    assert len(outcomes) == people
    assert seats == sorted(set(seats))
    assert len(seats) <= 5
    if has_lock:
        assert (outcomes.count("seated"), outcomes.count("waiting")) == (5, 15)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_seats_given_back_all_at_once_go_to_as_many_who_wait():
    evening = EveningFactory(capacity=4)
    seated = [GuestFactory(evening=evening) for _number in range(4)]
    waiting = [GuestFactory(evening=evening, waiting=True) for _number in range(6)]
    barrier, errors = Barrier(4), []

    def leave(guest):
        barrier.wait()
        try:
            verbs.give_back(guest, by=None, now=NOW)
        except Exception as error:  # noqa: BLE001 - shown by the assertion below
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=leave, args=(guest,)) for guest in seated]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert list(evening.guests.seated().order_by("pk").values_list("pk", flat=True)) == [guest.pk for guest in waiting[:4]]
    assert sorted(evening.guests.seated().values_list("seat", flat=True)) == [1, 2, 3, 4]
