"""Compile the Italian catalogue; needs no gettext on the machine."""

from pathlib import Path

import polib

CATALOGUE = Path(__file__).parent.parent / "locale" / "it" / "LC_MESSAGES" / "django.po"

if __name__ == "__main__":
    polib.pofile(str(CATALOGUE)).save_as_mofile(str(CATALOGUE.with_suffix(".mo")))
