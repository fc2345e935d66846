"""Settle the Italian catalogue and compile it; needs no gettext on the machine.

Settling makes the same sentences give the same bytes on every machine: no dates in the header, no guesses left by
`makemessages` (a guess becomes an empty translation, which the test of the catalogue refuses), one line per sentence.
"""

from pathlib import Path

import polib

CATALOGUE = Path(__file__).parent.parent / "locale" / "it" / "LC_MESSAGES" / "django.po"
HEADER = "The Italian of the portal. Made by `make messages`; translations are written by hand."
METADATA = {
    "Project-Id-Version": "oltreiperimetri",
    "Language": "it",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}


def read(path: Path) -> polib.POFile:
    return polib.pofile(str(path), wrapwidth=0, encoding="utf-8")


def settle(catalogue: polib.POFile) -> polib.POFile:
    catalogue.header, catalogue.metadata, catalogue.metadata_is_fuzzy = HEADER, METADATA, False
    for entry in catalogue:
        if entry.fuzzy:
            entry.msgstr = ""
            entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, "")
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
        entry.previous_msgid = entry.previous_msgid_plural = entry.previous_msgctxt = None
    return catalogue


if __name__ == "__main__":
    italian = settle(read(CATALOGUE))
    italian.save(str(CATALOGUE))
    italian.save_as_mofile(str(CATALOGUE.with_suffix(".mo")))
    left = sum(not entry.translated() for entry in italian)
    print(f"{len(italian)} sentences, {left} still to translate.")
