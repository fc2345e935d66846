"""The half-year sheet, and the small numbers that must not show."""

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from oltreiperimetri.portal.half_year import HalfYear, hide_small, lines_of, recent
from oltreiperimetri.shared.dates import at_rome
from oltreiperimetri.shared.desk import Figure
from partners import desk
from partners.domain import organisation as organisations
from partners.domain import slot as slots
from tests.factories.accounts import UserFactory
from tests.factories.partners import PERO, RHO, OrganisationFactory, SiteFactory, SlotFactory


@pytest.mark.parametrize(
    ("towns", "shown", "whole"),
    [
        ({"a": 0, "b": 12, "c": 30}, {"a": 0, "b": 12, "c": 30}, 42),
        ({"a": 3, "b": 12, "c": 30}, {"a": None, "b": None, "c": 30}, 45),
        ({"a": 3, "b": 4, "c": 30}, {"a": None, "b": None, "c": 30}, 37),
        ({"a": 1, "b": 1, "c": 30}, {"a": None, "b": None, "c": None}, 32),
        ({"a": 3, "b": 0, "c": 0}, {"a": None, "b": 0, "c": 0}, None),
        ({"a": 4, "b": 1, "c": 0}, {"a": None, "b": None, "c": 0}, None),
        ({"a": 0, "b": 0, "c": 0}, {"a": 0, "b": 0, "c": 0}, 0),
    ],
)
def test_small_numbers_are_hidden_with_a_companion(towns, shown, whole):
    assert hide_small(towns, sum(towns.values())) == (shown, whole)


@given(st.lists(st.integers(0, 12), min_size=9, max_size=9))
def test_no_small_number_can_be_worked_out(values):
    towns = dict(enumerate(values))
    shown, whole = hide_small(towns, sum(values))
    hidden = [town for town, value in shown.items() if value is None]
    assert not any(0 < value < 5 for value in shown.values() if value is not None)
    if hidden and whole is not None:
        left = whole - sum(value for value in shown.values() if value is not None)
        assert len(hidden) >= 2
        assert left - (len(hidden) - 1) >= 5  # the first hidden number may be anything from 1 to at least 5


def test_half_years_go_back_from_today():
    halves = recent(date(2026, 11, 24), count=3)
    assert [half.code for half in halves] == ["2026-2", "2026-1", "2025-2"]
    assert (halves[1].start, halves[1].end) == (date(2026, 1, 1), date(2026, 6, 30))


def test_whole_is_the_given_one_or_the_sum():
    figures = [
        Figure("a", "work", "firms", 10),
        Figure("b", "work", "firms", 10),
        Figure(None, "work", "firms", 15),
        Figure("a", "work", "slots", 20),
        Figure("elsewhere", "work", "slots", 9),
    ]
    firms, slots_line = lines_of(figures, ["a", "b"])
    assert (firms.towns, firms.whole) == ({"a": 10, "b": 10}, 15)
    assert (slots_line.towns, slots_line.whole) == ({"a": 20, "b": 0}, 29)


@pytest.mark.django_db
def test_partners_and_slots_are_counted_by_town():
    half = HalfYear(2026, 1)
    organisation = OrganisationFactory(pending=True)
    first = SiteFactory(organisation=organisation, municipality_id=RHO)
    SiteFactory(organisation=organisation, municipality_id=PERO)
    organisations.accredit(organisation, by=None, now=at_rome(date(2026, 6, 30), 23, 59))
    slots.offer(SlotFactory(draft=True, site=first), by=None, now=at_rome(date(2026, 3, 1), 9))
    slots.offer(SlotFactory(draft=True, site=first), by=None, now=at_rome(date(2026, 7, 1), 0, 0))
    figures = {(figure.municipality, figure.indicator): figure.value for figure in desk.report_rows(half.start, half.end)}
    assert figures == {
        (RHO, "firms"): 1,
        (PERO, "firms"): 1,
        (None, "firms"): 1,
        (RHO, "slots"): 1,
        (None, "slots"): 1,
    }


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["", "csv", "xlsx"])
def test_sheet_opens_and_is_exported(client, kind):
    client.force_login(UserFactory(coordinator=True), backend="django.contrib.auth.backends.ModelBackend")
    response = client.get(reverse("portal:reports"), {"semestre": "2026-1", "formato": kind})
    assert response.status_code == 200


@pytest.mark.django_db
def test_unknown_half_year_shows_the_running_one(client):
    client.force_login(UserFactory(coordinator=True), backend="django.contrib.auth.backends.ModelBackend")
    response = client.get(reverse("portal:reports"), {"semestre": "1850-7"})
    assert response.context["period"] == response.context["choices"][0]
