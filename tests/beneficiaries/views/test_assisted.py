"""Staff register somebody, correct the facts, and read why."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from beneficiaries.domain.screening import screen
from beneficiaries.domain.search import index_person
from beneficiaries.models import Application, Person, Screening
from oltreiperimetri.audit.models import AuditEntry
from oltreiperimetri.documents import pdf
from oltreiperimetri.reminders.models import Message
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO, ApplicationFactory, DocumentFactory, PersonFactory

pytestmark = pytest.mark.django_db
NEW = reverse("beneficiaries:assisted")
PERO = "015170"


@pytest.fixture
def caseworker(client):
    user = UserFactory(caseworker=True, towns=[RHO])
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def told(**changes):
    return {"channel": "desk", "first_name": "Ugo", "last_name": "Villa", "town": RHO, "notice_read": "on"} | changes


def test_complaint_6_nobody_needs_an_address_to_be_registered(client, caseworker):
    """CiviForm 4908, 3731: an e-mail forced on clients who have none. A name and the notice are enough, also twice."""
    response = client.post(NEW, told())
    application = Application.objects.get()
    assert response["Location"] == reverse("beneficiaries:before_leaving", args=[application.pk])
    client.post(NEW, told(first_name="Ada"))
    assert list(Person.objects.values_list("email", flat=True)) == ["", ""]
    assert (application.filled_by, application.channel) == (caseworker, "desk")
    assert not Message.objects.exists()


def test_the_page_says_for_whom_it_is_filled_in(client, caseworker):
    assert client.get(NEW).context["form"].for_whom == ""
    page = client.post(NEW, told(notice_read=""))
    assert page.context["form"].for_whom == "Ugo Villa"
    assert "op-behalf" in page.content.decode()


def test_before_the_person_leaves_there_is_the_sheet_to_sign_its_copy_and_the_access(client, caseworker):
    client.post(NEW, told())
    application = Application.objects.get()
    url = reverse("beneficiaries:before_leaving", args=[application.pk])
    assert client.get(url).context["signed"] is None
    new = reverse("beneficiaries:document_new", args=[application.person.pk])
    assert client.get(new + "?tipo=signed").context["form"].initial == {"kind": "signed"}
    signed = DocumentFactory(person=application.person, kind="signed")
    assert client.get(url).context["signed"] == signed


def test_the_summary_carries_declaration_notice_and_room_for_signatures(client, caseworker, monkeypatch):
    monkeypatch.setattr(pdf, "is_available", lambda: False)
    client.post(NEW, told(town=RHO))
    application = Application.objects.get()
    page = client.get(reverse("beneficiaries:summary", args=[application.pk])).content.decode()
    for expected in ("445", "46", "47", "76", application.notice_version, "Ugo Villa", str(caseworker)):
        assert expected in page
    assert page.count("doc-sign") == 2


def test_the_person_gets_the_receipt_when_there_is_an_address(client, caseworker):
    client.post(NEW, told(email="ugo@example.org", channel="paper"))
    assert Message.objects.get().recipient == "ugo@example.org"
    assert Person.objects.get().user.email == "ugo@example.org"


def test_somebody_who_may_be_here_already_is_shown_first(client, caseworker):
    known = PersonFactory(first_name="Ugo", last_name="Villa", phone="+39 347 123 4567")
    index_person(known)
    page = client.post(NEW, told(phone="3471234567"))
    assert [one.person for one in page.context["twins"]] == [known]
    assert not Application.objects.exists()
    assert page.context["form"]["first_name"].value() == "Ugo"
    client.post(NEW, told(phone="3471234567", is_another="on"))
    assert Application.objects.get().person != known


def test_of_people_out_of_my_reach_only_the_service_that_follows_them_is_said(client, caseworker):
    far = PersonFactory(first_name="Ugo", last_name="Bianchini", phone="+39 347 123 4567", municipality_id=PERO)
    index_person(far)
    page = client.post(NEW, told(phone="3471234567"))
    assert [(one.person, "Pero" in one.service) for one in page.context["twins"]] == [(None, True)]
    assert b"Bianchini" not in page.content
    assert not Application.objects.exists()


def test_a_tax_code_that_says_otherwise_warns_once(client, caseworker):
    typed = told(tax_code="CLMTRS75C50H264J", birth_date="10/3/1976", sex="F")
    page = client.post(NEW, typed)
    assert page.context["doubts"] == ["birth_date"]
    client.post(NEW, typed | {"looked_at": page.context["form"]["looked_at"].value()})
    assert Application.objects.get().person.tax_code == "CLMTRS75C50H264J"


def test_an_empty_form_says_what_is_due(client, caseworker):
    response = client.post(NEW, {})
    assert set(response.context["form"].errors) == {"channel", "first_name", "last_name", "notice_read"}


def test_registering_for_a_town_that_is_not_mine_leads_back_to_the_queue(client, caseworker):
    assert client.post(NEW, told(town=PERO))["Location"] == reverse("beneficiaries:applications")


def test_the_summary_to_hand_over_is_recorded(client, caseworker):
    application = ApplicationFactory()
    response = client.get(reverse("beneficiaries:summary", args=[application.pk]))
    assert response.status_code == 200
    assert AuditEntry.objects.get(action="print").object_id == application.pk


def facts(**changes):
    return {
        "birth_date": "10/03/1975",
        "town": RHO,
        "other_town": "",
        "working_now": "no",
        "last_job_ended_on": "30/06/2025",
        "loss_reason": "",
        "known_to_services": "not_said",
    } | changes


def test_a_corrected_fact_gives_a_new_screening_and_keeps_the_old(client, caseworker):
    application = ApplicationFactory()
    screen(application, by=None, now=timezone.now())
    url = reverse("beneficiaries:facts", args=[application.pk])
    assert client.get(url).context["form"]["working_now"].value() == "no"
    assert client.post(url, facts(working_now="yes"))["Location"] == application.get_absolute_url()
    page = client.get(application.get_absolute_url())
    assert page.context["screening"].outcome == Screening.Outcome.NOT_ELIGIBLE
    assert len(page.context["earlier_screenings"]) == 1
    assert {one.criterion: one.verdict for one in page.context["criteria"]}["unemployed"] == "not_met"


def test_nothing_corrected_is_no_new_screening(client, caseworker):
    application = ApplicationFactory()
    client.post(reverse("beneficiaries:facts", args=[application.pk]), facts())
    assert not Screening.objects.exists()


def test_an_impossible_fact_is_pointed_out(client, caseworker):
    application = ApplicationFactory()
    url = reverse("beneficiaries:facts", args=[application.pk])
    response = client.post(url, facts(birth_date="10/3/1850", town="other"))
    assert set(response.context["form"].errors) == {"birth_date", "other_town"}


def test_a_reason_outside_the_crisis_only_warns(client, caseworker):
    application = ApplicationFactory(loss_reason="resignation")
    screening = screen(application, by=None, now=timezone.now())
    page = client.get(application.get_absolute_url())
    (warning,) = [one for one in page.context["criteria"] if one.verdict == "not_met"]
    assert (warning.criterion, bool(warning.effect), screening.outcome) == ("expelled_by_crisis", True, "eligible")


def test_many_screenings_cost_no_more_queries_than_one(client, caseworker):
    application = ApplicationFactory()
    costs = []
    for wanted in (1, 3):
        while application.screenings.count() < wanted:
            screen(application, by=caseworker, now=timezone.now())
        client.get(application.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            client.get(application.get_absolute_url())
        costs.append(len(queries))
    assert costs[0] == costs[1]
