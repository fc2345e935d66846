"""Criteria beyond the four: warnings, clocks with several jobs, papers, waivers; the complaints they answer."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beneficiaries.domain.clock import Spell
from beneficiaries.domain.eligibility import Criterion, Facts, Outcome, Verdict, all_results, judge
from beneficiaries.domain.explanation import explain, explain_screening
from beneficiaries.domain.papers_needed import documents_needed
from beneficiaries.domain.rehearsal import rehearse
from beneficiaries.domain.rule_draft import publish, save_draft
from beneficiaries.domain.rules_2014 import VERSION_1
from beneficiaries.domain.screening import as_json, facts_from_json, screen
from beneficiaries.domain.waiver import answer_waiver, ask_waiver
from beneficiaries.models import PersonDocument
from oltreiperimetri.audit.models import AuditEntry
from oltreiperimetri.shared.dates import add_months
from oltreiperimetri.shared.errors import DomainError
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO, ApplicationFactory, DocumentFactory
from tests.factories.beneficiaries_rules import DraftFactory

DAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
MET = Facts(date(1975, 3, 10), date(2026, 3, 31), False, True, RHO)
days = st.dates(min_value=date(2015, 1, 1), max_value=date(2030, 12, 31))


@st.composite
def spells(draw):
    first = draw(days)
    length = draw(st.integers(0, 400))
    return Spell(first, None if length > 390 else first + timedelta(days=length))


facts = st.builds(
    Facts,
    birth_date=st.none() | st.dates(min_value=date(1940, 1, 1), max_value=date(2000, 12, 31)),
    last_job_ended_on=st.none() | days,
    working_now=st.none() | st.booleans(),
    lives_in_programme=st.none() | st.booleans(),
    resident_since=st.none() | days,
    loss_reason=st.none() | st.sampled_from(["dismissal", "resignation"]),
    did_on=st.none() | days,
    spells=st.lists(spells(), max_size=4).map(tuple),
)


def with_rules(**values):
    """Version 1 with other values."""
    rules = tuple(replace(rule, value=values.get(rule.code, rule.value)) for rule in VERSION_1.rules)
    return replace(VERSION_1, version=2, rules=rules)


ALL_ASKED = with_rules(age_max=60, residence_min_months=6)
BY_DID = with_rules(age_max=60, residence_min_months=6, unemployment_clock="did_date")


def verdict(known: Facts, criterion: Criterion, rules=VERSION_1, on: date = DAY):
    return {result.criterion: result for result in all_results(known, rules, on)}[criterion]


@pytest.mark.parametrize("rules", [ALL_ASKED, BY_DID])
@given(known=facts, on=days)
def test_the_change_of_every_criterion_is_the_first_one_and_true(rules, known, on):
    for result in all_results(known, rules, on):
        if result.changes_on is None:
            continue
        before = verdict(known, result.criterion, rules, result.changes_on - timedelta(days=1))
        after = verdict(known, result.criterion, rules, result.changes_on)
        assert before.verdict == result.verdict != after.verdict


@given(known=facts)
def test_facts_with_jobs_are_read_back_as_they_were(known):
    assert facts_from_json(as_json(known)) == known


@given(known=facts, on=days)
def test_what_only_warns_never_changes_the_outcome(known, on):
    assert judge(known, ALL_ASKED, on).outcome == judge(known, VERSION_1, on).outcome
    blocking = {Criterion.AGE, Criterion.UNEMPLOYED, Criterion.DURATION, Criterion.RESIDENCE}
    told = judge(known, ALL_ASKED, on)
    assert {one for kind in Verdict for one in told.criteria(kind)} == blocking


@given(ended=days)
def test_exclusive_months_end_a_day_earlier(ended):
    last = add_months(ended, 24)
    exclusive = with_rules(unemployment_max_inclusive=False)
    known = Facts(last_job_ended_on=ended)
    assert verdict(known, Criterion.DURATION, VERSION_1, last).verdict == "met"
    assert verdict(known, Criterion.DURATION, exclusive, last).verdict == "not_met"
    assert verdict(known, Criterion.DURATION, exclusive, last - timedelta(days=1)).verdict == "met"


@pytest.mark.parametrize(("length", "moves"), [(1, False), (180, False), (181, True)])
def test_a_short_job_only_suspends(length, moves):
    first = date(2026, 1, 1)
    last = first + timedelta(days=length - 1)
    known = Facts(last_job_ended_on=date(2024, 2, 29), spells=(Spell(first, last),))
    result = verdict(known, Criterion.DURATION)
    assert result.verdict == ("met" if moves else "not_met")
    assert result.clock.start == (last if moves else date(2024, 2, 29))


def test_of_several_jobs_the_last_long_one_counts():
    jobs = (
        Spell(date(2024, 3, 1), date(2024, 12, 31)),
        Spell(date(2025, 2, 1), date(2025, 3, 1)),
        Spell(None, date(2026, 5, 1)),
    )
    result = verdict(Facts(last_job_ended_on=date(2023, 1, 31), spells=jobs), Criterion.DURATION)
    assert (result.verdict, result.clock.start, result.clock.last_day) == ("met", date(2024, 12, 31), date(2026, 12, 31))


def test_the_clock_of_the_declaration_stands_still_during_short_jobs():
    known = Facts(did_on=date(2024, 2, 29), spells=(Spell(date(2025, 1, 1), date(2025, 1, 10)),))
    result = verdict(known, Criterion.DURATION, BY_DID, date(2026, 3, 10))
    assert (result.verdict, result.clock.last_day) == ("met", date(2026, 3, 10))
    assert verdict(known, Criterion.DURATION, BY_DID, date(2026, 3, 11)).verdict == "not_met"
    assert verdict(Facts(last_job_ended_on=DAY), Criterion.DURATION, BY_DID).verdict == "unknown"


@pytest.mark.parametrize(
    ("on", "expected"), [(date(2027, 3, 9), "met"), (date(2036, 3, 9), "met"), (date(2036, 3, 10), "not_met")]
)
def test_the_highest_age_counts_to_the_eve_of_the_next_birthday(on, expected):
    assert verdict(MET, Criterion.AGE_MAX, ALL_ASKED, on).verdict == expected


def test_towns_are_those_of_the_rules():
    fewer = with_rules(residence=("015009",))
    assert verdict(MET, Criterion.RESIDENCE).verdict == "met"
    assert verdict(MET, Criterion.RESIDENCE, fewer).verdict == "not_met"


@pytest.mark.parametrize(
    ("worth", "expected"), [("none", "needs_evidence"), ("declared", "needs_evidence"), ("seen", "met"), ("verified", "met")]
)
def test_a_paper_proves_what_was_said_and_never_closes_the_door(worth, expected):
    rules = with_rules(evidence_required=(("age", ("identity", "tax_card")),))
    known = replace(MET, evidence=(("identity", worth),))
    assert verdict(known, Criterion.AGE, rules).verdict == expected
    assert judge(known, rules, DAY).outcome == Outcome.ELIGIBLE
    assert verdict(MET, Criterion.AGE, rules).verdict == "met"  # nobody looked at papers: as the command does
    assert documents_needed(rules) == [(Criterion.AGE, ("identity", "tax_card"))]
    assert documents_needed(VERSION_1) == []


def test_complaint_1_every_criterion_that_fails_is_told_with_its_reason():
    failing = Facts(date(1999, 1, 1), date(2020, 1, 1), True, False, None, None, "resignation")
    for for_staff in (True, False):
        told = explain(failing, ALL_ASKED, DAY, for_staff=for_staff)
        open_ones = [one for one in told if one.verdict == "not_met"]
        assert [one.criterion for one in open_ones] == [
            "age", "unemployed", "unemployment_duration", "residence", "expelled_by_crisis"
        ]  # fmt: skip
        assert all(one.reason and one.next_step and one.asked and one.seen for one in open_ones)


def test_complaint_2_what_would_change_the_answer_and_when_is_told():
    (age, *_rest) = explain(Facts(birth_date=date(1988, 2, 29)), VERSION_1, DAY, for_staff=False)
    assert age.changes_on == date(2028, 2, 29)
    assert "2028" in age.change


@pytest.mark.django_db
def test_complaint_3_a_screening_reads_the_same_after_the_rules_changed():
    application = ApplicationFactory(person__birth_date=date(1985, 1, 1), loss_reason="closure")
    screening = screen(application, by=None, now=NOW)
    before = explain_screening(screening, screening.criteria.all(), for_staff=True)
    in_force(age_min={"value": 60}, age_max={"value": 70})
    application.person.birth_date = None
    application.person.save()
    again = screen(application, by=None, now=NOW)
    assert explain_screening(screening, screening.criteria.all(), for_staff=True) == before
    assert (screening.rule_set_version, again.rule_set_version) == (1, 2)
    assert {row.criterion for row in again.criteria.all()} >= {"age", "age_max"}


def in_force(**changes):
    """A version 2 with these parameters, drafted, rehearsed and published yesterday, valid from today."""
    draft, yesterday = DraftFactory(valid_from=DAY), NOW - timedelta(days=1)
    save_draft(draft, changes, valid_from=DAY, note="", by=draft.edited_by, now=yesterday)
    second = UserFactory(coordinator=True)
    rehearse(draft, by=second, now=yesterday)
    publish(draft, by=second, now=yesterday)


@pytest.mark.django_db
def test_complaint_4_every_row_keeps_what_it_saw_what_was_asked_and_where_that_stands():
    application = ApplicationFactory(loss_reason="resignation", did_on=date(2026, 1, 7))
    rows = {row.criterion: row for row in screen(application, by=None, now=NOW).criteria.all()}
    assert rows["age"].seen == {"value": 51, "birth_date": "1975-03-10"}
    assert (rows["age"].threshold, rows["age"].effect) == (40, "block")
    assert rows["residence"].threshold == list(VERSION_1["residence"])
    assert (rows["expelled_by_crisis"].outcome, rows["expelled_by_crisis"].effect) == ("not_met", "warn")
    assert all(row.source for row in rows.values())
    assert rows["unemployment_duration"].changes_on == date(2027, 7, 1)


@pytest.mark.django_db
def test_complaint_5_a_paper_not_yet_seen_is_said_and_counts_once_seen():
    in_force(evidence_required={"value": (("age", ("identity",)),)})
    application = ApplicationFactory()
    first = screen(application, by=None, now=NOW)
    assert first.criteria.get(criterion="age").outcome == "needs_evidence"
    DocumentFactory(person=application.person, kind=PersonDocument.Kind.IDENTITY, **checked())
    second = screen(application, by=None, now=NOW)
    row = second.criteria.get(criterion="age")
    assert (row.outcome, row.evidence) == ("met", "identity")
    assert first.criteria.get(criterion="age").outcome == "needs_evidence"
    assert (first.outcome, second.outcome) == ("eligible", "eligible")


def checked() -> dict:
    return {"state": "seen", "how": "original", "checked_by": UserFactory(caseworker=True), "checked_at": NOW}


@pytest.mark.django_db
def test_the_requirements_may_be_looked_at_on_the_day_of_the_application():
    in_force(eligibility_reference_date={"value": "application_date"})
    application = ApplicationFactory(received_at=datetime(2026, 3, 9, 23, 30, tzinfo=UTC))
    assert screen(application, by=None, now=NOW).on_day == date(2026, 3, 10)


def refusal(verb, *args, **kwargs) -> str:
    with pytest.raises(DomainError) as error:
        verb(*args, **kwargs)
    return error.value.code


@pytest.mark.django_db
def test_a_waiver_needs_a_reason_and_a_second_signer_and_takes_a_new_screening():
    application = ApplicationFactory(person__birth_date=date(1986, 12, 10))
    first = screen(application, by=None, now=NOW)
    asker, signer = UserFactory(coordinator=True), UserFactory(coordinator=True)
    assert refusal(ask_waiver, application, "age", reason=" ", by=asker, now=NOW) == "needs_reason"
    assert refusal(ask_waiver, application, "residence", reason="…", by=asker, now=NOW) == "not_in_the_way"
    waiver = ask_waiver(application, "age", reason="Compie 40 anni a giorni.", by=asker, now=NOW)
    assert refusal(ask_waiver, application, "age", reason="…", by=asker, now=NOW) == "already_asked"
    assert refusal(answer_waiver, waiver, grants=True, by=asker, now=NOW) == "same_person"
    caseworker = UserFactory(caseworker=True, towns=[RHO])
    assert refusal(answer_waiver, waiver, grants=True, by=caseworker, now=NOW) == "not_allowed"
    second = answer_waiver(waiver, grants=True, by=signer, now=NOW)
    assert (first.outcome, second.outcome) == ("not_eligible", "eligible")
    assert second.criteria.get(criterion="age").outcome == "waived"
    assert first.criteria.get(criterion="age").outcome == "not_met"
    assert (waiver.asked_by, waiver.signed_by, waiver.state) == (asker, signer, "granted")
    assert refusal(answer_waiver, waiver, grants=False, by=signer, now=NOW) == "answered"
    assert set(AuditEntry.objects.values_list("action", flat=True)) >= {"ask_waiver", "answer_waiver", "screen"}
    (age, *_rest) = explain_screening(second, second.criteria.all(), for_staff=False)
    assert (age.verdict, bool(age.reason), age.next_step) == ("waived", True, "")


@pytest.mark.django_db
def test_a_refused_waiver_changes_nothing():
    application = ApplicationFactory(person__birth_date=date(1986, 12, 10))
    screen(application, by=None, now=NOW)
    waiver = ask_waiver(application, "age", reason="…", by=UserFactory(coordinator=True), now=NOW)
    assert answer_waiver(waiver, grants=False, by=UserFactory(coordinator=True), now=NOW) is None
    assert application.screenings.count() == 1
