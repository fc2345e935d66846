import re
from datetime import date

import pytest
from django.urls import reverse

from beneficiaries.domain import application as verbs
from beneficiaries.models import Application
from oltreiperimetri.audit.models import AuditEntry
from oltreiperimetri.portal import desks
from oltreiperimetri.shared.dates import at_rome
from oltreiperimetri.shared.desk import Step, Tab
from oltreiperimetri.shared.templatetags.ui import ball
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO, ApplicationFactory, NoteFactory, NoticeFactory, PersonFactory
from tests.pages import without_token

pytestmark = pytest.mark.django_db
State = Application.State


@pytest.fixture
def caseworker(client):
    user = UserFactory(caseworker=True, towns=[RHO])
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def test_the_file_shows_next_step_contacts_and_panels(client, caseworker):
    application = ApplicationFactory(person__phone="+39 333 1234567", person__email="t@example.org")
    page = client.get(application.person.get_absolute_url())
    assert page.context["step"].ball == "caseworker"
    assert [panel.anchor for panel in page.context["panels"]][-1:] == ["domanda"]
    html = page.content.decode()
    assert 'href="tel:+393331234567"' in html
    assert 'href="mailto:t@example.org"' in html


def test_every_view_leaves_exactly_one_entry(client, caseworker):
    person = ApplicationFactory().person
    NoteFactory(person=person)
    NoticeFactory(person=person)
    client.get(person.get_absolute_url())
    entry = AuditEntry.objects.get(action="read")
    assert (entry.object_id, entry.subject, entry.actor) == (person.pk, person.audit_key, caseworker)


def test_every_sheet_opens_and_an_unknown_one_is_the_overview(client, caseworker):
    person = ApplicationFactory().person
    for tab in Tab:
        page = client.get(person.tab_url(tab))
        assert (page.status_code, page.context["tab"]) == (200, tab)
    assert client.get(person.get_absolute_url() + "?scheda=altro").context["tab"] == Tab.OVERVIEW


def test_on_paper_every_sheet_is_open(client, caseworker):
    person = ApplicationFactory().person
    one_by_one = {panel.anchor for tab in Tab for panel in client.get(person.tab_url(tab)).context["panels"]}
    on_paper = client.get(person.get_absolute_url() + "?stampa=1").context
    assert {panel.anchor for panel in on_paper["panels"]} == one_by_one
    assert on_paper["shows_overview"]
    assert on_paper["shows_events"]


def test_out_of_reach_is_the_same_page_as_missing_and_leaves_no_entry(client, caseworker):
    foreign = PersonFactory(municipality_id="015170")
    hidden = client.get(foreign.get_absolute_url())
    missing = client.get(reverse("portal:person", args=[999_999]))
    assert (hidden.status_code, without_token(hidden)) == (404, without_token(missing))
    assert AuditEntry.objects.count() == 0


def test_the_timeline_tells_everything_newest_first(client, caseworker):
    application = ApplicationFactory(received_at=at_rome(date(2026, 11, 2), 9))
    now = at_rome(date(2026, 11, 24), 10)
    verbs.take_in_review(application, seen=State.RECEIVED, message="Ci siamo.", by=caseworker, now=now)
    NoteFactory(person=application.person, title="Primo contatto")

    titles = [event.title for event in client.get(application.person.tab_url(Tab.TIMELINE)).context["events"]]

    assert len(titles) == 4
    assert titles[-2] == "Primo contatto"
    assert application.number in titles[-1]


def test_the_person_sees_no_notes_and_no_names_of_who_decided():
    person = PersonFactory(user=UserFactory(beneficiary=True))
    application = ApplicationFactory(person=person)
    caseworker = UserFactory(caseworker=True, towns=[RHO])
    verbs.take_in_review(application, seen=State.RECEIVED, by=caseworker, now=at_rome(date(2026, 11, 24), 10))
    NoteFactory(person=person, title="Appunto")
    panels = desks.person_panels(person, person.user, today=date(2026, 11, 24))
    events = desks.person_events(person, person.user)
    assert "note" not in {panel.anchor for panel in panels}
    assert all(event.title != "Appunto" and str(caseworker) != event.by for event in events)


@pytest.mark.parametrize("role", ["firm_contact", "juror", "citizen"])
def test_whoever_is_neither_staff_nor_the_person_gets_nothing(role):
    person = ApplicationFactory().person
    viewer = UserFactory(**{role: True})
    assert desks.person_panels(person, viewer, today=date(2026, 11, 24)) == []
    assert desks.person_events(person, viewer) == []
    assert desks.next_steps(person, viewer, today=date(2026, 11, 24)) == []


@pytest.mark.parametrize(
    ("state", "ball"),
    [
        (State.RECEIVED, "caseworker"),
        (State.IN_REVIEW, "caseworker"),
        (State.INFO_REQUESTED, "person"),
        (State.INTERVIEW, "person"),
        (State.WAITING_LIST, "office"),
    ],
)
def test_every_waiting_state_names_who_has_the_ball_and_the_day(state, ball):
    application = ApplicationFactory(state=state, due_on=date(2026, 12, 1))
    viewer = UserFactory(coordinator=True)
    [step] = desks.next_steps(application.person, viewer, today=date(2026, 11, 24))
    assert (step.ball, step.due_on) == (ball, date(2026, 12, 1))


def test_the_page_to_print_is_open_and_recorded_as_such(client, caseworker):
    person = ApplicationFactory().person
    NoticeFactory.create_batch(3, person=person)
    page = client.get(person.get_absolute_url(), {"stampa": "1"})
    assert page.content.decode().count("<details") == page.content.decode().count(" open>")
    assert AuditEntry.objects.get().changes == {"format": "print"}


def test_whose_turn_it_is_is_said_to_whoever_reads():
    step = Step("Rispondi", ball="person")
    assert ball(step) != ball(step, "staff")


def test_a_private_note_never_goes_on_paper(client, caseworker):
    person = ApplicationFactory().person
    NoteFactory(person=person, author=caseworker, title="Solo mia", is_private=True)
    page = client.get(person.get_absolute_url(), {"stampa": 1}).content.decode()
    lines = re.findall(r"<li([^>]*)>\s*<time[^>]*>[^<]*</time>\s*<strong>(?:<a[^>]*>)?Solo mia", page)
    assert lines == [' class="op-screen-only"']
