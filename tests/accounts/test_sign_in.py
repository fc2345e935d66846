import re

import pytest
from django.contrib.auth.hashers import get_hasher
from django.urls import reverse

from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.accounts.models import User
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "una-frase-lunga-e-mia"


def code_in(mail) -> str:
    return re.search(r"\b\d{6}\b", mail.body).group()


def test_a_newcomer_signs_up_with_the_code_that_arrives_by_mail(client, mailoutbox):
    page = client.post(reverse("account_signup"), {"email": "Nuova@Example.org"}, follow=True)
    assert page.redirect_chain[-1][0] == reverse("account_email_verification_sent")
    client.post(reverse("account_email_verification_sent"), {"code": code_in(mailoutbox[0])})
    user = User.objects.get()
    assert (user.email, user.roles) == ("nuova@example.org", {Role.CITIZEN})
    assert client.session["_auth_user_id"] == str(user.pk)


def test_somebody_known_signs_in_with_a_code(client, mailoutbox):
    user = UserFactory(beneficiary=True)
    client.post(reverse("account_request_login_code"), {"email": user.email})
    client.post(reverse("account_confirm_login_code"), {"code": code_in(mailoutbox[0])})
    assert client.session["_auth_user_id"] == str(user.pk)


def test_the_sign_in_page_takes_login_and_password(client):
    user = UserFactory(citizen=True, password=PASSWORD, email_verified=True)
    client.post("/accedi/", {"login": user.email, "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.parametrize("page", ["account_request_login_code", "account_signup", "account_reset_password"])
def test_a_known_and_an_unknown_address_get_the_same_answer(client, mailoutbox, page):
    UserFactory(email="known@example.org")
    answers = []
    for address in ("known@example.org", "unknown@example.org"):
        client.logout()
        response = client.post(reverse(page), {"email": address})
        answers.append((response.status_code, response.get("Location")))
    assert answers[0] == answers[1]
    assert answers[0][0] == 302
    assert {mail.to[0] for mail in mailoutbox} == {"known@example.org", "unknown@example.org"}


def test_wrong_passwords_for_one_account_are_stopped_before_the_password_is_looked_at(client):
    user = UserFactory(password=PASSWORD, email_verified=True)
    for _attempt in range(10):
        client.post("/accedi/", {"login": user.email, "password": "sbagliata"})
    client.post("/accedi/", {"login": user.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_staff_without_a_second_factor_are_sent_to_set_it_up(client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(UserFactory(caseworker=True))
    assert client.get(reverse("portal:today")).url == reverse("mfa_activate_totp")


def test_the_public_needs_no_second_factor(client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(UserFactory(citizen=True))
    assert client.get(reverse("accounts:security")).status_code == 200


def test_signing_out_takes_a_post(client):
    client.force_login(UserFactory(citizen=True))
    client.get(reverse("account_logout"))
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def test_pages_seen_while_signed_in_are_not_kept_by_the_browser(client):
    client.force_login(UserFactory(citizen=True))
    assert "no-store" in client.get(reverse("accounts:security"))["Cache-Control"]


def test_the_admin_has_no_sign_in_page_of_its_own(client):
    assert client.get("/gestione/").url == "/gestione/login/?next=/gestione/"
    assert client.get("/gestione/login/?next=/gestione/").url.startswith("/accedi/")


def test_without_a_password_the_sign_in_page_sends_a_code(client, mailoutbox):
    user = UserFactory(citizen=True)
    client.post("/accedi/", {"login": user.email, "password": ""})
    client.post(reverse("account_confirm_login_code"), {"code": code_in(mailoutbox[0])})
    assert client.session["_auth_user_id"] == str(user.pk)


def test_signing_up_with_a_known_address_takes_the_time_of_a_new_one(client, monkeypatch):
    """Hashing a password is what takes long: as often for an address that is here as for one that is not."""
    user, hashed = UserFactory(citizen=True), []
    hasher = get_hasher()
    monkeypatch.setattr(type(hasher), "encode", spy(type(hasher).encode, hashed))
    for address in (user.email, "nuova@example.org"):
        client.logout()
        client.post(reverse("account_signup"), {"email": address, "password1": PASSWORD})
    assert [password for password, _salt in hashed] == [PASSWORD, PASSWORD]


def spy(method, calls):
    def encode(self, *args, **kwargs):
        calls.append(args)
        return method(self, *args, **kwargs)

    return encode


def test_an_address_replaced_by_the_office_opens_nothing_any_more(client):
    user = UserFactory(citizen=True, email="vecchia@example.org", email_verified=True)
    client.force_login(UserFactory(is_staff=True, is_superuser=True), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("admin:accounts_user_change", args=[user.pk]))
    form = page.context["adminform"].form
    typed = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    inline = {"role_assignments-TOTAL_FORMS": 0, "role_assignments-INITIAL_FORMS": 0}
    client.post(page.request["PATH_INFO"], {**typed, **inline, "email": "Nuova@example.org"})
    user.refresh_from_db()
    assert user.email == "nuova@example.org"
    assert list(user.emailaddress_set.values_list("email", "primary", "verified")) == [("nuova@example.org", True, False)]
