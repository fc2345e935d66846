"""What a page says is Italian: no sentence is left in the language of the code."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import NoReverseMatch, reverse

from tests.access.matrix import OK
from tests.access.test_matrix import all_rows, kwargs_of
from tests.access.world import build_world

pytestmark = pytest.mark.django_db
TEMPLATES = Path(__file__).parent.parent / "templates"
PREFERRED = ("coordinator", "caseworker", "beneficiary", "firm", "juror", "mentor", "citizen", "anonymous")
# Words that Italian does not have and that hardly any English sentence can do without.
ENGLISH = re.compile(
    r"\b(the|you|your|please|this|these|that|with|from|are|have|has|been|must|cannot|of|and|or|is|was|to|not|yet|by)\b",
    re.IGNORECASE,
)
SHOWN = {"alt", "aria-label", "placeholder", "title"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Said(HTMLParser):
    """The texts of a page that are read by somebody and are not marked as another language."""

    def __init__(self, html: str):
        super().__init__()
        self.quiet: list[bool] = [False]
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        quiet = self.quiet[-1] or tag in ("script", "style", "code") or known.get("lang", "it") != "it"
        if not quiet:
            self.texts += [known[name] for name in SHOWN if known.get(name)]
        if tag not in VOID:
            self.quiet.append(quiet)

    def handle_endtag(self, tag):
        if tag not in VOID and len(self.quiet) > 1:
            self.quiet.pop()

    def handle_data(self, data):
        if not self.quiet[-1]:
            self.texts.append(data)


def english_on(response) -> list[str]:
    if "text/html" not in response["Content-Type"]:
        return []
    texts = (" ".join(text.split()) for text in Said(response.content.decode()).texts)
    return sorted({text for text in texts if ENGLISH.search(text)})


def test_templates_mark_every_sentence_for_translation():
    """Also those that no page shows in a test, such as mails: whatever is outside the marks is said as it stands."""
    unmarked = re.compile(
        r"{% comment %}.*?{% endcomment %}|{% blocktrans.*?{% endblocktrans\w* %}|{%.*?%}|{{.*?}}|{#.*?#}"
        r"|<code>.*?</code>|<[^>]*>",
        re.DOTALL,
    )
    found = {}
    for template in sorted(TEMPLATES.rglob("*.*")):
        if template.suffix in (".html", ".txt") and not template.stem.endswith("_en"):
            said = unmarked.sub("\n", template.read_text()).splitlines()
            found[str(template.relative_to(TEMPLATES))] = [line for line in said if ENGLISH.search(line)]
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.fixture
def world(settings):
    settings.SECOND_FACTOR_REQUIRED = False
    return build_world()


def test_no_portal_page_is_left_in_english(client, world):
    found = {}
    for (name, method), row in all_rows().items():
        persona = next((persona for persona in PREFERRED if row.get(persona) == OK), None)
        if method != "GET" or persona is None:
            continue
        client.logout()
        if persona != "anonymous":
            client.force_login(world.users[persona], backend="django.contrib.auth.backends.ModelBackend")
        response = client.get(reverse(name, kwargs=kwargs_of(name, world)))
        if not response.streaming:
            found[name] = english_on(response)
    assert {name: texts for name, texts in found.items() if texts} == {}


def test_no_administration_page_is_left_in_english(client, world):
    client.force_login(world.users["admin"], backend="django.contrib.auth.backends.ModelBackend")
    found = {"index": english_on(client.get(reverse("admin:index")))}
    for model in apps.get_models():
        for page in ("changelist", "add"):
            name = f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"
            try:
                found[name] = english_on(client.get(reverse(name)))
            except NoReverseMatch:
                continue
    assert {name: texts for name, texts in found.items() if texts} == {}
