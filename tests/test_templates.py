"""Every template stands: it compiles, what it names exists, nothing is inline, and what people read can be translated."""

import re
from functools import cache
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import engines
from django.template.base import Lexer, TokenType
from django.template.loader import get_template
from django.urls import get_resolver

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "templates"
NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*") if path.is_file())
PAGES = [name for name in NAMES if name.endswith(".html")]

# Written in one language on purpose: public pages in English, and the page for when nothing else works.
ONE_LANGUAGE = {name for name in PAGES if name.endswith("_en.html")} | {"500.html"}
# Left as they are in every language: the programme's name, the other language's, formats, addresses, class names, marks.
NOT_WORDS = re.compile(
    r"#?Oltreiperimetri|GenerAzioni|ORAFO|Sercop|English|PDF|CSV|XLSX|Excel|SVG|https?://\S+|&[a-z]+;|&#\d+;",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W\d_]{2,}")

TAG = re.compile(r"<(script|style|svg|title)\b.*?</\1>|<!--.*?-->|<!doctype[^>]*>|<[^<>]*>", re.IGNORECASE | re.DOTALL)
SPOKEN = re.compile(r'\s(?:alt|title|placeholder|aria-label|data-label|summary)="([^"]*)"')
INLINE = re.compile(r"""<script(?![^>]*\bsrc=)|<style\b|\son[a-z]+\s*=\s*["']|\sstyle\s*=\s*["']""", re.IGNORECASE)
CLASSES = re.compile(r"\{% block (?:\w*class|dir) %\}.*?\{% endblock %\}", re.DOTALL)  # blocks inside a tag
STATIC = re.compile(r"""\{%\s*static\s+["']([^"']+)["']""")
URL = re.compile(r"""\{%\s*url\s+["']([^"']+)["']""")
REFERS = re.compile(r"""\{%\s*(?:include|extends)\s+["']([^"']+)["']""")


def source(name: str) -> str:
    return (TEMPLATES / name).read_text()


@cache
def url_names() -> frozenset[str]:
    """Every name that reverse() knows, with its namespace."""

    def below(resolver, prefix=""):
        names = {f"{prefix}{name}" for name in resolver.reverse_dict if isinstance(name, str)}
        for namespace, (_, inner) in resolver.namespace_dict.items():
            names |= below(inner, f"{prefix}{namespace}:")
        return names

    return frozenset(below(get_resolver()))


def visible_text(text: str) -> list[str]:
    """Pieces that a person would read and no translation tag surrounds."""
    text = CLASSES.sub("", text)
    pieces, is_translated, kept = [], False, []
    for token in Lexer(text).tokenize():
        if token.token_type == TokenType.BLOCK:
            word = token.split_contents()[0]
            is_translated = word in ("blocktranslate", "blocktrans", "comment") or (
                is_translated and word not in ("endblocktranslate", "endblocktrans", "endcomment")
            )
            kept.append("\x00")
        elif token.token_type == TokenType.TEXT and not is_translated:
            kept.append(token.contents)
        else:
            kept.append("\x00")
    markup = "".join(kept)
    spoken = SPOKEN.findall(markup)
    titles = re.findall(r"<title>(.*?)</title>", markup, re.DOTALL)
    read = TAG.sub("\x00", markup)
    for piece in [*spoken, *titles, read]:
        pieces += piece.split("\x00")
    return [piece.strip() for piece in pieces if WORD.search(NOT_WORDS.sub("", piece))]


@pytest.mark.parametrize("name", NAMES)
def test_it_compiles(name):
    assert get_template(name).template.name == name


@pytest.mark.parametrize("name", NAMES)
def test_what_it_names_exists(name):
    text = source(name)
    missing = [url for url in URL.findall(text) if url not in url_names()]
    missing += [path for path in STATIC.findall(text) if not finders.find(path)]
    for other in REFERS.findall(text):
        if not (TEMPLATES / other).is_file():
            engines["django"].get_template(other)  # one of a library; raises when there is none
    assert missing == []


@pytest.mark.parametrize("name", [name for name in PAGES if not name.startswith("mail/")])
def test_nothing_is_inline(name):
    """Mail readers know only inline styles; pages have none, so that the content rules can forbid them."""
    assert INLINE.findall(source(name)) == []


@pytest.mark.parametrize("name", sorted(set(PAGES) - ONE_LANGUAGE))
def test_every_word_can_be_translated(name):
    assert visible_text(source(name)) == []


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("<p>Good morning</p>", ["Good morning"]),
        ("<p>{% translate 'Good morning' %}</p>", []),
        ("{% blocktranslate trimmed %}Good <b>morning</b>{% endblocktranslate %} <i>evening</i>", ["evening"]),
        ('<img alt="A house" src="house.png">', ["A house"]),
        ('<p class="two words">{{ name }}: 12 €</p>', []),
        ("<title>{% block title %}{% endblock %} | #Oltreiperimetri</title>", []),
        ("{# a remark #}{% comment %}more{% endcomment %}", []),
    ],
)
def test_the_search_for_words_finds_what_people_read(text, seen):
    assert visible_text(text) == seen
