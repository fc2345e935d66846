"""The Italian catalogue is complete, sound, compiled, and says what code and templates ask for."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from tools.compile_catalogue import CATALOGUE, read, settle

ROOT = Path(__file__).parent.parent
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
# People here find asking for help shameful: no word that labels them.
NEVER_SAID = re.compile(
    r"\b(utent[ei]|assistit[oaie]|povert[àa]|beneficiari[oae]?|indigent[ei]|disagiat[oaie])\b", re.IGNORECASE
)
# Marks and accents of the typewriter: "…" for «…», l'idea for l’idea, perchè for perché, E’ for È.
CARELESS = re.compile(
    r"[\"'“”]|\.\.\.| ,|\b(perchè|poichè|finchè|affinchè|nè|sè|pò|piu|gia|cosi|puo|verra|sara)\b|(?<!\w)E’ ", re.IGNORECASE
)
TAGS = re.compile(r"<[^>]+>")


@pytest.fixture(scope="module")
def italian():
    return read(CATALOGUE)


def pairs(entry: polib.POEntry) -> list[tuple[str, str]]:
    """(what the code says, what the screen says), once for each plural form."""
    if entry.msgid_plural:
        return [(entry.msgid, entry.msgstr_plural[0]), (entry.msgid_plural, entry.msgstr_plural[1])]
    return [(entry.msgid, entry.msgstr)]


def every_pair(catalogue: polib.POFile) -> list[tuple[str, str]]:
    return [pair for entry in catalogue for pair in pairs(entry)]


def test_every_sentence_is_translated(italian):
    assert [entry.msgid for entry in italian if not entry.translated()] == []


def test_placeholders_and_markup_stay_the_same(italian):
    def marks(text):
        return sorted(PLACEHOLDER.findall(text)), sorted(TAGS.findall(text))

    assert [(english, said) for english, said in every_pair(italian) if marks(english) != marks(said)] == []


def test_a_sentence_begins_and_ends_alike_in_both_languages(italian):
    def edges(text):
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    assert [(english, said) for english, said in every_pair(italian) if edges(english) != edges(said)] == []


def test_labels_that_are_small_in_english_are_small_in_italian(italian):
    """Django puts a capital where it is needed; a capital in a verbose name would appear inside sentences."""
    names = re.compile(r"^(ISTAT|HTML|IBAN|PEC|CAP|SMS|PDF|ISEE|NASpI|INAIL|CV|URL|IP)\b|^%|^#|^«")
    wrong = [
        (english, said)
        for english, said in every_pair(italian)
        if english[:1].islower() and said[:1].isupper() and not names.search(said) and english[-1] not in ".!?"
    ]
    assert wrong == []


def test_no_word_labels_a_person(italian):
    assert [said for _, said in every_pair(italian) if NEVER_SAID.search(said)] == []


def test_accents_apostrophes_and_quotes_are_the_printed_ones(italian):
    assert [said for _, said in every_pair(italian) if CARELESS.search(TAGS.sub("", said))] == []


def test_the_compiled_catalogue_is_the_written_one(italian, tmp_path):
    compiled = tmp_path / "django.mo"
    settle(italian).save_as_mofile(str(compiled))
    assert CATALOGUE.with_suffix(".mo").read_bytes() == compiled.read_bytes(), "run `make messages`"


def test_nothing_in_code_or_templates_is_missing_or_left_over(italian, tmp_path):
    if not shutil.which("xgettext"):
        pytest.skip("gettext is missing (Debian: apt-get install gettext)")
    shutil.copytree(ROOT, tmp_path / "copy", ignore=shutil.ignore_patterns(".*", "var", "tests", "docs", "static", "*.pyc"))
    makefile = (ROOT / "Makefile").read_text()
    options = re.search(r"manage\.py (makemessages .*)", makefile)[1].split()
    settings = {**os.environ, "DJANGO_SETTINGS_MODULE": "oltreiperimetri.settings"}
    command = [sys.executable, "manage.py", *options]
    subprocess.run(command, cwd=tmp_path / "copy", env=settings, check=True, capture_output=True)
    asked = read(tmp_path / "copy" / CATALOGUE.relative_to(ROOT))
    names = {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in asked}
    known = {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in italian}
    assert (names - known, known - names) == (set(), set()), "run `make messages` and translate what is new"
