"""Versions of the rules: draft, rehearsal, publication by a second person, and never a change afterwards."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from beneficiaries.domain.eligibility import Outcome, judge
from beneficiaries.domain.rehearsal import rehearse
from beneficiaries.domain.rule_draft import differences, discard, publish, save_draft, start_draft
from beneficiaries.domain.rules import as_json, as_rule_set, dated, from_json, orafo_rules, published, rule_set
from beneficiaries.domain.rules_2014 import VERSION_1
from beneficiaries.domain.screening import facts_from_json, screen
from beneficiaries.models import RuleVersion, Screening
from oltreiperimetri.shared.errors import DomainError
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import ApplicationFactory, ScreeningFactory
from tests.factories.beneficiaries_rules import DraftFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
TODAY = date(2026, 11, 25)


def refusal(verb, *args, **kwargs) -> str:
    with pytest.raises(DomainError) as error:
        verb(*args, **kwargs)
    return error.value.code


def test_the_database_begins_with_the_version_of_the_code():
    row = RuleVersion.objects.get()
    assert (row.version, row.valid_from, row.state) == (1, date(2014, 11, 1), "published")
    assert as_rule_set(row).rules == VERSION_1.rules
    assert orafo_rules(TODAY) == VERSION_1


def test_every_parameter_has_a_title_a_source_an_effect_and_a_certainty():
    assert len(VERSION_1.rules) == len(VERSION_1.by_code) > 70
    for rule in VERSION_1.rules:
        assert all([rule.title, rule.source]), rule
        assert rule.effect in ("block", "warn", "info"), rule
        assert rule.certainty in ("programme", "law", "secondary", "to_confirm"), rule


def test_rules_are_stored_and_read_back_as_they_were():
    assert from_json(as_json(VERSION_1.rules)) == VERSION_1.rules


def test_a_published_version_never_changes():
    row = RuleVersion.objects.get()
    row.note = "…"
    for attempt in (row.save, row.delete, RuleVersion.objects.all().delete, lambda: RuleVersion.objects.update(note="…")):
        with pytest.raises(TypeError):
            attempt()
    assert RuleVersion.objects.get().note == ""


def test_there_is_one_draft_at_most():
    DraftFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        DraftFactory(version=3)


def test_the_days_of_versions_have_no_gap_and_no_overlap():
    starts = [date(2014, 11, 1), date(2024, 2, 29), date(2026, 12, 1)]
    versions = dated({number: replace(VERSION_1, version=number, valid_from=day) for number, day in enumerate(starts, 1)})
    assert [one.valid_to for one in versions] == [date(2024, 2, 28), date(2026, 11, 30), None]
    day = date(2014, 11, 1)
    while day < date(2027, 1, 1):
        assert sum(one.covers(day) for one in versions) == 1
        day += timedelta(days=1)


def test_from_draft_to_publication_by_a_second_person():
    writer, second, caseworker = UserFactory(coordinator=True), UserFactory(coordinator=True), UserFactory(caseworker=True)
    assert refusal(start_draft, by=caseworker, now=NOW) == "not_allowed"
    draft = start_draft(by=writer, now=NOW)
    assert start_draft(by=second, now=NOW) == draft
    save_draft(draft, {"age_min": {"value": 45}}, valid_from=date(2026, 12, 1), note="", by=writer, now=NOW)
    (difference,) = differences(orafo_rules(TODAY), as_rule_set(draft))
    assert (difference.code, difference.before.value, difference.after.value) == ("age_min", 40, 45)
    assert refusal(publish, draft, by=writer, now=NOW) == "same_person"
    assert refusal(publish, draft, by=second, now=NOW) == "rehearse"
    rehearse(draft, by=writer, now=NOW)
    publish(draft, by=second, now=NOW)
    assert [one.version for one in published()] == [1, 2]
    assert (orafo_rules(date(2026, 11, 30)).version, orafo_rules(date(2026, 12, 1)).version) == (1, 2)
    assert rule_set("orafo", 2)["age_min"] == 45
    assert refusal(save_draft, draft, {}, valid_from=None, note="", by=writer, now=NOW) == "published"
    assert refusal(publish, draft, by=second, now=NOW) == "published"


@pytest.mark.parametrize(("day", "code"), [(None, "no_day"), (TODAY, "past"), (TODAY + timedelta(days=1), "rehearse")])
def test_a_version_begins_tomorrow_at_the_earliest(day, code):
    draft = DraftFactory(valid_from=day)
    assert refusal(publish, draft, by=UserFactory(coordinator=True), now=NOW) == code


def test_two_versions_do_not_begin_on_the_same_day():
    tomorrow = TODAY + timedelta(days=1)
    first = DraftFactory(valid_from=tomorrow)
    second_person = UserFactory(coordinator=True)
    rehearse(first, by=second_person, now=NOW)
    publish(first, by=second_person, now=NOW)
    assert refusal(publish, DraftFactory(version=3, valid_from=tomorrow), by=second_person, now=NOW) == "overlap"


def test_a_draft_written_again_is_rehearsed_again():
    draft, second = DraftFactory(), UserFactory(coordinator=True)
    rehearse(draft, by=second, now=NOW)
    save_draft(draft, {"age_min": {"value": 41}}, valid_from=draft.valid_from, note="", by=draft.edited_by, now=NOW)
    assert refusal(publish, draft, by=second, now=NOW) == "rehearse"


def test_a_draft_can_be_thrown_away():
    draft = DraftFactory()
    discard(draft, by=draft.edited_by, now=NOW)
    assert list(RuleVersion.objects.values_list("version", flat=True)) == [1]


def many_screened() -> None:
    """Ages about 40 to 50, ends of work about the window, some not said, some screened twice."""
    for number in range(24):
        application = ApplicationFactory(
            person__birth_date=date(1976 + number % 12, 1 + number % 12, 28),
            last_job_ended_on=None if number % 7 == 0 else date(2024, 11, 25) + timedelta(days=number * 20),
            working_now=number % 5 == 0,
        )
        screen(application, by=None, now=NOW - timedelta(days=30))
        if number % 3 == 0:
            application.person.birth_date = date(1986, 11, 25)
            application.person.save()
            screen(application, by=None, now=NOW)


def brute_force(rules) -> set:
    changed = set()
    for application_id in Screening.objects.values_list("application_id", flat=True).distinct():
        latest = Screening.objects.filter(application_id=application_id).order_by("pk").last()
        after = judge(facts_from_json(latest.facts), rules, latest.on_day).outcome
        if after != Outcome(latest.outcome):
            changed.add((application_id, latest.outcome, str(after)))
    return changed


@pytest.mark.parametrize("at_most", [1, 7, 5000])
def test_a_rehearsal_equals_judging_everything_again(at_most):
    many_screened()
    draft = DraftFactory()
    changes = {"age_min": {"value": 44}, "unemployment_max_months": {"value": 12}}
    save_draft(draft, changes, valid_from=draft.valid_from, note="", by=draft.edited_by, now=NOW)
    rehearsal = rehearse(draft, by=draft.edited_by, now=NOW, at_most=at_most)
    while not rehearsal.is_complete:
        rehearsal = rehearse(draft, by=draft.edited_by, now=NOW, at_most=at_most)
    expected = brute_force(as_rule_set(draft))
    assert set(rehearsal.changes.values_list("application_id", "before", "after")) == expected
    assert (rehearsal.total, rehearsal.looked_at, bool(expected)) == (24, 24, True)


def test_what_kept_no_facts_is_not_said_to_change():
    ScreeningFactory(facts=None)
    draft = DraftFactory()
    assert rehearse(draft, by=draft.edited_by, now=NOW).changes.count() == 0


def test_a_rehearsal_makes_as_many_queries_for_one_as_for_many(django_assert_max_num_queries):
    many_screened()
    draft = DraftFactory()
    with django_assert_max_num_queries(16):
        rehearse(draft, by=draft.edited_by, now=NOW)
