"""Documentation tells the truth: what it points to is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\((?!https?://)([^)#\s]+)")
NAMED_PATH = re.compile(
    r"`((?:oltreiperimetri|beneficiaries|partners|orafo|generazioni|templates|tests|tools|docs)/(?:[\w./-]+\.\w+|[\w./-]*/))`"
)
NAMED_COMMAND = re.compile(r"manage\.py (\w+)")
NAMED_TARGET = re.compile(r"\bmake ([a-z-]+)\b")
IN_FILE = re.compile(r"`(\w+)\(\)`[^`.]*\bin\s+`([\w/]+\.py)`")


@pytest.mark.parametrize("document", PAGES, ids=lambda document: str(document.relative_to(ROOT)))
def test_links_and_paths_lead_somewhere(document):
    text = document.read_text()
    missing = [link for link in LINK.findall(text) if not (document.parent / link).exists()]
    missing += [path for path in NAMED_PATH.findall(text) if not (ROOT / path).exists()]
    assert missing == []


def test_functions_of_the_walk_are_where_it_says():
    pairs = IN_FILE.findall((ROOT / "docs" / "walk.md").read_text())
    assert len(pairs) >= 5
    assert [(name, path) for name, path in pairs if f"def {name}(" not in (ROOT / path).read_text()] == []


def test_commands_that_are_named_exist():
    from django.core.management import get_commands

    named = {name for page in PAGES for name in NAMED_COMMAND.findall(page.read_text())}
    assert named - set(get_commands()) == set()
    assert {"backup", "restore", "demo", "screen", "verify_audit"} <= named


def test_targets_that_are_named_exist():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {name for name in NAMED_TARGET.findall((ROOT / "README.md").read_text()) if name not in ("is", "it")}
    assert named <= targets
    assert {"demo", "demo-reset", "test", "lint"} <= named


def test_every_decision_is_in_the_list():
    folder = ROOT / "docs" / "decisions"
    listed = set(LINK.findall((folder / "README.md").read_text()))
    assert listed == {path.name for path in folder.glob("[0-9]*.md")}
