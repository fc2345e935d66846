"""The list of the groups and the page of one of them."""

import pytest

from tests.factories.orafo import CohortFactory

pytestmark = pytest.mark.django_db


def test_list_shows_the_groups_of_the_own_towns(staff):
    mine, other = CohortFactory(), CohortFactory(municipality_id="015170")
    page = staff.get("/orafo/gruppi/").context["page_obj"]
    assert list(page.object_list) == [mine]
    assert other not in page.object_list
