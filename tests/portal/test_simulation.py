"""A short year: nothing lost, nothing doubled, nothing to finished cases, nothing at night. The long one is a command."""

from datetime import date

import pytest

from oltreiperimetri.portal.simulation import simulate


@pytest.mark.django_db
@pytest.mark.parametrize("start", [date(2026, 10, 1), date(2027, 2, 1)], ids=["autumn", "spring"])
def test_a_season_of_the_programme_leaves_zeros_where_zeros_are_due(start):
    """Both clock changes (25 October 2026, 28 March 2027), Christmas and Easter, and three outages each."""
    report = simulate(people=30, groups=1, start=start, days=90)

    assert report.failures == {}
    assert report.sent > 60
    assert report.on_time > 15
    assert report.refused_for_the_moment > 10
