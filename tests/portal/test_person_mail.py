"""/persone/<id>/posta/: what was planned, sent and not sent to one person, to whoever has them in reach."""

import pytest
from django.urls import reverse
from django.utils import timezone

from oltreiperimetri.audit.models import AuditEntry
from oltreiperimetri.reminders.models import ContactPoint, Message, Reminder
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO, PersonFactory

pytestmark = pytest.mark.django_db
PERO = "015170"


@pytest.fixture
def caseworker(client):
    user = UserFactory(caseworker=True, towns=[RHO])
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def message(person, state="sent", number=0) -> Message:
    return Message.objects.create(
        dedupe_key=f"{person.pk}-{state}-{number}",
        recipient=person.email,
        template="followups/form",
        subject="Prova",
        body="Prova",
        message_id="<x@example.org>",
        state=state,
        queued_at=timezone.now(),
        person_key=person.audit_key,
    )


def step(person, state="planned", number=0, **values) -> Reminder:
    now = timezone.now()
    return Reminder.objects.create(
        kind="followups.checkpoint",
        subject_type="followups.checkpoint",
        subject_id=person.pk * 100 + number,
        audience="person",
        wave=0,
        wanted_at=now,
        due_at=now,
        planned_at=now,
        state=state,
        person_key=person.audit_key,
        **values,
    )


def mail_of(client, person, view=""):
    return client.get(reverse("portal:person_mail", args=[person.pk]), {"vista": view})


@pytest.mark.parametrize(
    ("view", "made", "state"),
    [
        ("planned", step, "planned"),
        ("skipped", step, "skipped"),
        ("cancelled", step, "cancelled"),
        ("waiting", message, "retry"),
        ("sent", message, "sent"),
        ("failed", message, "failed"),
        ("failed", message, "bounced"),
    ],
)
def test_each_list_has_what_is_theirs_and_nobody_elses(client, caseworker, view, made, state):
    person, other = PersonFactory(email="one@example.org"), PersonFactory(email="two@example.org")
    theirs = made(person, state)
    made(other, state)
    page = mail_of(client, person, view)
    assert list(page.context["page_obj"].object_list) == [theirs]
    assert {key: count for key, _label, count in page.context["views"] if count} == {view: 1}


def test_why_it_was_not_sent_is_said(client, caseworker):
    person = PersonFactory()
    step(person, "skipped", reason="canarino-perché")
    assert "canarino-perché" in mail_of(client, person, "skipped").content.decode()


def test_opening_it_is_recorded_once_on_the_person(client, caseworker):
    person = PersonFactory()
    mail_of(client, person)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.subject, entry.actor_id) == ("read", person.audit_key, caseworker.pk)


def test_somebody_out_of_reach_does_not_exist_and_leaves_no_entry(client, caseworker):
    person = PersonFactory(municipality_id=PERO)
    assert mail_of(client, person).status_code == 404
    assert AuditEntry.objects.count() == 0


def test_an_erased_person_has_no_mail_of_nobody(client, caseworker):
    person = PersonFactory(audit_key=None)
    Message.objects.filter(pk=message(person).pk).update(person_key=None)
    assert mail_of(client, person, "sent").context["page_obj"].paginator.count == 0


def test_a_refusing_address_is_said_and_only_coordinators_have_buttons(client, caseworker):
    person = PersonFactory(email="One@example.org")
    ContactPoint.objects.create(address="one@example.org", status="refused")
    failed = message(person, "failed")
    button = reverse("reminders:act_on_message", args=[failed.pk, "riprova"])
    page = mail_of(client, person, "failed")
    assert page.context["refuses"] is True
    assert button not in page.content.decode()
    client.force_login(UserFactory(coordinator=True), backend="django.contrib.auth.backends.ModelBackend")
    assert button in mail_of(client, person, "failed").content.decode()


def test_it_costs_the_same_with_one_and_three_rows(client, caseworker, django_assert_max_num_queries):
    person = PersonFactory()
    costs = []
    for numbers in ([0], [1, 2]):
        for number in numbers:
            message(person, number=number)
        with django_assert_max_num_queries(12) as queries:
            mail_of(client, person, "sent")
        costs.append(len(queries))
    assert costs[0] == costs[1]
