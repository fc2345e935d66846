import pytest
from django.http import QueryDict

from oltreiperimetri.shared import pages
from oltreiperimetri.shared.pages import Key, keyset_page
from tests.factories.beneficiaries import ApplicationFactory

pytestmark = pytest.mark.django_db
ORDERS = {
    "oldest": [Key("received_at"), Key("pk")],
    "window": [Key("last_job_ended_on", nullable=True), Key("received_at"), Key("pk")],
    "newest window": [Key("last_job_ended_on", descending=True, nullable=True), Key("pk")],
}


@pytest.fixture
def rows():
    days = ["2025-06-30", None, "2025-06-30", "2024-12-01", None, "2025-06-30", "2025-01-01"]
    made = [ApplicationFactory(last_job_ended_on=day) for day in days]
    return type(made[0]).objects.all()


@pytest.mark.parametrize("keys", ORDERS.values(), ids=ORDERS)
def test_walking_forward_and_back_meets_every_row_once_in_order(rows, keys):
    whole = list(pages.ordered(rows, keys))
    seen, query = [], QueryDict("")
    while True:
        page = keyset_page(rows, keys, query, per_page=2)
        seen += page.object_list
        if not page.has_next():
            break
        query = QueryDict(f"dopo={page.last}")
    assert seen == whole

    back = list(page.object_list)
    while page.has_previous():
        page = keyset_page(rows, keys, QueryDict(f"prima={page.first}"), per_page=2)
        back = [*page.object_list, *back]
    assert back == whole


def test_a_row_that_is_gone_or_nonsense_shows_the_first_page(rows):
    first = keyset_page(rows, ORDERS["oldest"], QueryDict(""), per_page=2).object_list
    for query in ("dopo=999999", "dopo=x", "prima=-1", "dopo=" + "9" * 40):
        page = keyset_page(rows, ORDERS["oldest"], QueryDict(query), per_page=2)
        assert (page.object_list, page.has_previous()) == (first, False)


def test_the_total_is_counted_up_to_a_point(rows, monkeypatch):
    monkeypatch.setattr(pages, "MOST_COUNTED", 3)
    page = keyset_page(rows, ORDERS["oldest"], QueryDict(""), per_page=2)
    assert (page.paginator.count, page.paginator.is_more) == (3, True)
