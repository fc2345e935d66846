"""Settle the catalogues and compile them; needs no gettext on the machine.

Settling makes the same sentences give the same bytes on every machine: no dates in the header, no guesses left by
`makemessages` (a guess becomes an empty translation, which the test of the catalogue refuses), one line per sentence.
"""

from pathlib import Path

import polib

LOCALE = Path(__file__).parent.parent / "locale"
CATALOGUE = LOCALE / "it" / "LC_MESSAGES" / "django.po"
HEADER = "The Italian of the portal. Made by `make messages`; translations are written by hand."
METADATA = {
    "Project-Id-Version": "oltreiperimetri",
    "Language": "it",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
# Languages that only the follow-up form speaks: its sentences, written by hand. Plurals as Django's own catalogues say.
FORM_ONLY = "The follow-up form and its pages, nothing else of the portal."
ELSEWHERE = {
    "fr": "nplurals=2; plural=(n > 1);",
    "es": "nplurals=2; plural=(n != 1);",
    "ar": (
        "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;"
    ),
    "ro": "nplurals=3; plural=(n==1?0:(((n%100>19)||((n%100==0)&&(n!=0)))?2:1));",
    "uk": (
        "nplurals=4; plural=(n % 1 == 0 && n % 10 == 1 && n % 100 != 11 ? 0 : n % 1 == 0 && n % 10 >= 2 && "
        "n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14) ? 1 : n % 1 == 0 && (n % 10 ==0 || (n % 10 >=5 && n % 10 <=9) "
        "|| (n % 100 >=11 && n % 100 <=14 )) ? 2: 3);"
    ),
}


def path_of(code: str) -> Path:
    return LOCALE / code / "LC_MESSAGES" / "django.po"


def read(path: Path) -> polib.POFile:
    return polib.pofile(str(path), wrapwidth=0, encoding="utf-8")


def settle(catalogue: polib.POFile, code: str = "it") -> polib.POFile:
    catalogue.header, catalogue.metadata, catalogue.metadata_is_fuzzy = HEADER, METADATA, False
    if code in ELSEWHERE:
        catalogue.header, catalogue.metadata = FORM_ONLY, {**METADATA, "Language": code, "Plural-Forms": ELSEWHERE[code]}
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
    for language in ELSEWHERE:
        other = settle(read(path_of(language)), language)
        other.save(str(path_of(language)))
        other.save_as_mofile(str(path_of(language).with_suffix(".mo")))
    left = sum(not entry.translated() for entry in italian)
    print(f"{len(italian)} sentences, {left} still to translate.")
