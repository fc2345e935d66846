"""Complaint 15: what the office does in somebody's place is told to them (demarche.numerique.gouv.fr 12693)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from beneficiaries.domain.contacts import change_contacts
from beneficiaries.domain.evidence import set_aside
from beneficiaries.domain.intake import correct_household
from beneficiaries.domain.screening import correct_facts
from beneficiaries.domain.unsent_page import add_page, send_pages
from beneficiaries.models import PersonDocument
from oltreiperimetri.reminders.models import Message
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO, ApplicationFactory, DocumentFactory, PersonFactory
from tests.factories.files import photo

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)


@pytest.fixture
def caseworker():
    return UserFactory(caseworker=True, towns=[RHO])


def contacts_of(person, **changes):
    names = ("email", "phone", "address", "contact_by", "preferred_language")
    return {name: getattr(person, name) for name in names} | changes


def correct(person, by):
    application = ApplicationFactory(person=person)
    correct_facts(application, {"working_now": True}, by=by, now=NOW)


def add_paper(person, by):
    add_page(person, SimpleUploadedFile("foto.jpg", photo()), by=by, now=NOW)
    send_pages(person, kind=PersonDocument.Kind.CV, by=by, now=NOW)


ACTS = {
    "contacts": lambda person, by: change_contacts(person, **contacts_of(person, phone="02 1"), by=by, now=NOW),
    "facts": correct,
    "family": lambda person, by: correct_household(person, [], by=by, now=NOW),
    "paper added": add_paper,
    "paper set aside": lambda person, by: set_aside(DocumentFactory(person=person), "unreadable", by=by, now=NOW),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_complaint_15_every_act_in_somebodys_place_is_told_to_them(act, caseworker):
    person = PersonFactory()
    act(person, caseworker)
    notice = person.notices.get()
    assert (notice.sent_by, notice.delivery) == (caseworker, "email")
    assert Message.objects.get().recipient == person.email


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_who_has_no_address_is_not_put_among_the_calls_for_it(act, caseworker):
    person = PersonFactory(email="")
    act(person, caseworker)
    assert not person.notices.exists()


def test_what_people_do_themselves_is_not_told_to_them():
    person = PersonFactory(user=UserFactory(beneficiary=True))
    ACTS["contacts"](person, person.user)
    assert not person.notices.exists()


def test_a_changed_address_is_told_to_the_one_of_before(caseworker):
    person = PersonFactory(email="prima@example.org")
    change_contacts(person, **contacts_of(person, email="dopo@example.org"), by=caseworker, now=NOW)
    assert Message.objects.get().recipient == "prima@example.org"
    assert person.email == "dopo@example.org"


def test_the_same_act_twice_in_a_day_is_told_once(caseworker):
    person = PersonFactory()
    for phone, now in (("02 1", NOW), ("02 2", NOW), ("02 3", NOW + timedelta(days=1))):
        change_contacts(person, **contacts_of(person, phone=phone), by=caseworker, now=now)
    assert person.notices.count() == 2
