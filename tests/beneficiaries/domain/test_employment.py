"""The two clocks of being without work, on exact days."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from beneficiaries.domain.employment import (
    Seniority,
    is_short,
    last_job_ended_on,
    seniority,
    suspended_days,
    works_on,
)
from beneficiaries.models import EmploymentSpell
from tests.factories.beneficiaries_intake import EmploymentSpellFactory

ON = date(2026, 11, 25)
DID = date(2025, 7, 10)


def spell(first, last, kind="employee"):
    return EmploymentSpell(kind=kind, started_on=first, ended_on=last)


MAIN = spell(date(2015, 7, 1), date(2025, 6, 30))


def days(first, count):
    """A stretch of work of exactly so many days."""
    return spell(first, first + timedelta(days=count - 1))


def test_a_hundred_and_eighty_days_are_short_and_one_more_is_not():
    assert is_short(days(date(2026, 1, 1), 180), ON)
    assert not is_short(days(date(2026, 1, 1), 181), ON)
    assert is_short(spell(date(2026, 11, 1), None), ON)
    assert not is_short(spell(None, date(2026, 1, 1)), ON)
    assert not is_short(spell(date(2026, 1, 1), date(2026, 1, 2), "self_employed"), ON)


def test_a_short_job_afterwards_does_not_move_the_end_of_the_last_job():
    assert last_job_ended_on([MAIN], ON) == date(2025, 6, 30)
    assert last_job_ended_on([days(date(2026, 1, 1), 180), MAIN], ON) == date(2025, 6, 30)
    assert last_job_ended_on([days(date(2026, 1, 1), 181), MAIN], ON) == date(2026, 6, 30)


def test_where_there_are_only_short_jobs_the_last_one_counts():
    assert last_job_ended_on([days(date(2026, 1, 1), 3), days(date(2026, 2, 1), 3)], ON) == date(2026, 2, 3)


def test_while_a_job_goes_on_it_has_not_ended():
    assert last_job_ended_on([spell(date(2020, 1, 1), None)], ON) is None
    assert last_job_ended_on([spell(date(2020, 1, 1), ON)], ON) is None
    assert last_job_ended_on([spell(date(2020, 1, 1), ON - timedelta(days=1))], ON) == ON - timedelta(days=1)
    assert last_job_ended_on([], ON) is None


def test_a_short_job_under_way_leaves_the_last_job_ended():
    under_way = spell(date(2026, 11, 1), None)
    assert works_on([MAIN, under_way], ON)
    assert last_job_ended_on([MAIN, under_way], ON) == date(2025, 6, 30)


def test_a_job_to_come_does_not_count_yet():
    assert last_job_ended_on([MAIN, spell(ON + timedelta(days=1), None)], ON) == date(2025, 6, 30)
    assert not works_on([spell(ON + timedelta(days=1), None)], ON)


def test_the_declaration_counts_its_own_day():
    assert seniority(ON, [], ON) == Seniority(1)
    assert seniority(DID, [], DID + timedelta(days=365)) == Seniority(366)
    assert seniority(None, [], ON) is None
    assert seniority(ON + timedelta(days=1), [], ON) is None


def test_the_first_and_the_last_day_of_a_short_job_are_suspended():
    assert seniority(DID, [days(date(2025, 9, 1), 10)], date(2025, 9, 30)).suspended == 10
    assert seniority(ON - timedelta(days=9), [days(ON - timedelta(days=2), 1)], ON) == Seniority(9, 1)


def test_days_before_the_declaration_are_not_suspended_and_two_jobs_on_a_day_count_once():
    before = spell(DID - timedelta(days=5), DID + timedelta(days=4))
    again = spell(DID + timedelta(days=3), DID + timedelta(days=6))
    assert suspended_days([again, before], did_on=DID, on=ON) == 7


def test_the_declaration_is_lost_on_the_181st_day_of_an_employment():
    long = days(date(2026, 1, 1), 181)
    assert seniority(DID, [long], ON) == Seniority(0, 0, date(2026, 6, 30))
    assert seniority(DID, [long], date(2026, 6, 29)).lost_on is None


DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
SPELLS = st.lists(
    st.tuples(DAYS, DAYS, st.sampled_from(["employee", "self_employed"])).map(
        lambda drawn: spell(min(drawn[:2]), max(drawn[:2]), drawn[2])
    ),
    max_size=5,
)


@given(SPELLS, DAYS, DAYS)
def test_suspended_days_equal_counting_them_one_by_one(spells, did_on, on):
    short = [one for one in spells if is_short(one, on)]
    every_day = [did_on + timedelta(days=n) for n in range((on - did_on).days + 1)]
    counted = sum(any(one.started_on <= day <= one.ended_on for one in short) for day in every_day)
    assert suspended_days(spells, did_on=did_on, on=on) == counted


@given(SPELLS, DAYS)
def test_the_order_of_the_spells_does_not_matter(spells, on):
    assert last_job_ended_on(spells, on) == last_job_ended_on(list(reversed(spells)), on)
    ended = last_job_ended_on(spells, on)
    assert ended is None or ended < on


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"ended_on": date(2015, 6, 30)}, {"started_on": None, "ended_on": None}])
def test_the_database_refuses_a_stretch_that_ends_before_it_begins_or_has_no_day(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        EmploymentSpellFactory(**wrong)
