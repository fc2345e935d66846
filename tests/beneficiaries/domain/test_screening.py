"""Photographs of what the rules said: complete, dated, never edited."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection

from beneficiaries.domain.screening import correct_facts, facts_from_json, facts_of, screen
from beneficiaries.models import CriterionResult, Screening
from oltreiperimetri.audit.models import AuditEntry
from oltreiperimetri.shared.errors import DomainError
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO, ApplicationFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)


def verdicts(screening) -> dict:
    return dict(screening.criteria.values_list("criterion", "outcome"))


def test_every_criterion_has_its_row_with_rules_and_facts():
    application = ApplicationFactory(working_now=None, last_job_ended_on=date(2024, 11, 24))
    screening = screen(application, by=None, now=NOW)
    assert (screening.rule_set, screening.rule_set_version, screening.on_day) == ("orafo", 1, date(2026, 11, 24))
    assert (screening.outcome, screening.changes_on) == (Screening.Outcome.TO_ASSESS, date(2026, 11, 25))
    assert verdicts(screening) == {
        "age": "met",
        "unemployed": "unknown",
        "unemployment_duration": "met",
        "residence": "met",
        "expelled_by_crisis": "unknown",
    }
    assert facts_from_json(Screening.objects.get().facts) == facts_of(application)


def test_the_day_is_the_day_in_rome():
    late = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    assert screen(ApplicationFactory(), by=None, now=late).on_day == date(2026, 11, 25)


def test_the_facts_are_encrypted_in_the_database():
    screen(ApplicationFactory(), by=None, now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT facts FROM beneficiaries_screening")
        (stored,) = cursor.fetchone()
    assert "1975" not in stored


def test_a_screening_is_never_edited():
    screening = screen(ApplicationFactory(), by=None, now=NOW)
    screening.outcome = Screening.Outcome.NOT_ELIGIBLE
    with pytest.raises(TypeError):
        screening.save()
    with pytest.raises(TypeError):
        Screening.objects.update(outcome="not_eligible")
    with pytest.raises(TypeError):
        CriterionResult.objects.update(outcome="met")


def test_a_criterion_is_judged_once_per_screening():
    screening = screen(ApplicationFactory(), by=None, now=NOW)
    with pytest.raises(IntegrityError):
        CriterionResult.objects.create(screening=screening, criterion="age", outcome="met")


def test_correcting_a_fact_takes_a_new_photograph_and_logs_the_name_of_the_field_only():
    caseworker = UserFactory(caseworker=True, towns=[RHO])
    application = ApplicationFactory()
    first = screen(application, by=None, now=NOW)
    second = correct_facts(application, {"birth_date": date(1999, 1, 1), "working_now": False}, by=caseworker, now=NOW)
    assert (first.outcome, second.outcome) == ("eligible", "not_eligible")
    assert Screening.objects.count() == 2
    entry = AuditEntry.objects.get(action="correct_facts")
    assert (entry.actor, entry.changes) == (caseworker, {"fields": ["birth_date"]})


def test_correcting_nothing_takes_no_photograph():
    application = ApplicationFactory()
    same = {"birth_date": application.person.birth_date, "working_now": application.working_now}
    assert correct_facts(application, same, by=UserFactory(coordinator=True), now=NOW) is None
    assert not Screening.objects.exists()


def test_the_facts_of_another_town_are_not_mine_to_correct():
    elsewhere = UserFactory(caseworker=True, towns=["015170"])
    with pytest.raises(DomainError):
        correct_facts(ApplicationFactory(), {"working_now": True}, by=elsewhere, now=NOW)
