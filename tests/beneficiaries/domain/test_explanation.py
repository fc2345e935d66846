"""Every verdict is told in words, in two voices, with what would change it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beneficiaries.domain.eligibility import Criterion, Facts, Outcome, judge
from beneficiaries.domain.explanation import explain, explain_screening, headline, warnings_of
from beneficiaries.domain.rules import ORAFO, orafo_rules, rule_set
from beneficiaries.domain.screening import as_json, facts_from_json, screen
from oltreiperimetri.shared.dates import add_months
from tests.factories.beneficiaries import ApplicationFactory, ScreeningFactory

DAY = date(2026, 11, 24)
MET = Facts(date(1975, 3, 10), date(2026, 3, 31), False, True)
NOT_MET = Facts(date(1999, 3, 10), date(2020, 3, 31), True, False)
days = st.dates(min_value=date(1900, 1, 1), max_value=date(2060, 12, 31))
facts = st.builds(
    Facts,
    birth_date=st.none() | days,
    last_job_ended_on=st.none() | days,
    working_now=st.none() | st.booleans(),
    lives_in_programme=st.none() | st.booleans(),
)


def told(known: Facts, *, for_staff: bool, on: date = DAY):
    return explain(known, ORAFO[0], on, for_staff=for_staff)


@pytest.mark.parametrize("for_staff", [True, False])
@pytest.mark.parametrize("known", [MET, NOT_MET, Facts()])
def test_each_criterion_says_what_it_saw_what_it_asks_and_why(known, for_staff):
    explanations = told(known, for_staff=for_staff)
    assert [one.criterion for one in explanations][:4] == list(Criterion)[:4]
    assert len(explanations) == (5 if for_staff or known.loss_reason else 4)
    for one in explanations:
        assert all([one.title, one.verdict_label, one.seen, one.asked, one.reason, one.source]), one
        assert bool(one.next_step) == (one.verdict != "met"), one


def test_the_two_voices_agree_on_the_facts_and_differ_in_the_next_step():
    person, staff = told(NOT_MET, for_staff=False), told(NOT_MET, for_staff=True)[:4]
    assert [(one.verdict, one.seen, one.changes_on) for one in person] == [
        (one.verdict, one.seen, one.changes_on) for one in staff
    ]
    assert all(mine.next_step != theirs.next_step for mine, theirs in zip(person, staff, strict=True))


def test_the_day_of_the_change_is_in_the_sentence():
    age = told(Facts(birth_date=date(1990, 5, 4)), for_staff=False)[0]
    assert age.changes_on == date(2030, 5, 4)
    assert "2030" in age.change


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_has_a_title_and_a_sentence(outcome):
    assert all(headline(outcome))


@given(known=facts, on=st.dates(min_value=date(2015, 1, 1), max_value=date(2059, 12, 31)))
def test_the_change_announced_is_the_first_one_and_true(known, on):
    rules = ORAFO[0]
    judgement = judge(known, rules, on)
    for result in judgement.results:
        if result.changes_on:
            before, after = (
                next(one for one in judge(known, rules, day).results if one.criterion == result.criterion)
                for day in (result.changes_on - timedelta(days=1), result.changes_on)
            )
            assert (before.verdict, after.verdict != result.verdict) == (result.verdict, True)
    if judgement.changes_on:
        assert judge(known, rules, judgement.changes_on).outcome != judgement.outcome
        assert judge(known, rules, judgement.changes_on - timedelta(days=1)).outcome == judgement.outcome


@given(ended=days)
def test_the_last_day_of_the_window_still_counts_also_at_the_end_of_a_month(ended):
    last = add_months(ended, 24)
    verdicts = [
        judge(Facts(last_job_ended_on=ended), ORAFO[0], day).results[2].verdict for day in (last, last + timedelta(days=1))
    ]
    assert verdicts == ["met", "not_met"]


@pytest.mark.parametrize(
    ("ended", "last"),
    [
        (date(2024, 2, 29), date(2026, 2, 28)),
        (date(2022, 2, 28), date(2024, 2, 28)),
        (date(2024, 8, 31), date(2026, 8, 31)),
    ],
)
def test_the_window_by_calendar_months(ended, last):
    result = judge(Facts(last_job_ended_on=ended), ORAFO[0], ended).results[2]
    assert result.changes_on == last + timedelta(days=1)


@pytest.mark.parametrize(("born", "forty"), [(date(1988, 2, 29), date(2028, 2, 29)), (date(1987, 2, 28), date(2027, 2, 28))])
def test_forty_is_completed_on_the_birthday_also_of_a_leap_year(born, forty):
    eve, day = (judge(Facts(birth_date=born), ORAFO[0], on).results[0] for on in (forty - timedelta(days=1), forty))
    assert (eve.verdict, eve.changes_on, day.verdict) == ("not_met", forty, "met")


@given(known=facts)
def test_stored_facts_are_read_back_as_they_were(known):
    assert facts_from_json(as_json(known)) == known


@pytest.mark.django_db
def test_a_stored_screening_tells_today_what_it_told_then():
    now = datetime(2026, 11, 24, 10, tzinfo=UTC)
    application = ApplicationFactory(last_job_ended_on=date(2024, 11, 24))
    screening = screen(application, by=None, now=now)
    then = explain(facts_from_json(screening.facts), orafo_rules(DAY), DAY, for_staff=True)
    application.person.birth_date = None
    application.person.save()
    screening.refresh_from_db()
    assert explain_screening(screening, screening.criteria.all(), for_staff=True) == then


@pytest.mark.django_db
def test_a_stored_verdict_counts_also_where_its_facts_were_not_kept():
    screening = ScreeningFactory(facts=None)
    screening.criteria.create(criterion="age", outcome="not_met")
    (age,) = explain_screening(screening, screening.criteria.all(), for_staff=True)
    assert (age.verdict, age.seen) == ("not_met", "")


@pytest.mark.django_db
def test_a_tax_code_that_says_otherwise_is_a_warning_for_staff():
    application = ApplicationFactory(person__tax_code="CLMTRS75C50H264J", person__sex="M")
    assert len(warnings_of(application)) == 1


@pytest.mark.django_db
def test_published_rules_are_found_by_version():
    assert rule_set("orafo", 1) is ORAFO[0]
    with pytest.raises(LookupError):
        rule_set("orafo", 999)
