"""The two-minute form in seven languages: complete in each, and nowhere else."""

from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import trans_real

from oltreiperimetri.accounts.enums import LinkPurpose
from oltreiperimetri.accounts.links import issue_link
from oltreiperimetri.followups import languages
from oltreiperimetri.followups.domain.answer import answer
from oltreiperimetri.followups.models import Answer
from tools.compile_catalogue import ELSEWHERE, read, settle

from .conftest import rome

ON_THE_DAY = rome("2026-11-24 10:00")
OTHERS = [code for code in languages.CODES if code not in ("it", "en")]
EMPLOYED = {"situation": "employed", "contract_kind": "fixed_term", "same_firm": "yes"}


class Unknown:
    """Stands behind a catalogue and notes what it was asked for: everything it lacks."""

    def __init__(self):
        self.asked = []

    def gettext(self, message):
        self.asked.append(message)
        return message

    def ngettext(self, one, many, _count):
        self.asked.append(one)
        return one

    def pgettext(self, _context, message):
        return self.gettext(message)


@pytest.fixture(autouse=True)
def on_the_day(time_machine):
    time_machine.move_to(ON_THE_DAY)


def link_to(checkpoint):
    token = issue_link(LinkPurpose.FOLLOW_UP, checkpoint, expires_at=rome("2027-03-31 10:00"))
    return f"/rispondi/monitoraggio/{token}/"


@pytest.fixture
def links(opened, settings):
    """To two checkpoints of one plan, in the demo: its ribbon is on every page."""
    settings.DEMO = True
    return [link_to(checkpoint) for checkpoint in opened(offsets=(1, 3)).checkpoints.order_by("months")]


@pytest.fixture
def link(checkpoint):
    return link_to(checkpoint)


def walk(client, link, next_link, code):
    """Every page that a link can show, errors included."""
    query = {"lingua": code}
    wants_call = EMPLOYED | {"wants_call": "on"}
    steps = [
        client.get(link, query),
        client.post(f"{link}?lingua={code}", {"usefulness": "9", "situation": "x", "note": "a" * 1001}),
        client.post(f"{link}?lingua={code}", {"situation": "employed"}),
        client.post(f"{link}?lingua={code}", {"situation": ""}),
        client.post(f"{link}?lingua={code}", EMPLOYED),
        client.get(link, query),
        client.post(f"{link}?lingua={code}", wants_call),
        client.get("/rispondi/monitoraggio/invented/", query),
    ]
    Answer.objects.update(answered_at=rome("2026-11-01 10:00"))
    steps.append(client.get(link, query))
    return [*steps, client.get(next_link, query)]


@pytest.mark.parametrize("code", OTHERS)
def test_every_sentence_of_every_page_is_there(code, client, links, monkeypatch):
    unknown = Unknown()
    monkeypatch.setattr(trans_real.translation(code), "_fallback", unknown)

    pages = walk(client, *links, code)

    assert [page.status_code for page in pages] == [200, 422, 422, 422, 200, 200, 200, 404, 410, 200]
    assert pages[-1].context["is_prefilled"]
    assert {page["Content-Language"] for page in pages} == {code}
    assert sorted({message for message in unknown.asked if message}) == []


@pytest.mark.parametrize("code", OTHERS)
def test_the_catalogue_is_whole_compiled_and_says_nothing_that_is_not_asked(code, tmp_path):
    path = Path(settings.BASE_DIR) / "locale" / code / "LC_MESSAGES" / "django.po"
    catalogue = read(path)
    italian = {entry.msgid for entry in read(Path(settings.BASE_DIR) / "locale" / "it" / "LC_MESSAGES" / "django.po")}
    settle(catalogue, code).save_as_mofile(str(tmp_path / "django.mo"))

    assert [entry.msgid for entry in catalogue if not entry.translated()] == []
    assert path.with_suffix(".mo").read_bytes() == (tmp_path / "django.mo").read_bytes(), "run `make messages`"
    assert [entry.msgid for entry in catalogue if entry.msgid not in italian] == []
    assert set(OTHERS) == set(ELSEWHERE)


@pytest.mark.parametrize("code", OTHERS)
def test_placeholders_are_the_same(code):
    entries: polib.POFile = read(Path(settings.BASE_DIR) / "locale" / code / "LC_MESSAGES" / "django.po")
    marks = [(entry.msgid, entry.msgstr) for entry in entries if entry.msgid.count("%(") != entry.msgstr.count("%(")]

    assert marks == []


def test_arabic_reads_from_right_to_left(client, link):
    html = client.get(link, {"lingua": "ar"}).content.decode()

    assert '<html lang="ar" dir="rtl">' in html


def test_the_form_opens_in_italian_whatever_the_browser_speaks(client, link):
    response = client.get(link, headers={"accept-language": "fr"})
    other = client.get("/", headers={"accept-language": "ar"})

    assert (response["Content-Language"], other["Content-Language"]) == ("it", "it")
    assert '<html lang="it">' in response.content.decode()


def test_the_language_of_a_page_ends_with_it(client, link):
    client.get(link, {"lingua": "uk"})

    assert translation.get_language() == "it"


def test_a_language_that_is_not_there_is_italian(client, link):
    assert client.get(link, {"lingua": "xx"})["Content-Language"] == "it"


def test_the_next_form_of_the_plan_opens_in_the_language_of_the_last_answer(opened, client):
    first, second = opened(offsets=(1, 3)).checkpoints.order_by("months")
    answer(first, EMPLOYED | {"same_firm": True}, channel="link", by=None, now=ON_THE_DAY, language="ro")

    assert client.get(link_to(second))["Content-Language"] == "ro"
