"""Registering from one's own phone, page after page."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from beneficiaries.domain.draft import SIGNS
from beneficiaries.models import Application, Person, RegistrationDraft
from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.accounts.models import User
from oltreiperimetri.reminders.models import Message
from tests.conftest import StrictClient
from tests.factories.accounts import UserFactory
from tests.pages import without_token

from .registering import CHECK, CODE, DONE, START, TAX_CODE, TOLD, begin, fill, register, step

pytestmark = pytest.mark.django_db


def test_the_journey_from_the_start_page_to_the_number(client):
    assert client.get(START).status_code == 200
    code = begin(client)
    assert re.fullmatch(f"[{SIGNS}]{{4}}-[{SIGNS}]{{4}}", code)
    last = fill(client)
    assert last["Location"] == CHECK
    page = client.get(CHECK)
    assert ("31/03/2026" in page.content.decode(), page.context["doubts"]) == (True, [])

    done = client.post(CHECK, {"notice_read": "on"}, follow=True)

    application = Application.objects.get()
    assert done.redirect_chain[-1][0] == DONE
    assert done.context["application"] == application
    assert application.number in done.content.decode()
    assert (application.channel, application.filled_by, application.state) == ("online", None, "received")
    assert application.due_on == timezone.localdate() + timedelta(days=15)
    person = application.person
    assert (person.email, person.phone, person.user.roles) == (
        "teresa@example.org",
        "+39 347 123 4567",
        {Role.BENEFICIARY},
    )
    assert (person.has_licence, person.has_car, application.known_to_services) == (True, None, None)
    assert application.notice_version
    assert Message.objects.get().recipient == "teresa@example.org"


def test_the_steps_follow_one_another_and_each_shows_what_was_answered(client):
    begin(client)
    assert client.get(CODE).context["next"] == step("nome")
    for slug, following in zip(TOLD, [*list(TOLD)[1:], None], strict=True):
        response = client.post(step(slug), TOLD[slug])
        assert response["Location"] == (step(following) if following else CHECK)
    assert client.get(step("casa")).context["form"]["address"].value() == "Via Prova 1"
    assert client.get(step("spostamenti")).context["form"]["has_car"].value() == "not_said"
    assert client.get(step("inventato")).status_code == 404


def test_an_answer_changed_from_the_check_goes_back_there(client):
    begin(client)
    fill(client)
    change = next(fact[2] for fact in client.get(CHECK).context["facts"] if fact[2].startswith(step("nome")))
    assert client.post(change, {"first_name": "Maria", "last_name": "Colombo"})["Location"] == CHECK
    assert client.post(CHECK, {"notice_read": "on"}).status_code == 302
    assert Person.objects.get().first_name == "Maria"


def test_what_is_missing_is_asked_before_sending(client):
    begin(client)
    client.post(step("nome"), TOLD["nome"])
    response = client.post(CHECK, {"notice_read": "on"})
    assert response["Location"] == step("nascita")
    assert not Application.objects.exists()


def test_without_the_notice_nothing_is_sent(client):
    begin(client)
    fill(client)
    response = client.post(CHECK, {})
    assert set(response.context["form"].errors) == {"notice_read"}
    assert not Application.objects.exists()


def test_sent_twice_it_is_one_application(client):
    register(client)
    again = client.post(CHECK, {"notice_read": "on"}, follow=True)
    assert again.redirect_chain[-1][0] == DONE
    assert (Application.objects.count(), Person.objects.count(), Message.objects.count()) == (1, 1, 1)


def test_once_sent_the_draft_keeps_no_answers(client):
    register(client)
    assert RegistrationDraft.objects.get().answers is None


def test_a_known_address_gets_exactly_the_same_page(settings):
    owner = UserFactory(citizen=True, email="known@example.org")
    pages = []
    for address in ("known@example.org", "fresh@example.org"):
        client = StrictClient()
        response = register(client, email=address)
        text = without_token(response).decode().replace(address, "…")
        text = re.sub(r"ORF-\d{4}-\d{4}|[A-Z0-9]{4}-[A-Z0-9]{4}", "…", text)
        pages.append((response.redirect_chain, text))
    assert pages[0] == pages[1]
    assert Person.objects.get(email="known@example.org").user is None
    assert owner.roles == {Role.CITIZEN}
    assert Message.objects.count() == 2


def test_the_link_in_the_mail_joins_the_application_to_the_known_account(client):
    owner = UserFactory(citizen=True, email="known@example.org")
    register(StrictClient(), email="known@example.org")
    link = re.search(r"/iscrizione/unisci/[\w-]+/", Message.objects.get().body).group()
    client.force_login(UserFactory(), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(link).status_code == 404
    client.force_login(owner, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(link).status_code == 200
    client.post(link)
    assert Person.objects.get().user == owner
    assert client.get(link).status_code == 404


def test_an_account_with_a_path_already_is_led_there_and_told_to_call(client):
    for phone in ("347 1234567", "347 7654321"):
        register(StrictClient(), email="twice@example.org", phone=phone)
    link = re.search(r"/iscrizione/unisci/[\w-]+/", Message.objects.latest("pk").body).group()
    client.force_login(User.objects.get(), backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(link)["Location"] == reverse("portal:start")
    assert Person.objects.filter(user=None).count() == 1


def test_no_address_and_no_phone_is_enough(client):
    response = register(client, email="", phone="")
    assert response.context["reachable"] is False
    assert (User.objects.count(), Message.objects.count(), Application.objects.count()) == (0, 0, 1)


@pytest.mark.parametrize(
    ("slug", "field", "typed"),
    [
        ("nascita", "birth_date", "10/3/1850"),
        ("nascita", "birth_date", "31/2/1975"),
        ("nascita", "birth_date", "1/1/2999"),
        ("ultimo-lavoro", "last_job_ended_on", "30.2.2026"),
        ("nome", "first_name", "x" * 81),
        ("codice-fiscale", "tax_code", "CLMTRS75C50H264K"),
        ("codice-fiscale", "tax_code", "CLMTRS75"),
        ("contatti", "phone", "pronto"),
        ("contatti", "email", "teresa@"),
        ("casa", "town", "999999"),
        ("motivo", "loss_reason", "x"),
    ],
)
def test_a_mistake_is_pointed_out_beside_its_field_and_nothing_typed_is_lost(client, slug, field, typed):
    begin(client)
    response = client.post(step(slug), TOLD[slug] | {field: typed})
    assert set(response.context["form"].errors) == {field}
    for name, value in (TOLD[slug] | {field: typed}).items():
        assert response.context["form"][name].value() == value


def test_another_town_must_be_named(client):
    begin(client)
    assert "other_town" in client.post(step("casa"), {"town": "other", "other_town": ""}).context["form"].errors
    assert client.post(step("casa"), {"town": "other", "other_town": "Novara"}).status_code == 302


def test_a_tax_code_that_says_otherwise_warns_once_and_does_not_block(client):
    begin(client)
    fill(client, until="nascita", birth_date="11/3/1975", sex="M")
    page = client.post(step("codice-fiscale"), {"tax_code": TAX_CODE, "looked_at": ""})
    assert page.context["doubts"] == ["birth_date", "sex"]
    looked_at = page.context["form"]["looked_at"].value()
    again = client.post(step("codice-fiscale"), {"tax_code": TAX_CODE, "looked_at": looked_at})
    assert again["Location"] == step("casa")


def test_the_receipt_is_a_document(client):
    register(client)
    response = client.get(reverse("beneficiaries:register_receipt"))
    assert response.status_code == 200
    assert response["Content-Type"].startswith(("application/pdf", "text/html"))


def test_pages_of_a_registration_stay_out_of_the_browsers_cache(client):
    begin(client)
    assert "no-store" in client.get(step("nome"))["Cache-Control"]


@pytest.mark.parametrize("url", [CODE, CHECK, DONE, step("nome"), reverse("beneficiaries:register_receipt")])
def test_without_a_registration_under_way_everything_leads_to_the_start(client, url):
    assert client.get(url)["Location"] == START


def test_every_page_costs_few_queries(client, django_assert_max_num_queries):
    begin(client)
    fill(client)
    for url in (START, CODE, CHECK, *map(step, TOLD)):
        with django_assert_max_num_queries(6):
            client.get(url)
