"""The same answers sent twice, and changed ones: what the person and the office see."""

import pytest
from django.urls import reverse

from beneficiaries.models import Application, Declaration, RegistrationDraft
from tests.conftest import StrictClient
from tests.factories.accounts import UserFactory

from .registering import CHECK, TOLD, begin, fill, register

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def staff(client):
    client.force_login(UserFactory(coordinator=True), backend=BACKEND)
    return client


def test_the_same_registration_sent_again_is_refused_kindly_without_a_number():
    """Complaint 9: repeated submissions flood staff."""
    register(StrictClient())
    again = StrictClient()
    page = register(again)
    assert page.status_code == 200
    assert "beneficiaries/registration/already_here.html" in [template.name for template in page.templates]
    assert Application.objects.get().number not in page.content.decode()
    assert (Application.objects.count(), RegistrationDraft.objects.count()) == (1, 1)
    assert again.get(CHECK).status_code == 302


def test_a_changed_one_shows_staff_what_is_different_until_they_have_looked(staff):
    """Complaint 9: when edited, show staff a diff."""
    register(StrictClient())
    register(StrictClient(), address="Via Nuova 2", children="2012")
    newer = Application.objects.latest("pk")
    page = staff.get(newer.get_absolute_url())
    again = page.context["sent_again"]
    assert [(old, new) for _term, old, new in again["rows"]] == [("Via Prova 1", "Via Nuova 2"), ("2012, 2015", "2012")]
    assert staff.get(Application.objects.earliest("pk").get_absolute_url()).context["sent_again"] is None

    staff.post(reverse("beneficiaries:declaration_seen", args=[again["latest"].pk]))
    assert Declaration.objects.get(pk=again["latest"].pk).seen_by is not None


def test_a_signed_in_person_with_an_application_under_way_sends_new_answers_for_it():
    user = UserFactory(email="teresa@example.org")
    client = StrictClient()
    client.force_login(user, backend=BACKEND)
    register(client)
    begin(client)
    fill(client, phone="02 9320 0000")
    page = client.post(CHECK, {"notice_read": "on"})
    assert page.context["application"] == Application.objects.get()
    assert Declaration.objects.count() == 2


def test_every_question_of_the_wizard_can_be_told_apart(staff):
    """No answer breaks the comparison, whatever its kind."""
    register(StrictClient())
    other = {
        "sex": "M",
        "birth_date": "11/3/1975",
        "town": "other",
        "other_town": "Novara",
        "contact_by": "sms",
        "last_job_ended_on": "30/3/2026",
        "loss_reason": "closure",
        "did_on": "",
        "known_to_services": "yes",
        "partner": "working",
        "children": "",
        "dependants": "",
        "hours": "full",
        "has_licence": "no",
        "italian": "little",
        "preferred_language": "ar",
    }
    assert set(other) <= {name for answers in TOLD.values() for name in answers}
    register(StrictClient(), **other)
    rows = staff.get(Application.objects.latest("pk").get_absolute_url()).context["sent_again"]["rows"]
    assert len(rows) == len(other)
