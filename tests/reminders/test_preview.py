"""The preview of a message in the administration: recorded, harmless, and of no use to whoever would answer for another."""

from uuid import uuid4

import pytest
from django.test import Client

from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.audit.models import AuditEntry
from oltreiperimetri.reminders.models import Message
from tests.factories.accounts import UserFactory

from .conftest import NOW

pytestmark = pytest.mark.django_db
TOKEN = "t" * 43
LINK = f"https://example.org/rispondi/monitoraggio/{TOKEN}/"
JOIN = f"https://example.org/iscrizione/unisci/{TOKEN}/"


@pytest.fixture
def message():
    return Message.objects.create(
        dedupe_key="one",
        recipient="anna@example.org",
        template="followups/form",
        subject="Come va?",
        body=f"Ciao\n{LINK}\n{JOIN}",
        html=f'<p style="color:#17324d" onclick="x()">Ciao <a href="{LINK}">qui</a> {JOIN}<img src=/x></p>',
        message_id="<one@example.org>",
        queued_at=NOW,
        person_key=uuid4(),
    )


@pytest.fixture
def client():
    """Django's own: the suite's refuses inline styles, which only this page has, and only these few."""
    return Client()


@pytest.fixture
def admin(client):
    user = UserFactory(roles=[Role.ADMIN], is_staff=True, is_superuser=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def page(message, part="") -> str:
    return f"/gestione/reminders/message/{message.pk}/anteprima/{part}"


@pytest.mark.parametrize("part", ["", "html/"])
def test_no_token_is_shown_and_the_opening_is_recorded(client, admin, message, part):
    response = client.get(page(message, part))
    assert response.status_code == 200
    assert TOKEN not in response.content.decode()
    entry = AuditEntry.objects.get(action="read")
    assert (entry.subject, entry.actor_id, entry.object_id) == (message.person_key, admin.pk, message.pk)


def test_the_mail_is_locked_up_by_its_own_policy(client, admin, message):
    response = client.get(page(message, "html/"))
    policy = {
        part.strip().partition(" ")[0]: part.strip().partition(" ")[2]
        for part in response["Content-Security-Policy"].split(";")
    }
    assert policy == {
        "default-src": "'none'",
        "style-src": "'unsafe-inline'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
        "sandbox": "",
    }
    html = response.content.decode()
    assert [word for word in ("href", "src", "onclick") if word in html] == []
    assert 'style="color:#17324d"' in html


def test_the_other_pages_keep_the_policy_of_the_portal(client, admin, message):
    assert "unsafe-inline" not in client.get(page(message))["Content-Security-Policy"]


def test_a_message_without_html_has_no_such_page(client, admin, message):
    Message.objects.update(html="")
    assert client.get(page(message, "html/")).status_code == 404


def test_the_register_itself_shows_no_text(client, admin, message):
    html = client.get(f"/gestione/reminders/message/{message.pk}/change/").content.decode()
    assert page(message) in html
    assert "rispondi" not in html


@pytest.mark.parametrize("part", ["", "html/"])
def test_the_administration_is_for_administrators(client, message, part):
    client.force_login(UserFactory(coordinator=True), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(page(message, part)).status_code in (302, 403)
    client.force_login(UserFactory(is_staff=True), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(page(message, part)).status_code == 403
    assert not AuditEntry.objects.filter(action="read").exists()
