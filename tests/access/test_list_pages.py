"""A page costs as many queries with fifty rows as with one: every page and every list as a file, not only the known ones.

Pages that paginate or export are found by asking for them; one whose rows `growth` does not multiply fails, so that a
new list cannot escape.
"""

from itertools import groupby
from operator import itemgetter

import pytest
from django.core.paginator import Page
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from .growth import SEARCHED, grow
from .matrix import OK
from .test_matrix import all_rows, kwargs_of
from .test_query_budget import PREFERRED, enter
from .world import build_world

pytestmark = pytest.mark.django_db
STEPS = (1, 2, 47)  # added to the little world: 1, 3 and 50 more of everything
FILE = "?formato=csv"
VARIANTS = {
    "portal:search": [f"?q={SEARCHED}"],
    "portal:monitoring": ["?stato=coming", "?stato=waiting", f"{FILE}&cosa=figure"],
    "reminders:messages": ["?vista=failed"],
    "portal:person_mail": ["?vista=failed"],
}
# Files whose length is no list: figures by town, figures by distance, twelve people whose meetings are columns; headings.
FIXED = {
    ("portal:reports", FILE),
    ("portal:monitoring", f"{FILE}&cosa=figure"),
    ("orafo:register", FILE),
    ("beneficiaries:import_template", ""),
}
DEMO_PAGES = {"portal:demo": "anonymous"}


@pytest.fixture
def world(settings):
    settings.SECOND_FACTOR_REQUIRED = False
    settings.DEMO = True
    return build_world()


def readers() -> dict[str, str]:
    """Name of each page -> who reads it: the persona that sees most."""
    found = dict(DEMO_PAGES)
    for (name, method), row in all_rows().items():
        persona = next((persona for persona in PREFERRED if row.get(persona) == OK), None)
        if method == "GET" and persona:
            found[name] = persona
    return found


def visit(client, url):
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
        response.whole = b"".join(response.streaming_content) if response.streaming else response.content
    return len(queries), response


def rows_of(response) -> int | None:
    """Lines of a file; rows of the longest pager in the page's context; None: it lists nothing by pages."""
    if response.headers.get("Content-Type", "").startswith("text/csv"):
        return len(response.whole.splitlines())
    values = [value for context in response.context or [] for part in context for value in part.values()]
    return max((value.paginator.count for value in values if isinstance(value, Page)), default=None)


def measured(client, name: str, address: str):
    """Yield (query string, queries, rows) of a page, of its variants and of the file it offers."""
    queries, response = visit(client, address)
    yield "", queries, rows_of(response)
    file = [FILE] if FILE[1:].encode() in response.whole else []
    for query in [*file, *VARIANTS.get(name, [])]:
        queries, response = visit(client, address + query)
        yield query, queries, rows_of(response)


def test_every_page_asks_the_database_as_often_for_fifty_rows_as_for_one(client, world):
    costs, rows = {}, {}
    for step in STEPS:
        grow(world, step)
        for persona, pages in groupby(sorted(readers().items(), key=itemgetter(1)), key=itemgetter(1)):
            enter(client, world, persona)
            for name, _persona in pages:
                for query, queries, listed in measured(client, name, reverse(name, kwargs=kwargs_of(name, world))):
                    costs.setdefault((name, query), []).append(queries)
                    rows.setdefault((name, query), []).append(listed)
    lists = {page: found for page, found in rows.items() if found[-1] is not None and page not in FIXED}
    assert {page: found for page, found in costs.items() if len(set(found)) > 1} == {}
    assert {page: found for page, found in lists.items() if found[-1] < found[0] + sum(STEPS[1:])} == {}
