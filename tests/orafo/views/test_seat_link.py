"""The person's answer to the offer of a seat, by link and from the own page."""

from datetime import timedelta

import pytest
from django.urls import reverse

from oltreiperimetri.accounts.enums import LinkPurpose, Role
from oltreiperimetri.accounts.links import issue_link
from orafo import emails
from orafo.domain import membership as verbs
from orafo.models import Membership
from tests.factories.accounts import UserFactory
from tests.factories.orafo import NOW, CohortFactory, MembershipFactory, SessionFactory, admitted_person

from .conftest import BACKEND

pytestmark = pytest.mark.django_db
State = Membership.State


@pytest.fixture
def offered():
    return verbs.offer_seat(MembershipFactory(waiting=True), by=None, now=NOW)


@pytest.fixture
def url(offered, settings):
    return emails.seat_link(offered).removeprefix(settings.SITE_URL)


def test_opening_the_link_changes_nothing(client, offered, url):
    for _time in range(2):
        page = client.get(url)
    assert (page.status_code, page.context["membership"]) == (200, offered)
    offered.refresh_from_db()
    assert offered.state == State.OFFERED


@pytest.mark.parametrize(("choice", "state"), [("accept", State.ENROLLED), ("decline", State.DECLINED)])
def test_one_tap_answers_and_the_second_time_there_is_nothing_to_do(client, offered, url, choice, state):
    assert client.post(url, {"answer": choice}).status_code == 200
    offered.refresh_from_db()
    assert offered.state == state
    assert client.post(url, {"answer": "decline"}).status_code == 410
    offered.refresh_from_db()
    assert offered.state == state


def test_yes_tells_the_first_meeting(client, offered, url):
    session = SessionFactory(cohort=offered.cohort)
    assert client.post(url, {"answer": "accept"}).context["next"] == session


def test_answer_without_a_choice_asks_again(client, offered, url):
    assert client.post(url, {}).status_code == 422
    offered.refresh_from_db()
    assert offered.state == State.OFFERED


def test_after_the_last_day_the_page_is_kind_and_the_seat_stays_free(client, offered, url, time_machine):
    time_machine.move_to(NOW + timedelta(days=4), tick=False)
    assert client.get(url).status_code == 410
    assert client.post(url, {"answer": "accept"}).status_code == 410
    offered.refresh_from_db()
    assert offered.state == State.OFFERED


def test_unknown_or_tampered_link_gets_the_same_page(client, offered, url):
    tampered = client.get(url[:-2] + ("A/" if url[-2] != "A" else "B/"))
    unknown = client.get("/rispondi/posto/niente/")
    assert (tampered.status_code, tampered.content) == (404, unknown.content)


def test_link_of_an_offer_taken_back_by_hand_is_refused_in_words(client, offered):
    token = issue_link(LinkPurpose.SEAT_OFFER, offered, expires_at=NOW + timedelta(days=2))
    Membership.objects.filter(pk=offered.pk).update(state=State.WITHDRAWN)
    answer = client.post(reverse("orafo:answer_seat", args=[token]), {"answer": "accept"})
    assert (answer.status_code, bool(answer.context["sentence"])) == (409, True)


def test_too_many_answers_from_one_address_must_wait(client):
    statuses = [client.post("/rispondi/posto/niente/").status_code for _number in range(21)]
    assert statuses == [404] * 20 + [429]


@pytest.mark.parametrize(("choice", "state"), [("accept", State.ENROLLED), ("decline", State.DECLINED), ("", State.OFFERED)])
def test_person_who_has_signed_in_answers_from_the_own_page(client, choice, state):
    user = UserFactory(roles=[Role.BENEFICIARY])
    own = MembershipFactory(cohort=CohortFactory(), person=admitted_person(user=user), offered=True)
    client.force_login(user, backend=BACKEND)
    assert client.post(reverse("orafo:my_seat", args=[own.pk]), {"answer": choice}).status_code == 302
    own.refresh_from_db()
    assert own.state == state


def test_nobody_answers_for_another(client, offered):
    client.force_login(UserFactory(roles=[Role.BENEFICIARY]), backend=BACKEND)
    assert client.post(reverse("orafo:my_seat", args=[offered.pk]), {"answer": "accept"}).status_code == 404
