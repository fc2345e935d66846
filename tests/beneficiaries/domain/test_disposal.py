from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.core.files.storage import default_storage

from beneficiaries.domain import data_request, disposal
from beneficiaries.domain.assignment import assign
from beneficiaries.domain.notes import write_note
from beneficiaries.domain.notices import tell
from beneficiaries.domain.retention import due_for_disposal, keeping_of
from beneficiaries.domain.search import index_person
from beneficiaries.models import Application, DataRequest, Disposal, Person
from oltreiperimetri.accounts.models import User
from oltreiperimetri.audit.models import AuditEntry, StateChange
from oltreiperimetri.reminders.models import Reminder
from oltreiperimetri.shared.errors import DomainError
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import ApplicationFactory, DocumentFactory, PersonFactory
from tests.factories.evenings import GuestFactory
from tests.factories.generazioni import IdeaFactory
from tests.factories.orafo import MembershipFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
DAY = date(2026, 11, 25)
CANARY = "canarinogiallo"


@pytest.fixture
def pair():
    return UserFactory(coordinator=True), UserFactory(coordinator=True)


def closed(decided_at, state="not_admitted", **facts):
    application = ApplicationFactory(state=state, decided_at=decided_at, received_at=decided_at, **facts)
    Person.objects.filter(pk=application.person_id).update(created_at=decided_at)
    return application.person


@pytest.mark.parametrize(
    ("asked_on", "last_day"),
    [
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2026, 11, 25), date(2026, 12, 25)),
    ],
)
def test_the_month_of_the_law_is_counted_by_calendar(asked_on, last_day):
    assert data_request.last_day(asked_on) == last_day


def test_a_request_is_extended_once_within_its_month_and_told(pair):
    person = PersonFactory()
    request = data_request.ask(person, "erasure", "", by=None, now=datetime(2026, 11, 30, 9, tzinfo=UTC))
    assert request.due_on == date(2026, 12, 30)

    data_request.extend(request, "Un tirocinio è ancora aperto.", by=pair[0], now=datetime(2026, 12, 30, 9, tzinfo=UTC))

    request.refresh_from_db()
    assert (request.due_on, person.notices.count()) == (date(2027, 2, 28), 1)
    planned = Reminder.objects.filter(kind="beneficiaries.data_request", state="planned").order_by("wave")
    assert planned[0].wanted_at.date() == date(2027, 2, 21)
    with pytest.raises(DomainError):
        data_request.extend(request, "Ancora.", by=pair[0], now=datetime(2027, 1, 2, 9, tzinfo=UTC))


@pytest.mark.parametrize(
    ("decided_on", "state", "is_due"),
    [
        (datetime(2024, 11, 24, 9, tzinfo=UTC), "not_admitted", True),
        (datetime(2024, 11, 25, 9, tzinfo=UTC), "not_admitted", False),
        (datetime(2024, 11, 24, 9, tzinfo=UTC), "withdrawn", True),
        (datetime(2024, 11, 24, 9, tzinfo=UTC), "admitted", False),
        (datetime(2016, 11, 24, 9, tzinfo=UTC), "admitted", True),
        (datetime(2016, 11, 25, 9, tzinfo=UTC), "admitted", False),
    ],
)
def test_a_file_is_due_the_day_after_the_last_day_of_its_term(decided_on, state, is_due):
    closed(decided_on, state)
    assert due_for_disposal(Person.objects.all(), today=DAY).exists() is is_due


def test_a_term_that_begins_on_29_february_ends_on_28_february():
    person = closed(datetime(2024, 2, 29, 9, tzinfo=UTC))
    assert keeping_of(person, today=DAY).until == date(2026, 2, 28)
    assert not due_for_disposal(Person.objects.all(), today=date(2026, 2, 28)).exists()
    assert due_for_disposal(Person.objects.all(), today=date(2026, 3, 1)).exists()


def test_who_has_something_open_or_a_hold_is_not_due(pair):
    old = datetime(2015, 1, 10, 9, tzinfo=UTC)
    busy, held = closed(old), closed(old)
    ApplicationFactory(person=busy)
    disposal.hold(held, reason="Ricorso", until=DAY, by=pair[0], now=NOW)
    assert keeping_of(busy, today=DAY) is None
    assert not due_for_disposal(Person.objects.all(), today=DAY).exists()
    assert list(due_for_disposal(Person.objects.all(), today=DAY + timedelta(days=1))) == [held]


