"""The message that asks whether a slot is still available, and the page behind its link."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from oltreiperimetri.reminders import engine
from oltreiperimetri.reminders.models import Message
from oltreiperimetri.shared.dates import at_rome
from partners.models import Slot
from tests.factories.partners import ContactFactory, SlotFactory

pytestmark = pytest.mark.django_db


def message_about(slot) -> Message:
    now = at_rome(slot.confirmed_on + timedelta(days=61), 11)
    engine.plan(slot, now=now)
    engine.emit_due(now=now)
    return Message.objects.get()


def path_in(message: Message) -> str:
    link = next(word for word in message.body.split() if "/rispondi/disponibilita/" in word)
    return "/" + link.split("/", 3)[3]


@pytest.fixture
def slot():
    slot = SlotFactory(confirmed_on=timezone.localdate() - timedelta(days=61), starts_on=None, ends_on=None)
    ContactFactory(organisation=slot.organisation, account=True, email="ufficio@example.org")
    return slot


def test_contact_with_an_account_is_asked_after_sixty_days(slot):
    message = message_about(slot)
    assert message.recipient == "ufficio@example.org"
    assert slot.title in message.subject


def test_opening_the_link_changes_nothing_and_one_click_confirms(client, slot):
    path = path_in(message_about(slot))
    client.get(path)
    slot.refresh_from_db()
    assert slot.confirmed_on < timezone.localdate()
    client.post(path, {"answer": "confirm"})
    slot.refresh_from_db()
    assert slot.confirmed_on == timezone.localdate()


def test_link_also_withdraws_with_a_reason(client, slot):
    path = path_in(message_about(slot))
    refused = client.post(path, {"answer": "withdraw", "reason": ""})
    assert refused.context["withdraw_form"].errors
    client.post(path, {"answer": "withdraw", "reason": "Posto coperto"})
    slot.refresh_from_db()
    assert slot.state == Slot.State.WITHDRAWN


def test_link_answers_once(client, slot):
    path = path_in(message_about(slot))
    client.post(path, {"answer": "confirm"})
    assert client.post(path, {"answer": "confirm"}).status_code == 410


def test_tampered_link_gets_a_plain_page(client):
    response = client.get(reverse("partners:slot_valid", args=["x" * 43]))
    assert response.status_code == 404
    assert "partners/slot_link/refused.html" in [template.name for template in response.templates]


@pytest.mark.parametrize("change", [{"state": "withdrawn"}, {"ends_on": "2020-01-01"}])
def test_nobody_is_asked_about_a_slot_that_is_over(slot, change):
    now = at_rome(slot.confirmed_on + timedelta(days=61), 11)
    engine.plan(slot, now=now)
    Slot.objects.filter(pk=slot.pk).update(**change)
    engine.emit_due(now=now)
    assert not Message.objects.exists()
