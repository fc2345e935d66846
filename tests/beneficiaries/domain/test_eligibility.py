from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beneficiaries.domain.eligibility import Criterion, Facts, Judgement, Outcome, Result, Verdict, judge
from beneficiaries.domain.rules import ORAFO

DAY = date(2026, 11, 24)
RULES = ORAFO[0]
SUITABLE = Facts(
    birth_date=date(1975, 3, 10), last_job_ended_on=date(2025, 6, 30), working_now=False, lives_in_programme=True
)


def verdict(criterion: Criterion, facts: Facts, on: date = DAY) -> Verdict:
    return next(result.verdict for result in judge(facts, RULES, on).results if result.criterion == criterion)


def test_a_whole_judgement_tells_every_criterion_its_value_and_what_changes_it():
    assert judge(SUITABLE, RULES, DAY) == Judgement(
        Outcome.ELIGIBLE,
        (
            Result(Criterion.AGE, Verdict.MET, 51),
            Result(Criterion.UNEMPLOYED, Verdict.MET),
            Result(Criterion.DURATION, Verdict.MET, 218, date(2027, 7, 1)),
            Result(Criterion.RESIDENCE, Verdict.MET),
            Result(Criterion.LOSS_REASON, Verdict.UNKNOWN, effect="warn"),
        ),
        date(2027, 7, 1),
    )


@pytest.mark.parametrize(
    ("born", "on", "expected"),
    [
        (date(1986, 11, 24), date(2026, 11, 23), Verdict.NOT_MET),
        (date(1986, 11, 24), date(2026, 11, 24), Verdict.MET),
        (date(1984, 2, 29), date(2024, 2, 28), Verdict.NOT_MET),
        (date(1984, 2, 29), date(2024, 2, 29), Verdict.MET),
    ],
)
def test_forty_means_forty_completed_years(born, on, expected):
    assert verdict(Criterion.AGE, Facts(birth_date=born), on) == expected


@pytest.mark.parametrize(
    ("ended", "on", "expected"),
    [
        (date(2024, 11, 24), date(2026, 11, 24), Verdict.MET),
        (date(2024, 11, 23), date(2026, 11, 24), Verdict.NOT_MET),
        (date(2024, 2, 29), date(2026, 2, 28), Verdict.MET),
        (date(2024, 2, 29), date(2026, 3, 1), Verdict.NOT_MET),
        (date(2022, 2, 28), date(2024, 2, 28), Verdict.MET),
        (date(2022, 2, 28), date(2024, 2, 29), Verdict.NOT_MET),
        (date(2024, 8, 31), date(2026, 8, 31), Verdict.MET),
    ],
)
def test_twenty_four_months_are_counted_by_calendar_and_the_last_day_counts(ended, on, expected):
    assert verdict(Criterion.DURATION, Facts(last_job_ended_on=ended), on) == expected


def test_what_is_not_known_is_not_a_refusal():
    judgement = judge(Facts(), RULES, DAY)
    assert (judgement.outcome, judgement.criteria(Verdict.UNKNOWN)) == (Outcome.TO_ASSESS, tuple(Criterion)[:4])


def test_one_criterion_not_met_decides_whatever_is_unknown():
    assert judge(Facts(working_now=True), RULES, DAY).outcome == Outcome.NOT_ELIGIBLE


def test_turning_forty_after_the_window_has_closed_changes_nothing():
    facts = Facts(date(1987, 1, 1), date(2024, 12, 1), working_now=False, lives_in_programme=True)
    assert judge(facts, RULES, DAY).changes_on is None


def test_turning_forty_while_the_window_is_open_opens_the_door():
    facts = Facts(date(1987, 1, 1), date(2025, 12, 1), working_now=False, lives_in_programme=True)
    assert judge(facts, RULES, DAY).changes_on == date(2027, 1, 1)


DAYS = st.dates(date(1960, 1, 1), date(2030, 12, 31))
FACTS = st.builds(
    Facts,
    birth_date=st.none() | st.dates(date(1984, 1, 1), date(1988, 12, 31)),
    last_job_ended_on=st.none() | st.dates(date(2023, 1, 1), date(2026, 6, 30)),
    working_now=st.sampled_from([None, False, False, True]),
    lives_in_programme=st.sampled_from([None, True, True, False]),
)


@settings(max_examples=60, deadline=None)
@given(FACTS, st.dates(date(2024, 1, 1), date(2027, 12, 31)))
def test_the_day_of_change_is_the_one_found_by_trying_every_day(facts, on):
    judgement = judge(facts, RULES, on)
    tried = (on + timedelta(days=ahead) for ahead in range(1, 366 * 6))
    found = next((day for day in tried if judge(facts, RULES, day).outcome != judgement.outcome), None)
    assert judgement.changes_on == found
