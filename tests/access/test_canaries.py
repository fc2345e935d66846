"""Whoever follows every link from his home page meets no word of a person he may not see."""

from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlparse

import pytest
from django.urls import reverse

from .test_matrix import all_rows, kwargs_of
from .world import build_world

pytestmark = pytest.mark.django_db
LIMIT = 400

# Words planted in personal fields: persona -> canaries that are hidden from it.
EVERYTHING = {"person", "other_person", "notes", "firm_bank", "other_firm_bank", "guests", "idea", "idea_draft"}
EVERYTHING |= {"money_note"}
EVERYTHING |= {"referred", "other_referred"}
HIDDEN = {
    "anonymous": EVERYTHING,
    "beneficiary": EVERYTHING - {"person", "idea", "idea_draft"},
    "other_beneficiary": EVERYTHING - {"other_person"},
    "firm": EVERYTHING - {"person", "firm_bank", "referred"},
    "other_firm": EVERYTHING - {"other_firm_bank", "other_referred"},
    "mentor": EVERYTHING,
    "juror": EVERYTHING,
    "citizen": EVERYTHING,
    "caseworker": {"other_person", "idea_draft", "other_referred"},
    "other_caseworker": {"person", "notes", "idea_draft", "money_note", "referred"},
    "coordinator": {"money_note"},
}


class Links(HTMLParser):
    def __init__(self, html: str):
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.found += [value for name, value in attrs if name == "href" and value]


def pages(client, starts):
    """Every page of ours that GET reaches from `starts`: (path, body)."""
    queue, seen = list(starts), set()
    while queue and len(seen) < LIMIT:
        path = queue.pop(0)
        if path in seen:
            continue
        seen.add(path)
        response = client.get(path)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        if response.status_code in (301, 302):
            queue.append(urljoin(path, response["Location"]))
        if response.status_code != 200:
            continue
        yield path, body
        if "text/html" in response["Content-Type"]:
            found = [urldefrag(urljoin(path, link)).url for link in Links(body.decode()).found]
            queue += [link for link in found if not urlparse(link).scheme and link.count("?") < 2]


@pytest.mark.parametrize("persona", HIDDEN)
def test_no_page_shows_a_person_out_of_reach(persona, client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.raise_request_exception = False
    world = build_world()
    if persona != "anonymous":
        client.force_login(world.users[persona], backend="django.contrib.auth.backends.ModelBackend")
    starts = ["/", "/inizio/"]
    starts += [reverse(name, kwargs=kwargs_of(name, world)) for name, method in all_rows() if method == "GET"]
    forbidden = {word for key in HIDDEN[persona] for word in world.canaries.get(key, ())}
    leaks = [
        (path, word) for path, body in pages(client, starts) for word in forbidden if word.encode().lower() in body.lower()
    ]
    assert leaks == []
