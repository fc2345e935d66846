"""Staff sign in with a password or a code, and always with what their phone shows."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, format_hotp_value, hotp_value
from django.urls import reverse

from tests.factories.accounts import UserFactory

from .test_sign_in import PASSWORD, code_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def second_factor_is_required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def caseworker():
    return UserFactory(caseworker=True, password=PASSWORD, email_verified=True)


def shown_by_the_phone(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in(client, user):
    return client.post("/accedi/", {"login": user.email, "password": PASSWORD}, follow=True)


@pytest.fixture
def secret(client, caseworker):
    """Set up on the first sign-in; the client is signed out again."""
    page = sign_in(client, caseworker)
    assert page.redirect_chain[-1][0] == reverse("mfa_activate_totp")
    secret = client.session[SECRET_SESSION_KEY]
    client.post(reverse("mfa_activate_totp"), {"code": shown_by_the_phone(secret)})
    client.post("/esci/")
    return secret


def test_staff_set_it_up_at_the_first_sign_in_and_go_on(client, caseworker):
    sign_in(client, caseworker)
    secret = client.session[SECRET_SESSION_KEY]
    client.post(reverse("mfa_activate_totp"), {"code": shown_by_the_phone(secret)})
    assert client.get(reverse("portal:today")).status_code == 200


def test_the_next_time_the_phone_is_asked_for(client, caseworker, secret):
    page = sign_in(client, caseworker)
    assert page.redirect_chain[-1][0] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session


def test_a_code_by_mail_does_not_replace_the_phone(client, caseworker, secret, mailoutbox):
    mailoutbox.clear()
    client.post(reverse("account_request_login_code"), {"email": caseworker.email})
    client.post(reverse("account_confirm_login_code"), {"code": code_in(mailoutbox[-1])})
    assert "_auth_user_id" not in client.session


def test_a_wrong_number_does_not_open(client, caseworker, secret):
    sign_in(client, caseworker)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "_auth_user_id" not in client.session


def test_the_secret_is_unreadable_in_the_database(caseworker, secret):
    stored = Authenticator.objects.get(user=caseworker, type="totp").data["secret"]
    assert secret not in stored


def test_the_office_may_remove_a_lost_second_factor_and_never_reads_its_secret(admin_client, caseworker, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    kept = Authenticator.objects.create(user=caseworker, type=Authenticator.Type.TOTP, data={"secret": "CANARY"})
    page = admin_client.get(reverse("admin:mfa_authenticator_change", args=[kept.pk]))
    assert page.status_code == 200
    assert "CANARY" not in page.content.decode()
    assert admin_client.get(reverse("admin:mfa_authenticator_add")).status_code == 403
    admin_client.post(reverse("admin:mfa_authenticator_delete", args=[kept.pk]), {"post": "yes"})
    assert not Authenticator.objects.exists()


def test_who_switches_it_off_sets_it_up_again_before_anything_else(client, caseworker):
    sign_in(client, caseworker)
    client.post(reverse("mfa_activate_totp"), {"code": shown_by_the_phone(client.session[SECRET_SESSION_KEY])})
    assert client.get(reverse("portal:today")).status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert client.get(reverse("portal:today")).url == reverse("mfa_activate_totp")
