"""The languages of the two-minute form. The rest of the portal stays Italian: no other page reads `?lingua=`."""

from dataclasses import dataclass

from django.utils.translation import get_language_info

DEFAULT = "it"
NAMES = {
    "it": "Italiano",
    "en": "English",
    "fr": "Français",
    "es": "Español",
    "ar": "العربية",
    "ro": "Română",
    "uk": "Українська",
}
CODES = tuple(NAMES)


@dataclass(frozen=True)
class Language:
    code: str

    @property
    def name(self) -> str:
        return NAMES[self.code]

    @property
    def direction(self) -> str:
        return "rtl" if get_language_info(self.code)["bidi"] else "ltr"


ALL = tuple(Language(code) for code in CODES)


def chosen(query: str | None, otherwise: str = "") -> Language:
    """The language asked for in the address, else the one of the last answer, else Italian."""
    return Language(next((code for code in (query, otherwise) if code in NAMES), DEFAULT))
