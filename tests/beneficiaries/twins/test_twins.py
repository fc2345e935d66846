"""Who may be the same person: never by contact data alone."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from beneficiaries.domain.merge import merge
from beneficiaries.domain.registration import save_with_index
from beneficiaries.domain.search import index_person
from beneficiaries.domain.twins import (
    candidates,
    distance,
    find_recent_twins,
    find_twins,
    look_again,
    not_the_same,
    similar_names,
)
from beneficiaries.models import Application, Person, TwinPair
from oltreiperimetri.audit.trail import record_read
from oltreiperimetri.portal.accesses import accesses_of
from tests.beneficiaries.views.registering import CHECK, TOLD, begin, step
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import PersonFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
CODE = "CLMTRS75C50H264J"


def known(**fields) -> Person:
    person = PersonFactory(**fields)
    save_with_index(person)
    index_person(person)
    return person


@pytest.mark.parametrize(("one", "other", "letters"), [("", "", 0), ("rossi", "rosi", 1), ("abc", "cab", 2)])
def test_distance_counts_letters(one, other, letters):
    assert distance(one, other) == distance(other, one) == letters


@pytest.mark.parametrize(
    ("names", "similar"),
    [
        (("Niccolò", "Dell'Orto"), True),
        (("NICCOLO", "DELL’ORTO"), True),
        (("Dell’Orto", "Niccolò"), True),
        (("Nicolo", "Dellorto"), True),
        (("Nicola", "Dell’Orso"), False),
        (("Marco", "Dell’Orto"), False),
    ],
)
def test_names_are_similar_whatever_accents_apostrophes_case_and_order(names, similar):
    told = Person(first_name=names[0], last_name=names[1])
    assert similar_names(Person(first_name="Niccolò", last_name="Dell'Orto"), told) is similar


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"tax_code": CODE, "first_name": "Ada", "last_name": "Altra", "birth_date": None}, "tax_code"),
        ({"email": "TERESA@example.org", "last_name": "Altra", "birth_date": None}, "email"),
        ({"phone": "02 9999 0000", "first_name": "Maria Teresa", "last_name": "Altra", "birth_date": None}, "phone"),
        ({"last_name": "Colonbo"}, "birth"),
        ({"email": "teresa@example.org", "phone": "+39 02 9999 0000", "first_name": "Luca", "birth_date": None}, None),
        ({"last_name": "Colombo", "birth_date": date(1975, 3, 11)}, None),
        ({"last_name": "Rossi"}, None),
    ],
)
def test_what_makes_two_files_look_alike(fields, reason):
    first = known(last_name="Colombo", email="teresa@example.org", phone="+39 02 9999 0000", tax_code=CODE)
    second = known(**fields)
    assert candidates(second) == ({first.pk: reason} if reason else {})


def test_a_suspicion_that_no_longer_holds_is_forgotten_a_decision_is_not():
    first, second, third = known(last_name="Colombo"), known(last_name="Colombo"), known(last_name="Colombo")
    assert (find_twins(first), find_twins(first), find_twins(third)) == (2, 0, 1)
    colleague = UserFactory(coordinator=True)
    not_the_same(TwinPair.objects.of(first).of(second).get(), by=colleague, now=NOW)
    Person.objects.filter(pk=first.pk).update(last_name="Rossi")
    first.refresh_from_db()
    find_twins(first)
    assert [pair.state for pair in TwinPair.objects.of(first)] == ["not_same"]
    look_again(TwinPair.objects.of(first).get(), by=colleague, now=NOW)
    find_twins(first)
    assert not TwinPair.objects.of(first).exists()


def test_the_number_of_queries_does_not_grow():
    def queries() -> int:
        person = known(last_name="Colombo")
        with CaptureQueriesContext(connection) as counted:
            find_twins(person)
        return len(counted)

    queries()
    few = queries()
    for _person in range(5):
        known(last_name="Colombo", email="teresa@example.org")
    assert queries() == few


def test_files_changed_by_any_road_are_looked_at_at_night():
    known(last_name="Colombo")
    known(last_name="Colombo")
    assert find_recent_twins(now=datetime.now(UTC)) == 1


def test_the_person_reads_who_opened_either_file_after_they_became_one():
    coordinator = UserFactory(coordinator=True)
    keep, drop = known(last_name="Colombo", email=""), known(last_name="Colombo", email="")
    record_read(drop, by=coordinator)
    merge(keep, drop, {}, by=coordinator, now=NOW)
    assert accesses_of(Person.objects.get()).count() == 1


def test_whoever_registers_never_learns_that_they_are_known(client):
    """The same answers lead to the same pages, whether somebody like them is here or not."""

    def walk() -> list[tuple]:
        client.logout()
        begin(client)
        answers = [client.post(step(slug), typed) for slug, typed in TOLD.items()]
        sent = client.post(CHECK, {"notice_read": "on"})
        return [(answer.status_code, answer.get("Location")) for answer in (*answers, sent)]

    known(last_name="Colombo", phone="+39 347 123 4567", email="", birth_date=date(1975, 3, 10))
    of_somebody_known = walk()
    assert TwinPair.objects.count() == 1
    TwinPair.objects.all().delete()
    Application.objects.all().delete()
    Person.objects.all().delete()
    assert walk() == of_somebody_known
