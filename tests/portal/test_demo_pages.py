import pytest
from django.core.mail import send_mail
from django.urls import reverse

from oltreiperimetri.portal.models import DemoMail
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings):
    settings.DEMO = True
    settings.SECOND_FACTOR_REQUIRED = False
    settings.EMAIL_BACKEND = "oltreiperimetri.portal.mailbox.DemoMailbox"


def test_outside_the_demo_nobody_can_enter_as_somebody_else(client):
    UserFactory(email="admin@example.org")
    assert client.post(reverse("portal:demo_enter"), {"email": "admin@example.org"}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_in_the_demo_one_button_signs_in(client, demo):
    user = UserFactory(email="coordinator@example.org", coordinator=True)
    response = client.post(reverse("portal:demo_enter"), {"email": user.email})
    assert (response.url, client.session["_auth_user_id"]) == (reverse("portal:start"), str(user.pk))


def test_even_in_the_demo_only_the_listed_accounts_can_be_entered(client, demo):
    other = UserFactory(email="someone@example.org")
    assert client.post(reverse("portal:demo_enter"), {"email": other.email}).status_code == 404


def test_the_demo_keeps_the_mail_it_sends(client, demo):
    send_mail("Il tuo codice", "123456", None, ["citizen@example.org"])
    kept = DemoMail.objects.get()
    assert (kept.to, kept.body) == ("citizen@example.org", "123456")
    assert "123456" in client.get(reverse("portal:demo_mail", args=[kept.pk])).content.decode()
    assert kept.subject in client.get(reverse("portal:demo")).content.decode()
