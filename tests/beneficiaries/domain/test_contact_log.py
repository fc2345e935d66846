from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from beneficiaries.desk import report_rows
from beneficiaries.domain import contact_log as verbs
from beneficiaries.models import ContactEntry
from oltreiperimetri.audit.models import AuditEntry
from oltreiperimetri.shared.dates import at_rome
from oltreiperimetri.shared.desk import Figure
from oltreiperimetri.shared.errors import DomainError
from oltreiperimetri.shared.models import Municipality
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO, PersonFactory
from tests.factories.beneficiaries_work import ContactEntryFactory

pytestmark = pytest.mark.django_db
PERO = "015170"
TODAY = date(2026, 11, 24)
NOW = at_rome(TODAY, 10)


@pytest.fixture
def caseworker():
    return UserFactory(caseworker=True, towns=[RHO])


def note(by, **facts):
    place = Municipality.objects.get(pk=facts.pop("place", RHO))
    return verbs.note_contact(**({"kind": "call", "day": TODAY, "place": place} | facts), by=by, now=NOW)


def test_a_line_of_nobody_in_particular(caseworker):
    pero = Municipality.objects.get(pk=PERO)
    entry = note(caseworker, municipality=pero, age_band="50_59")
    assert (entry.person, entry.municipality, entry.age_band, entry.minutes) == (None, pero, "50_59", None)
    assert verbs.last_place(caseworker).pk == RHO


def test_of_a_person_the_town_is_theirs_and_no_age_is_kept(caseworker):
    entry = note(caseworker, person=PersonFactory(), age_band="50_59", place=PERO)
    assert (entry.municipality_id, entry.place_id, entry.age_band) == (RHO, PERO, "")


def test_nobody_writes_about_a_person_out_of_reach_or_about_tomorrow(caseworker):
    with pytest.raises(DomainError) as far:
        note(caseworker, person=PersonFactory(municipality_id=PERO))
    with pytest.raises(DomainError) as tomorrow:
        note(caseworker, day=TODAY + timedelta(days=1))
    assert (far.value.code, tomorrow.value.code) == ("not_allowed", "future")


@pytest.mark.parametrize("facts", [{"kind": "consultation"}, {"topic": "work"}, {"minutes": 0}, {"minutes": 601}])
def test_the_database_refuses_lines_that_say_too_little_or_too_much(facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactEntryFactory(**facts)


def test_a_line_is_taken_back_by_its_author_within_a_day(caseworker):
    entry = note(caseworker)
    written = entry.created_at
    with pytest.raises(DomainError) as other:
        verbs.take_back(entry, by=UserFactory(coordinator=True), now=written)
    with pytest.raises(DomainError) as late:
        verbs.take_back(entry, by=caseworker, now=written + timedelta(days=1, seconds=1))
    assert (other.value.code, late.value.code) == ("not_author", "too_late")
    verbs.take_back(entry, by=caseworker, now=written + timedelta(days=1))
    assert not ContactEntry.objects.exists()
    assert AuditEntry.objects.filter(action="take_back_contact").count() == 1


def test_lines_are_seen_as_their_people_are(caseworker):
    here = ContactEntryFactory(place_id=RHO)
    own = ContactEntryFactory(place_id=PERO, by=caseworker)
    known = ContactEntryFactory(place_id=PERO, person=PersonFactory())
    ContactEntryFactory(place_id=PERO)
    ContactEntryFactory(place_id=RHO, person=PersonFactory(municipality_id=PERO), by=caseworker)
    assert set(ContactEntry.objects.visible_to(caseworker)) == {here, own, known}
    assert ContactEntry.objects.visible_to(UserFactory(coordinator=True)).count() == 5
    assert not ContactEntry.objects.visible_to(UserFactory(beneficiary=True)).exists()


def test_the_half_year_counts_consultations_by_town_and_action_and_accesses_by_cafe():
    first, last = date(2026, 7, 1), date(2026, 12, 31)
    advice = {"kind": "consultation", "topic": "savings"}
    ContactEntryFactory(**advice, day=first, municipality_id=PERO)
    ContactEntryFactory(**advice, day=last)
    ContactEntryFactory(**advice, day=first - timedelta(days=1))
    ContactEntryFactory(**advice, day=last + timedelta(days=1))
    ContactEntryFactory(kind="cafe", day=first, municipality_id=PERO)
    ContactEntryFactory(kind="cafe", day=first)
    ContactEntryFactory(kind="call", day=first, municipality_id=PERO)
    ContactEntryFactory(kind="desk", day=last)
    assert report_rows(first, last) == [
        Figure(PERO, "savings", "consultations", 1),
        Figure(RHO, "savings", "consultations", 1),
        Figure(RHO, "places", "cafe_accesses", 2),
        Figure(RHO, "places", "desk_visits", 1),
        Figure(PERO, "places", "calls", 1),
    ]
