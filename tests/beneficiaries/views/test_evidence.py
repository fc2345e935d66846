from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from beneficiaries import desk
from beneficiaries.enums import CheckedHow
from beneficiaries.models import PersonDocument
from oltreiperimetri.shared.desk import Tab, Task
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO, ApplicationFactory, DocumentFactory, PersonFactory

pytestmark = pytest.mark.django_db
LATER = reverse("beneficiaries:my_paper_later")
Kind, State = PersonDocument.Kind, PersonDocument.State


def sign_in(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


@pytest.fixture
def caseworker(client):
    return sign_in(client, UserFactory(caseworker=True, towns=[RHO]))


def in_days(days) -> date:
    return timezone.localdate() + timedelta(days=days)


def test_the_caseworker_writes_down_a_paper_shown_at_the_desk(client, caseworker):
    person = PersonFactory()
    told = {"kind": Kind.IDENTITY, "how": CheckedHow.ORIGINAL, "issued_on": "1/3/2024"}
    client.post(reverse("beneficiaries:paper_new", args=[person.pk]), told)
    paper = person.documents.get()
    assert (paper.state, paper.checked_by, paper.expires_on) == (State.SEEN, caseworker, date(2034, 3, 1))


def test_a_copy_sent_by_the_person_is_looked_at(client, caseworker):
    paper = DocumentFactory(kind=Kind.CV)
    url = reverse("beneficiaries:paper_check", args=[paper.pk])
    assert set(client.post(url, {}).context["form"].errors) == {"how"}
    assert client.post(url, {"how": CheckedHow.COPY}).url == paper.person.tab_url(Tab.DOCUMENTS)
    paper.refresh_from_db()
    assert (paper.state, paper.how) == (State.SEEN, CheckedHow.COPY)


def test_a_paper_is_set_aside_with_a_reason_and_taken_up_again(client, caseworker):
    paper = DocumentFactory()
    url = reverse("beneficiaries:paper_set_aside", args=[paper.pk])
    assert set(client.post(url, {}).context["form"].errors) == {"reason"}
    client.post(url, {"reason": "unreadable"})
    paper.refresh_from_db()
    assert paper.state == State.SET_ASIDE
    client.post(reverse("beneficiaries:paper_take_up", args=[paper.pk]))
    paper.refresh_from_db()
    assert paper.state == State.DECLARED


def test_staff_do_not_find_their_own_papers_to_check(client, caseworker):
    paper = DocumentFactory(person=PersonFactory(user=caseworker))
    assert client.get(reverse("beneficiaries:paper_check", args=[paper.pk])).status_code == 404


def test_the_person_says_by_when_a_paper_comes_and_both_see_it_awaited(client):
    application = ApplicationFactory(in_review=True)
    person = application.person
    person.user = sign_in(client, UserFactory(beneficiary=True))
    person.save()
    day = in_days(10)
    assert set(client.post(LATER, {}).context["form"].errors) == {"kind", "awaited_on"}
    response = client.post(LATER, {"kind": Kind.PERMIT, "awaited_on": day.strftime("%d/%m/%Y")})
    assert response.url == reverse("portal:my_path") + "#documenti"
    paper = person.documents.get()
    assert (paper.awaited_on, paper.state, paper.file) == (day, State.DECLARED, None)
    assert client.get(reverse("portal:my_path")).status_code == 200
    task = next(task for task in desk.own_tasks(person) if task.order == 3)
    assert isinstance(task, Task)
    assert str(paper.pk) in task.url
    assert awaited_step(person, person.user, today=day) == ("person", day)
    caseworker = UserFactory(caseworker=True, towns=[RHO])
    assert awaited_step(person, caseworker, today=day + timedelta(days=1)) == ("caseworker", day)


def awaited_step(person, viewer, *, today):
    """Who has the ball, and by when, in the step about a paper."""
    step = next(step for step in desk.next_steps(person, viewer, today=today) if step.urgency in (5, 15))
    return step.ball, step.due_on


def test_a_day_too_far_is_refused_beside_its_field(client):
    PersonFactory(user=sign_in(client, UserFactory(beneficiary=True)))
    page = client.post(LATER, {"kind": Kind.CV, "awaited_on": in_days(61).strftime("%d/%m/%Y")})
    assert set(page.context["form"].errors) == {"awaited_on"}


def test_the_panel_shows_state_and_validity_and_costs_the_same_with_three_papers(client, caseworker):
    person = PersonFactory()
    DocumentFactory(person=person)
    url = person.tab_url(Tab.DOCUMENTS)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    DocumentFactory(person=person, state=State.SEEN, how="copy", checked_at=timezone.now(), expires_on=date(2020, 1, 1))
    DocumentFactory(person=person, file=None, awaited_on=in_days(3))
    with CaptureQueriesContext(connection) as three:
        client.get(url)
    assert len(three) == len(one)
