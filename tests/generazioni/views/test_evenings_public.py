"""Everybody signs up without an account, gives the place back by the link, and learns nothing about the others."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from generazioni.models import Guest
from oltreiperimetri.accounts.models import AccessLink
from oltreiperimetri.reminders.models import Message
from tests.factories.accounts import UserFactory
from tests.factories.evenings import EveningFactory, GuestFactory
from tests.pages import without_token

pytestmark = pytest.mark.django_db
ANNA = {"name": "Anna  Prova", "email": "Anna@Example.org", "phone": ""}


@pytest.fixture
def tomorrow():
    return timezone.now() + timedelta(days=1)


@pytest.fixture
def evening(tomorrow):
    return EveningFactory(starts_at=tomorrow, capacity=2)


def page_of(evening) -> str:
    return evening.get_absolute_url()


def link_path() -> str:
    body = Message.objects.latest("pk").body
    return "/" + next(word for word in body.split() if "/rispondi/serata/" in word).split("/", 3)[3]


def test_seat_is_taken_without_an_account(client, evening):
    answer = client.post(page_of(evening), ANNA, follow=True)

    assert answer.redirect_chain == [(reverse("generazioni:evening_done", args=[evening.pk]), 302)]
    assert Guest.objects.values("name", "email", "state").get() == {
        "name": "Anna Prova",
        "email": "anna@example.org",
        "state": "seated",
    }


def test_phone_alone_is_enough_and_nothing_at_all_is_not(client, evening):
    refused = client.post(page_of(evening), {"name": "Anna Prova", "email": "", "phone": ""})
    assert list(refused.context["form"].errors) == ["email"]
    assert refused.context["form"]["name"].value() == "Anna Prova"

    client.post(page_of(evening), {"name": "Anna Prova", "email": "", "phone": "02 93 20 00 00"})
    assert Guest.objects.get().phone == "+390293200000"


@pytest.mark.parametrize("capacity", [1, 2])
def test_known_and_unknown_person_get_the_same_page(client, tomorrow, capacity):
    evening = EveningFactory(starts_at=tomorrow, capacity=capacity)
    GuestFactory(evening=evening, email="nota@example.org")

    known = client.post(page_of(evening), ANNA | {"email": "nota@example.org"}, follow=True)
    unknown = client.post(page_of(evening), ANNA, follow=True)

    assert known.redirect_chain == unknown.redirect_chain
    assert without_token(known) == without_token(unknown)
    assert evening.guests.count() == 2


def test_full_evening_offers_the_waiting_list(client, tomorrow):
    evening = EveningFactory(starts_at=tomorrow, capacity=1)
    GuestFactory(evening=evening)

    answer = client.post(page_of(evening), ANNA, follow=True)

    assert answer.context["is_waiting"] is True
    assert evening.guests.waiting().get().position == 1


def test_program_that_fills_the_hidden_field_gets_the_page_and_no_seat(client, evening):
    answer = client.post(page_of(evening), ANNA | {"website": "https://example.org"})
    assert answer.status_code == 302
    assert not Guest.objects.exists()


def test_one_address_cannot_be_tried_for_ever(client, evening):
    statuses = [client.post(page_of(evening), ANNA).status_code for _attempt in range(11)]
    assert statuses == [302] * 10 + [429]


def test_link_shows_on_get_and_gives_the_seat_back_on_post(client, evening):
    client.post(page_of(evening), ANNA)
    waiting = GuestFactory(evening=evening, waiting=True)
    path = link_path()

    assert client.get(path).context["may_give_back"] is True
    assert Guest.objects.seated().count() == 1

    answer = client.post(path)
    assert (answer.status_code, answer.context["refusal"], answer.context["may_give_back"]) == (200, "", False)
    assert dict(evening.guests.values_list("email", "state")) == {"anna@example.org": "cancelled", waiting.email: "seated"}

    again = client.post(path)
    assert (again.status_code, again.context["may_give_back"]) == (200, False)


def test_tampered_and_expired_links_get_a_plain_page(client, evening):
    assert client.get(reverse("generazioni:evening_place", args=["x" * 43])).status_code == 404
    client.post(page_of(evening), ANNA)
    path = link_path()
    AccessLink.objects.update(expires_at=timezone.now())
    assert client.get(path).status_code == 410


def test_draft_is_nowhere(client, tomorrow):
    draft = EveningFactory(draft=True, starts_at=tomorrow)
    for name in ("evening", "evening_done", "evening_calendar"):
        assert client.get(reverse(f"generazioni:{name}", args=[draft.pk])).status_code == 404
    assert client.get(reverse("generazioni:evenings")).context["page_obj"].paginator.count == 0


def test_evening_that_has_begun_or_is_cancelled_shows_no_form(client, tomorrow):
    begun = EveningFactory(starts_at=timezone.now() - timedelta(minutes=10))
    cancelled = EveningFactory(starts_at=tomorrow, cancelled=True)
    for evening in (begun, cancelled):
        assert client.get(page_of(evening)).context["takes_people"] is False
        answer = client.post(page_of(evening), ANNA)
        assert (answer.status_code, bool(answer.context["form"].errors)) == (200, True)
    assert cancelled.cancellation_reason in client.get(page_of(cancelled)).content.decode()
    assert not Guest.objects.exists()


def test_agenda_is_filtered_by_town_and_theme(client, tomorrow):
    here = EveningFactory(starts_at=tomorrow, theme="housing")
    EveningFactory(starts_at=tomorrow, municipality_id="015170", theme="housing")
    EveningFactory(starts_at=tomorrow, theme="work")
    answer = client.get(reverse("generazioni:evenings"), {"comune": "015182", "tema": "housing"})
    assert list(answer.context["page_obj"]) == [here]
    assert len(answer.context["active"]) == 2


def test_calendar_keeps_cancelled_evenings_as_cancelled(client, tomorrow):
    going, off = EveningFactory(starts_at=tomorrow), EveningFactory(starts_at=tomorrow, cancelled=True, sequence=1)
    events = Calendar.from_ical(client.get(reverse("generazioni:evenings_calendar")).content).walk("VEVENT")
    assert {(str(event["uid"]), str(event["status"])) for event in events} == {
        (f"{going.uid}@oltreiperimetri", "CONFIRMED"),
        (f"{off.uid}@oltreiperimetri", "CANCELLED"),
    }


def test_form_is_filled_for_whoever_is_signed_in_but_not_for_staff(client, evening):
    citizen = UserFactory(citizen=True)
    client.force_login(citizen)
    assert client.get(page_of(evening)).context["form"]["email"].value() == citizen.email
    client.force_login(UserFactory(caseworker=True))
    assert client.get(page_of(evening)).context["form"]["email"].value() is None


def queries(client, url) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return len(captured)


def test_agenda_and_home_cost_the_same_with_one_evening_and_with_three(client, tomorrow):
    counts = []
    for _round in range(2):
        for _number in range(1 if not counts else 2):
            GuestFactory(evening=EveningFactory(starts_at=tomorrow))
            EveningFactory(held=True)
        counts.append([queries(client, reverse(name)) for name in ("generazioni:evenings", "portal:home")])
    assert counts[0] == counts[1]


def test_public_is_never_told_who_comes(client, evening):
    GuestFactory(evening=evening, name="Ginevra Canarina", email="ginevra@example.org")
    pages = [page_of(evening), reverse("generazioni:evening_done", args=[evening.pk]), reverse("generazioni:evenings")]
    assert [path for path in pages if b"inevra" in client.get(path).content] == []
