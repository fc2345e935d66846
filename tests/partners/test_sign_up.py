"""An organisation signs up by itself."""

import pytest
from django.core import mail
from django.urls import reverse

from oltreiperimetri.accounts import invitations
from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.accounts.models import Invitation
from oltreiperimetri.reminders.models import Message
from partners.models import Contact, JoinRequest, Organisation
from tests.factories.accounts import UserFactory
from tests.factories.partners import OrganisationFactory, vat_number

pytestmark = pytest.mark.django_db
JOIN = reverse("partners:join")


def typed(**changes):
    return {
        "name": "Sartoria Filo e Ago S.r.l.",
        "kind": "firm",
        "vat_number": vat_number(1234567),
        "address": "Via della Prova 4",
        "municipality": "015116",
        "headcount": "7",
        "first_name": "Ines",
        "last_name": "Sarti",
        "email": "Ines@Sartoria.example.org",
        "phone": "02 9300 0000",
        "is_listed": "on",
    } | changes


def test_new_organisation_waits_to_be_accredited_with_its_site_and_contact(client):
    client.post(JOIN, typed())
    organisation = Organisation.objects.get()
    assert (organisation.state, organisation.kind, organisation.is_listed) == ("pending", "firm", True)
    assert list(organisation.sites.values_list("municipality", "headcount")) == [("015116", 7)]
    assert list(organisation.contacts.values_list("last_name", "user")) == [("Sarti", None)]


def test_contact_is_invited_and_gets_a_receipt(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(JOIN, typed())
    assert Invitation.objects.get().role == Role.FIRM_CONTACT
    assert [message.to for message in mail.outbox if "invito" in message.body] == [["ines@sartoria.example.org"]]
    assert Message.objects.get().template == "partners/sign_up_received"


def test_known_organisation_gets_the_same_page_and_a_request_for_staff(client):
    known = OrganisationFactory(vat_number=vat_number(1234567))
    page_of_known = client.post(JOIN, typed(), follow=True)
    page_of_new = client.post(JOIN, typed(vat_number=vat_number(7654321)), follow=True)
    assert page_of_known.content == page_of_new.content
    assert JoinRequest.objects.get().organisation == known
    assert not known.contacts.exists()


def test_known_organisation_asked_twice_makes_one_request(client):
    OrganisationFactory(vat_number=vat_number(1234567))
    client.post(JOIN, typed())
    client.post(JOIN, typed())
    assert JoinRequest.objects.count() == 1


def test_accepted_invitation_joins_the_account_to_the_contact(client):
    client.post(JOIN, typed())
    user = UserFactory(email="ines@sartoria.example.org", first_name="", last_name="")
    invitation = Invitation.objects.get()
    invitations.accept(invitation, by=user, now=invitation.created_at)
    assert Contact.objects.get().user == user
    assert (user.get_full_name(), list(Organisation.objects.of_contact(user))) == (
        "Ines Sarti",
        [Organisation.objects.get()],
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("vat_number", "12345678901"),
        ("vat_number", ""),
        ("iban", "IT00X"),
        ("email", "ines@"),
        ("headcount", "-3"),
        ("headcount", "tanti"),
        ("municipality", "999999"),
        ("phone", "boh"),
        ("name", "x" * 161),
        ("kind", "circus"),
        ("website", "javascript:alert(1)"),
    ],
)
def test_bad_input_is_explained_beside_the_field_and_nothing_typed_is_lost(client, field, value):
    response = client.post(JOIN, typed(**{field: value}))
    form = response.context["form"]
    assert list(form.errors) == [field]
    assert form["last_name"].value() == "Sarti"
    assert "Sarti" in response.content.decode()
    assert not Organisation.objects.exists()


def test_association_may_lack_a_vat_number(client):
    client.post(JOIN, typed(kind="association", vat_number=""))
    assert Organisation.objects.get().vat_number == ""


def test_repeated_requests_are_limited(client):
    answers = [client.post(JOIN, {}).status_code for _ in range(11)]
    assert answers == [200] * 10 + [429]