def test_two_people_erase_and_neither_is_the_other(pair):
    closed(datetime(2015, 1, 10, 9, tzinfo=UTC))
    rows = disposal.propose_due([Person.objects.get().pk, 999999], by=pair[0], now=NOW)
    assert [row.outcome for row in rows] == ["done", "gone"]
    with pytest.raises(DomainError):
        disposal.approve(Disposal.objects.get(), by=pair[0], now=NOW)
    with pytest.raises(DomainError):
        disposal.approve(Disposal.objects.get(), by=UserFactory(caseworker=True), now=NOW)
    disposal.approve(Disposal.objects.get(), by=pair[1], now=NOW)
    assert Person.objects.get().audit_key is None


def test_nobody_is_erased_while_something_is_under_way(pair):
    person = ApplicationFactory().person
    with pytest.raises(DomainError):
        disposal.propose(person, ground="request", due_on=DAY, by=pair[0], now=NOW)
    member = MembershipFactory(person=PersonFactory(), state="waitlisted", position=1, listed_on=DAY)
    with pytest.raises(DomainError):
        disposal.propose(member.person, ground="request", due_on=DAY, by=pair[0], now=NOW)


def everything_stored() -> list[tuple[str, str]]:
    """(table, row in words) of every row of every model, encrypted fields read."""
    return [
        (model._meta.label, " ".join(str(getattr(row, field.attname)) for field in model._meta.concrete_fields))
        for model in apps.get_models()
        for row in model._base_manager.all()
    ]


def told_person(owner):
    """Somebody whose every word holds the canary, in every part of the portal."""
    user = User.objects.create_user(
        f"{CANARY}@example.org", roles=["beneficiary"], first_name=CANARY, last_name=CANARY, phone=CANARY
    )
    person = PersonFactory(
        user=user, first_name=CANARY, last_name=CANARY, email=user.email, phone=CANARY, address=CANARY, other_town=CANARY
    )
    index_person(person)
    application = ApplicationFactory(
        person=person, state="withdrawn", decided_at=NOW, protocol_number=CANARY[:12], notice_version=CANARY
    )
    assign(application, owner, by=owner, now=NOW)
    StateChange.objects.create(
        object_type="beneficiaries.application", object_id=application.pk, from_state="a", to_state="b", note=CANARY, at=NOW
    )
    write_note(person, title=CANARY, text=CANARY, by=owner, now=NOW)
    tell(person, CANARY, CANARY, by=owner, now=NOW)
    GuestFactory(name=CANARY, email=user.email)
    IdeaFactory(author=user, title=CANARY, summary=CANARY, team=CANARY)
    return person, application, DocumentFactory(person=person, description=CANARY, file__name=f"{CANARY}.pdf")


def test_of_an_erased_person_no_word_is_left_anywhere_and_the_numbers_stay(pair, django_capture_on_commit_callbacks):
    first, second = pair
    person, application, document = told_person(first)
    path, key, entries = document.file.path, person.audit_key, AuditEntry.objects.count()
    request = data_request.ask(person, "erasure", CANARY, by=person.user, now=NOW)
    assert [row for row in everything_stored() if CANARY in row[1].lower()]

    with django_capture_on_commit_callbacks(execute=True):
        disposal.approve(disposal.propose_asked(request, by=first, now=NOW), by=second, now=NOW)

    assert [row for row in everything_stored() if CANARY in row[1].lower()] == []
    assert not default_storage.exists(path)
    assert Application.objects.filter(
        pk=application.pk, state="withdrawn", person__municipality=person.municipality
    ).exists()
    assert not Person.objects.filter(audit_key=key).exists()
    assert AuditEntry.objects.count() > entries
    proof = Disposal.objects.get()
    assert (proof.person, proof.proposed_by, proof.decided_by, proof.state) == (None, first, second, "done")
    assert proof.erased["beneficiaries.note"] == 1
    assert DataRequest.objects.get().state == "granted"
    assert not User.objects.get(pk=person.user_id).is_active
