from datetime import date

import pytest

from partners.domain.quota import quota_for


@pytest.mark.parametrize(
    ("headcount", "quota"),
    [(0, 1), (1, 1), (5, 1), (6, 2), (20, 2), (21, 3), (30, 3), (31, 4), (100, 10), (101, 11)],
)
def test_quota_follows_the_people_at_work(headcount, quota):
    assert quota_for(headcount) == quota


def test_quota_of_a_day_before_the_first_rule_set_uses_the_first():
    assert quota_for(21, on=date(2016, 1, 1)) == 3
