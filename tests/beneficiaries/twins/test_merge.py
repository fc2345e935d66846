"""Two files become one, nothing is left behind, and within thirty days both come back as they were."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps

from beneficiaries.domain.contacts import change_contacts
from beneficiaries.domain.merge import MergeRefused, keys_of, merge
from beneficiaries.domain.merge_map import undeclared
from beneficiaries.domain.merge_undo import UNDO_DAYS, undo_merge, undo_refusals
from beneficiaries.domain.search import index_person, matching
from beneficiaries.domain.twins import find_twins, not_the_same
from beneficiaries.models import Application, Person, PersonMerge, TwinPair
from oltreiperimetri.reminders.planning import plan_all
from oltreiperimetri.shared.errors import DomainError
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import ApplicationFactory, DocumentFactory, NoteFactory, NoticeFactory, PersonFactory
from tests.factories.beneficiaries_intake import EmploymentSpellFactory, HouseholdMemberFactory, WorkProfileFactory
from tests.factories.beneficiaries_meetings import InterviewFactory
from tests.factories.beneficiaries_money import DebtFactory, MoneyPathFactory
from tests.factories.beneficiaries_work import (
    ActionFactory,
    AssessmentFactory,
    CaseFactory,
    ContactEntryFactory,
    GoalFactory,
    PactFactory,
    TeamMemberFactory,
)
from tests.factories.orafo import MembershipFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
LOGS = {"audit", "sessions", "contenttypes", "auth", "admin", "django_celery_beat"}
UNTOLD = {"updated_at", "planned_at", "round"}


@pytest.fixture
def coordinator():
    return UserFactory(coordinator=True)


def known(**fields) -> Person:
    person = PersonFactory(**fields)
    index_person(person)
    find_twins(person)
    return person


@pytest.fixture
def twins():
    return known(last_name="Colombo", phone="", email=""), known(last_name="Colombo")


def fill(person: Person, colleague) -> None:
    """Something of every kind."""
    application = ApplicationFactory(person=person, admitted=True)
    NoteFactory(person=person, author=colleague)
    NoticeFactory(person=person)
    DocumentFactory(person=person)
    HouseholdMemberFactory(person=person)
    EmploymentSpellFactory(person=person)
    WorkProfileFactory(person=person, skills="Saldo")
    InterviewFactory(person=person, application=application)
    ActionFactory(goal=GoalFactory(pact=PactFactory(person=person, replaced=True)))
    ContactEntryFactory(person=person)
    TeamMemberFactory(person=person, user=colleague)
    DebtFactory(person=person)


def dump() -> dict[str, list]:
    """Every row of our tables, logs apart."""
    found = {}
    for model in apps.get_models():
        if model._meta.app_label in LOGS or model in (PersonMerge, apps.get_model("audit.StateChange")):
            continue
        names = [field.attname for field in model._meta.concrete_fields if field.name not in UNTOLD]
        if model._meta.label == "beneficiaries.SearchWord":
            names.remove("id")
        found[model._meta.label] = sorted(map(repr, model._base_manager.values_list(*names)))
    return found


def test_every_table_that_points_at_a_person_is_declared():
    assert undeclared() == [], "say in beneficiaries/domain/merge_map.py (or in the app above) what becomes of these rows"


def test_everything_goes_over_and_the_other_file_is_gone(twins, coordinator):
    keep, drop = twins
    fill(drop, coordinator)
    counts = {relation.name: getattr(drop, relation.get_accessor_name()).count()
              for relation in Person._meta.related_objects
              if relation.one_to_many and relation.get_accessor_name() and relation.name != "search_words"}  # fmt: skip
    merge(keep, drop, {}, by=coordinator, now=NOW)
    keep = Person.objects.get()
    assert {name: getattr(keep, Person._meta.get_field(name).get_accessor_name()).count() for name in counts} == counts | {
        "merges": 1
    }
    assert (keep.email, keep.phone) == (drop.email, drop.phone)
    assert keep.work_profile.skills == "Saldo"
    assert list(matching(Person.objects.all(), drop.email)) == [keep]


def test_each_value_comes_from_the_file_that_was_chosen(coordinator):
    keep = known(first_name="Teresa", birth_date=date(1975, 3, 10))
    drop = known(first_name="Maria Teresa", birth_date=date(1975, 10, 3))
    merge(keep, drop, {"first_name": "drop", "birth_date": "keep"}, by=coordinator, now=NOW)
    keep.refresh_from_db()
    assert (keep.first_name, keep.birth_date) == ("Maria Teresa", date(1975, 3, 10))


def test_undone_everything_is_as_before(twins, coordinator):
    keep, drop = twins
    fill(keep, coordinator)
    fill(drop, coordinator)
    third = known(last_name="Colomba")
    not_the_same(TwinPair.objects.of(third).of(drop).get(), by=coordinator, now=NOW)
    plan_all(now=NOW)
    before = dump()
    done = merge(keep, drop, {"email": "drop", "household": "drop"}, by=coordinator, now=NOW)
    assert dump() != before
    assert TwinPair.objects.of(third).of(keep).get().reason == "birth"
    undo_merge(done, by=coordinator, now=NOW + timedelta(days=UNDO_DAYS))
    assert dump() == before


def test_of_two_applications_under_way_one_is_chosen(twins, coordinator):
    keep, drop = twins
    no_window = {"last_job_ended_on": None}  # no reminder of it is planned again
    mine, theirs = ApplicationFactory(person=keep, **no_window), ApplicationFactory(person=drop, **no_window)
    with pytest.raises(MergeRefused) as refusal:
        merge(keep, drop, {}, by=coordinator, now=NOW)
    assert len(refusal.value.reasons) == 1
    plan_all(now=NOW)
    before = dump()
    done = merge(keep, drop, {"application": "drop"}, by=coordinator, now=NOW)
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.state, theirs.state, theirs.person) == ("withdrawn", "received", keep)
    undo_merge(done, by=coordinator, now=NOW)
    assert dump() == before


def test_an_interview_ahead_of_the_application_that_goes_is_cancelled_first(twins, coordinator):
    keep, drop = twins
    ApplicationFactory(person=keep)
    theirs = ApplicationFactory(person=drop, interview=True)
    InterviewFactory(application=theirs, person=drop)
    with pytest.raises(MergeRefused):
        merge(keep, drop, {"application": "keep"}, by=coordinator, now=NOW)
    merge(keep, drop, {"application": "drop"}, by=coordinator, now=NOW)


@pytest.mark.parametrize(
    "factory",
    [
        CaseFactory,
        lambda person: PactFactory(person=person, agreed=True),
        lambda person: AssessmentFactory(person=person, taken_on=date(2026, 11, 3)),
        MoneyPathFactory,
        lambda person: MembershipFactory(person=person),
    ],
)
def test_what_a_person_has_once_is_solved_first(twins, coordinator, factory):
    for person in twins:
        factory(person=person)
    before = dump()
    with pytest.raises(MergeRefused) as refusal:
        merge(*twins, {}, by=coordinator, now=NOW)
    assert len(refusal.value.reasons) == 1
    assert dump() == before


def test_both_keys_stay_readable(twins, coordinator):
    keep, drop = twins
    third = known(last_name="Colombo")
    merge(drop, third, {}, by=coordinator, now=NOW)
    merge(keep, drop, {}, by=coordinator, now=NOW)
    assert set(keys_of(keep)) == {keep.audit_key, drop.audit_key, third.audit_key}


def test_a_caseworker_merges_only_whom_they_reach(twins):
    keep, drop = twins
    far = known(municipality_id="015170")
    colleague = UserFactory(caseworker=True)
    colleague.municipalities.add("015182")
    with pytest.raises(DomainError) as refusal:
        merge(keep, far, {}, by=colleague, now=NOW)
    assert refusal.value.code == "not_allowed"
    merge(keep, drop, {}, by=colleague, now=NOW)
    assert Person.objects.count() == 2


def test_a_file_is_not_merged_with_itself(twins, coordinator):
    with pytest.raises(DomainError) as refusal:
        merge(twins[0], twins[0], {}, by=coordinator, now=NOW)
    assert refusal.value.code == "itself"


def test_what_was_written_since_refuses_the_undoing_with_every_reason(twins, coordinator):
    keep, drop = twins
    ApplicationFactory(person=drop, admitted=True)
    done = merge(keep, drop, {}, by=coordinator, now=NOW)
    done.refresh_from_db()
    assert undo_refusals(done, now=NOW) == []
    change_contacts(
        done.kept,
        email="nuova@example.org",
        phone="",
        address="",
        contact_by="",
        preferred_language="",
        by=coordinator,
        now=NOW,
    )
    Application.objects.all().delete()
    assert len(undo_refusals(done, now=NOW)) == 3
    with pytest.raises(MergeRefused):
        undo_merge(done, by=coordinator, now=NOW)


def test_after_thirty_days_or_twice_it_is_too_late(twins, coordinator):
    done = merge(*twins, {}, by=coordinator, now=NOW)
    assert len(undo_refusals(done, now=NOW + timedelta(days=UNDO_DAYS, seconds=1))) == 1
    undo_merge(done, by=coordinator, now=NOW)
    assert len(undo_refusals(done, now=NOW)) == 1


def test_a_merge_inside_a_merge_is_undone_in_its_order(twins, coordinator):
    keep, drop = twins
    inner = merge(drop, known(last_name="Colombo"), {}, by=coordinator, now=NOW)
    outer = merge(keep, drop, {}, by=coordinator, now=NOW)
    inner.refresh_from_db()
    assert len(undo_refusals(inner, now=NOW)) == 1
    undo_merge(outer, by=coordinator, now=NOW)
    undo_merge(inner, by=coordinator, now=NOW)
    assert Person.objects.count() == 3
