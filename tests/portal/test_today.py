from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from beneficiaries import desk
from beneficiaries.models import Application, Notice
from oltreiperimetri.reminders.models import ContactPoint
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO, ApplicationFactory, NoticeFactory, PersonFactory

pytestmark = pytest.mark.django_db
PERO = "015170"
State = Application.State


@pytest.fixture
def caseworker(client):
    user = UserFactory(caseworker=True, towns=[RHO])
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def something_of_everything():
    today = timezone.localdate()
    ApplicationFactory(due_on=today + timedelta(days=3), last_job_ended_on=today - timedelta(days=100))
    ApplicationFactory(in_review=True, due_on=today - timedelta(days=3), last_job_ended_on=today - timedelta(days=100))
    ApplicationFactory(in_review=True, due_on=today + timedelta(days=3), last_job_ended_on=today - timedelta(days=710))
    ApplicationFactory(state=State.INFO_REQUESTED, due_on=today + timedelta(days=3), last_job_ended_on=None)
    ApplicationFactory(state=State.INTERVIEW, due_on=today + timedelta(days=1), last_job_ended_on=None)
    NoticeFactory(delivery=Notice.Delivery.CALL)
    PersonFactory(email="Refusing@example.org")
    ContactPoint.objects.create(address="refusing@example.org", status=ContactPoint.Status.REFUSED)


def test_late_things_come_first(client, caseworker):
    something_of_everything()
    cards = client.get(reverse("portal:today")).context["cards"]
    assert cards[0].url.startswith(reverse("beneficiaries:applications"))
    assert "scadenza=passata" in cards[0].url


def test_each_number_opens_its_list_with_as_many_rows(client, caseworker):
    something_of_everything()
    cards = [card for card in desk.cards(caseworker, today=timezone.localdate()) if card.count]
    assert len(cards) >= 7
    for card in cards:
        page = client.get(card.url)
        assert page.context["count"] == card.count, card.title
        assert urlsplit(card.url).path or parse_qs(urlsplit(card.url).query)


def test_an_empty_day_says_so(client, caseworker):
    response = client.get(reverse("portal:today"))
    assert response.status_code == 200
    assert response.context["cards"] == []


def test_others_get_no_cards_of_people():
    ApplicationFactory()
    assert desk.cards(UserFactory(firm_contact=True), today=timezone.localdate()) == []


def test_people_whose_address_refuses_are_called_by_whoever_has_them_in_reach(client, caseworker):
    ContactPoint.objects.create(address="one@example.org", status=ContactPoint.Status.REFUSED)
    mine = PersonFactory(email="One@example.org", phone="+39 333 1234567")
    PersonFactory(email="one@example.org", municipality_id=PERO)
    PersonFactory(email="two@example.org")
    PersonFactory(email="")

    [card] = [card for card in desk.cards(caseworker, today=timezone.localdate()) if card.count]

    page = client.get(card.url)
    assert (card.count, page.context["count"]) == (1, 1)
    assert mine.get_absolute_url() in page.content.decode()
