import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from beneficiaries.domain.screening import screen
from beneficiaries.models import Application
from oltreiperimetri.audit.models import AuditEntry
from oltreiperimetri.audit.trail import record_read
from oltreiperimetri.documents import pdf
from oltreiperimetri.portal import desks
from oltreiperimetri.shared.dates import at_rome
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import (
    ApplicationFactory,
    DocumentFactory,
    NoteFactory,
    NoticeFactory,
    PersonFactory,
)
from tests.factories.beneficiaries_meetings import InterviewFactory

pytestmark = pytest.mark.django_db
State = Application.State
PAGES = {name: reverse(f"portal:{name}") for name in ("my_path", "my_messages", "my_accesses", "my_data", "my_contacts")}


def sign_in(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


@pytest.fixture
def person(client):
    user = sign_in(client, UserFactory(beneficiary=True))
    return PersonFactory(user=user, email=user.email)


def test_somebody_without_a_registration_gets_a_kind_page_and_no_dead_end(client):
    sign_in(client, UserFactory(beneficiary=True))
    assert client.get(PAGES["my_path"]).templates[0].name == "portal/my_path/nobody.html"
    others = [client.get(url) for name, url in PAGES.items() if name != "my_path"]
    assert {response.url for response in others} == {PAGES["my_path"]}


def test_the_next_interview_stands_at_the_top_with_day_hour_and_place(client, person):
    application = ApplicationFactory(person=person, state=State.INTERVIEW, due_on=timezone.localdate() + timedelta(days=2))
    starts_at = at_rome(timezone.localdate() + timedelta(days=2), 10)
    InterviewFactory(application=application, starts_at=starts_at, place="Rho, Via Meda 20")
    page = client.get(PAGES["my_path"])
    assert "10:00" in page.context["step"].title
    assert "Rho, Via Meda 20" in page.context["step"].title
    assert page.context["step"].ball == "person"
    assert [one.at for one in page.context["appointments"]] == [starts_at]


@pytest.mark.parametrize(
    ("state", "tasks"),
    [
        (State.RECEIVED, ["done", "done", "later", "waiting"]),
        (State.INFO_REQUESTED, ["done", "done", "todo", "later", "waiting"]),
        (State.WAITING_LIST, ["done", "done", "later", "done"]),
    ],
)
def test_the_stages_say_what_is_done_and_whose_turn_it_is(client, person, state, tasks):
    ApplicationFactory(person=person, state=state)
    shown = client.get(PAGES["my_path"]).context["tasks"]
    assert [task.state for task in shown][: len(tasks)] == tasks


@pytest.mark.parametrize("state", State.values)
def test_every_state_of_an_application_is_told_in_words(client, person, state):
    decided = state in (State.ADMITTED, State.NOT_ADMITTED, State.WITHDRAWN)
    ApplicationFactory(
        person=person,
        state=state,
        decided_at=timezone.now() if decided else None,
        due_on=None if decided else date(2026, 1, 7),
    )
    [panel] = [one for one in client.get(PAGES["my_path"]).context["panels"] if one.anchor == "domanda"]
    assert panel.context["applications"][0].told


def test_the_screening_is_explained_criterion_by_criterion(client, person):
    screen(ApplicationFactory(person=person, last_job_ended_on=None), by=None, now=timezone.now())
    [panel] = [one for one in client.get(PAGES["my_path"]).context["panels"] if one.anchor == "domanda"]
    told = panel.context["applications"][0].criteria
    assert [(one.criterion, one.verdict) for one in told] == [
        ("age", "met"),
        ("unemployed", "met"),
        ("unemployment_duration", "unknown"),
        ("residence", "met"),
    ]
    assert told[2].next_step


def test_notes_and_links_of_the_staff_stay_away(client, person):
    application = ApplicationFactory(person=person, owner=UserFactory(caseworker=True))
    NoteFactory(person=person, title="Appunto interno", text="Solo per noi")
    html = "".join(client.get(url).content.decode() for url in PAGES.values())
    assert "Appunto interno" not in html
    assert "Solo per noi" not in html
    assert application.get_absolute_url() not in html
    assert person.get_absolute_url() not in html


def test_opening_the_messages_reads_them_and_the_first_page_does_not(client, person):
    notice = NoticeFactory(person=person)
    client.get(PAGES["my_path"])
    notice.refresh_from_db()
    assert notice.read_at is None
    page = client.get(PAGES["my_messages"])
    assert [one.read_at for one in page.context["page_obj"].object_list] == [None]
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_only_the_messages_on_the_opened_page_are_read(client, person):
    NoticeFactory.create_batch(12, person=person)
    foreign = NoticeFactory()
    client.get(PAGES["my_messages"])
    foreign.refresh_from_db()
    assert (person.notices.unread().count(), foreign.read_at) == (2, None)


def test_the_person_reads_who_opened_the_file_with_name_and_role(client, person):
    caseworker = UserFactory(caseworker=True, first_name="Luca", last_name="Accoglienza")
    record_read(person, by=caseworker)
    record_read(DocumentFactory(person=person).file, by=caseworker, action="download")
    record_read(person, by=person.user)
    record_read(PersonFactory(), by=caseworker)
    accesses = client.get(PAGES["my_accesses"]).context["accesses"]
    assert [(access.who, access.roles) for access in accesses] == [("Luca Accoglienza", str(roles_of(caseworker)))] * 2
    assert accesses[0].what != accesses[1].what


def roles_of(user):
    return user.role_assignments.get().get_role_display()


def test_somebody_who_left_is_still_in_the_list(client, person):
    AuditEntry.objects.create(at=timezone.now(), actor_id=999_999, action="read", object_type="x", subject=person.audit_key)
    [access] = client.get(PAGES["my_accesses"]).context["accesses"]
    assert access.who
    assert access.roles == ""


def test_phone_and_address_are_corrected_and_the_address_of_sign_in_stays(client, person):
    client.post(PAGES["my_contacts"], {"phone": "333 7654321", "address": "Via Nuova 2", "email": "altri@example.org"})
    before = person.email
    person.refresh_from_db()
    assert (person.phone, person.address, person.email) == ("+39 333 765 4321", "Via Nuova 2", before)
    assert AuditEntry.objects.get(action="change_contacts").changes == {"fields": ["phone", "address"]}


@pytest.mark.parametrize("typed", [{"phone": "12"}, {"phone": "", "contact_by": "phone"}])
def test_a_number_that_cannot_be_called_is_said_and_nothing_typed_is_lost(client, person, typed):
    page = client.post(PAGES["my_contacts"], {"address": "Via Nuova 2", **typed})
    assert set(page.context["form"].errors) == {"phone"}
    assert "Via Nuova 2" in page.content.decode()


def test_the_copy_of_my_data_is_whole_and_recorded(client, person):
    person.tax_code = "RSSMRA75C50H264X"
    person.save()
    ApplicationFactory(person=person)
    NoticeFactory(person=person, body="Ti aspettiamo.")
    NoteFactory(person=person, text="Solo per noi")
    response = client.get(PAGES["my_data"], {"formato": "json"})
    text = json.dumps(response.json(), ensure_ascii=False)
    assert all(word in text for word in ("RSSMRA75C50H264X", person.phone, "ORF-2026-", "Ti aspettiamo."))
    assert "Solo per noi" not in text
    entry = AuditEntry.objects.get(action="export_own_data")
    assert (entry.actor, entry.subject, entry.changes) == (person.user, person.audit_key, {"format": "json"})


def test_the_copy_to_print_is_a_pdf_or_a_page(client, person):
    response = client.get(PAGES["my_data"], {"formato": "pdf"})
    assert response["Content-Type"].split(";")[0] == ("application/pdf" if pdf.is_available() else "text/html")


def test_every_app_may_add_its_stages_appointments_and_records(person):
    assert desks.own_tasks(person)
    assert desks.appointments(person, now=timezone.now()) == []
    assert desks.person_records(person)[0].facts[0][1] == person.first_name


@pytest.mark.parametrize("name", PAGES)
def test_pages_cost_the_same_however_much_they_show(client, person, name):
    caseworker = UserFactory(caseworker=True)

    def more(number):
        for _ in range(number):
            NoticeFactory(person=person)
            DocumentFactory(person=person, added_by=UserFactory())
            record_read(person, by=UserFactory(coordinator=True))
            ApplicationFactory(
                person=person, state=State.NOT_ADMITTED, decided_at=timezone.now(), due_on=None, owner=caseworker
            )

    def cost():
        client.get(PAGES["my_messages"])
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGES[name])
        return len(queries)

    more(1)
    cost()  # the rules are read once a minute
    one = cost()
    more(2)
    assert cost() == one <= 18
