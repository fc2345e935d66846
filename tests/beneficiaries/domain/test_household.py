"""Counting a household on a day, in Python and in a query: the same numbers."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from beneficiaries.domain.household import HouseholdCount, count_household, household_of, with_household
from beneficiaries.models import HouseholdMember, Person
from tests.factories.beneficiaries import PersonFactory
from tests.factories.beneficiaries_intake import HouseholdMemberFactory

ON = date(2026, 11, 25)


def member(relation="child", **changes):
    return HouseholdMember(relation=relation, **changes)


def test_a_household_never_told_is_not_known():
    assert count_household([], told=False, on=ON) == HouseholdCount(None, None, None)
    assert not count_household([], told=False, on=ON).is_known


def test_nobody_in_a_household_that_was_told_is_living_alone():
    assert count_household([], told=True, on=ON) == HouseholdCount(0, 0, False)


@pytest.mark.parametrize(("year", "minors"), [(2009, 1), (2008, 1), (2007, 0), (None, 0)])
def test_a_child_is_a_minor_to_the_end_of_the_year_of_its_eighteenth_birthday(year, minors):
    child = member(birth_year=year, is_dependant=True)
    assert count_household([child], told=True, on=ON) == HouseholdCount(minors, 1 - minors, False)
    if year == 2008:
        assert count_household([child], told=True, on=date(2027, 1, 1)).minors == 0


@pytest.mark.parametrize(
    ("works", "expected"), [(True, False), (False, True), (None, None)], ids=["works", "does not", "not known"]
)
def test_a_partner_at_home_who_does_not_work(works, expected):
    partner = member("partner", is_working=works, is_dependant=True, birth_year=1980)
    assert count_household([partner], told=True, on=ON) == HouseholdCount(0, 0, expected)


def test_a_partner_who_lives_elsewhere_does_not_count():
    assert count_household([member("partner", is_working=False, lives_in=False)], told=True, on=ON) == HouseholdCount(
        0, 0, False
    )


def test_a_minor_supported_by_somebody_else_counts_nowhere():
    assert count_household([member(birth_year=2015, is_dependant=False)], told=True, on=ON) == HouseholdCount(0, 0, False)


@pytest.mark.django_db
def test_the_query_gives_the_same_numbers():
    full, alone, unknown = PersonFactory(household_told_on=ON), PersonFactory(household_told_on=ON), PersonFactory()
    HouseholdMemberFactory(person=full)
    HouseholdMemberFactory(person=full, birth_year=2008)
    HouseholdMemberFactory(person=full, birth_year=2000)
    HouseholdMemberFactory(person=full, birth_year=None, relation="sibling")
    HouseholdMemberFactory(person=full, birth_year=2012, is_dependant=False)
    HouseholdMemberFactory(person=full, partner=True)
    HouseholdMemberFactory(person=full, parent=True, is_dependant=None)
    assert household_of(full, ON) == HouseholdCount(2, 2, True)
    people = with_household(Person.objects.all(), on=ON).in_bulk()
    for person in (full, alone, unknown):
        row, counted = people[person.pk], household_of(person, ON)
        told = (row.household_minors, row.household_dependants, row.partner_not_working)
        assert told == (counted.minors or 0, counted.dependants or 0, bool(counted.partner_not_working))


@pytest.mark.django_db
def test_there_is_one_partner_at_home():
    first = HouseholdMemberFactory(partner=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        HouseholdMemberFactory(person=first.person, partner=True)
    HouseholdMemberFactory(person=first.person, partner=True, lives_in=False)
