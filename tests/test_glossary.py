"""docs/glossary.md names every model and every state; a new noun enters there first."""

import re
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).parent.parent
LINES = (ROOT / "docs" / "glossary.md").read_text().splitlines()
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in LINES if line.startswith("| ") and "`" in line]
STATE_FIELDS = {"state", "status", "outcome", "mark", "situation"}


def our_models() -> list:
    """Models whose code lies in this repository, outside the tests."""
    folders = {ROOT / name for name in ("oltreiperimetri", "partners", "beneficiaries", "orafo", "generazioni")}
    return [
        model
        for config in apps.get_app_configs()
        if folders & {Path(config.path), *Path(config.path).parents}
        for model in config.get_models()
    ]


def named_models() -> list[str]:
    """`app.Model` of the table of things: the second cell of its rows."""
    return [row[1].strip("`") for row in ROWS if re.fullmatch(r"`\w+\.[A-Z]\w+`", row[1])]


def choices() -> dict[str, set[str]]:
    """`app.Model.field` -> its values, for every stored state and outcome."""
    return {
        f"{model._meta.label}.{field.name}": {str(value) for value, _ in field.flatchoices}
        for model in our_models()
        for field in model._meta.concrete_fields
        if field.name in STATE_FIELDS and field.choices
    }


def named_choices() -> dict[str, set[str]]:
    """The same from the table of states."""
    rows = [row for row in ROWS if re.fullmatch(r"`\w+\.[A-Z]\w+\.\w+`", row[0])]
    return {row[0].strip("`"): set(re.findall(r"`(\w+)`", row[1])) for row in rows}


def test_every_model_has_its_word():
    missing = {model._meta.label for model in our_models()} - set(named_models())
    assert not missing, f"docs/glossary.md, table “Things”, has no row for: {', '.join(sorted(missing))}"


def test_every_state_has_its_word():
    named = named_choices()
    missing = {name: sorted(values - named.get(name, set())) for name, values in choices().items()}
    missing = {name: values for name, values in missing.items() if values}
    assert not missing, f"docs/glossary.md, table “States and outcomes”, lacks: {missing}"


def test_nothing_is_named_that_is_not_there():
    gone = set(named_models()) - {model._meta.label for model in our_models()}
    gone |= {f"{name}={value}" for name, values in named_choices().items() for value in values - choices().get(name, set())}
    assert not gone, f"docs/glossary.md names what the code no longer has: {', '.join(sorted(gone))}"


def test_every_row_has_word_identifier_and_meaning():
    things = [row for row in ROWS if len(row) == 4]
    assert len(things) > len(our_models())
    assert [row for row in things if not (row[0] and row[1] and row[2])] == []


def test_no_word_stands_twice():
    names = named_models()
    assert sorted(names) == sorted(set(names))
