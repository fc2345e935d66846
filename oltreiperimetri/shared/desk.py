"""What an app contributes to pages composed by the portal: plain values, no queries in templates."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Tab(TextChoices):
    """The sheets of a person's file, in their order; the value is what the address says (`?scheda=patto`)."""

    OVERVIEW = "sintesi", _("Overview")
    ELIGIBILITY = "requisiti", _("Requirements")
    ASSESSMENT = "valutazione", _("Assessment")
    PACT = "patto", _("Pact")
    HOUSEHOLD = "famiglia", _("Family and economy")
    PATH = "percorso", _("Path")
    APPOINTMENTS = "appuntamenti", _("Appointments")
    DOCUMENTS = "documenti", _("Documents")
    MESSAGES = "messaggi", _("Messages")
    NOTES = "note", _("Notes")
    TIMELINE = "storia", _("Timeline")


@dataclass(frozen=True)
class CardItem:
    text: str
    url: str = ""
    note: str = ""
    urgent: bool = False


@dataclass(frozen=True)
class Card:
    """A box on a home page. `count` links to `url`; a card without count, items and `empty` vanishes."""

    title: str
    url: str = ""
    count: int | None = None
    items: tuple[CardItem, ...] = ()
    urgency: int = 0
    empty: str = ""
    icon: str = "it-files"
    action: str = ""

    @property
    def is_worth_showing(self) -> bool:
        return bool(self.count or self.items or self.empty)


@dataclass(frozen=True)
class Panel:
    """A section of a composed page, drawn by its own template with its own context."""

    title: str
    template: str
    context: dict = field(default_factory=dict)
    order: int = 50
    anchor: str = ""


def panels_on(tab: Tab | None, parts: dict[Tab, tuple], *about) -> list[Panel]:
    """The panels of one sheet, or of all (None: on paper). Each part of `parts` is called with `about` and gives a panel,
    several, or none; the queries of the other sheets are not made.
    """
    drawn = []
    for sheet, makers in parts.items():
        if tab in (None, sheet):
            for make in makers:
                made = make(*about)
                drawn += made if isinstance(made, list) else [made] if made else []
    return drawn


@dataclass(frozen=True)
class Event:
    """One line of a timeline; a private one is for its reader's screen and never goes on paper."""

    at: datetime
    title: str
    body: str = ""
    by: str = ""
    icon: str = "it-clock"
    url: str = ""
    is_private: bool = False


@dataclass(frozen=True)
class Step:
    """What happens next, who has the ball (person, caseworker, firm, office) and by when."""

    title: str
    url: str = ""
    ball: str = "person"
    due_on: date | None = None
    urgency: int = 0
    note: str = ""


@dataclass(frozen=True)
class Task:
    """One stage of a person's path: done, todo (theirs), waiting (ours) or later."""

    title: str
    state: str
    note: str = ""
    url: str = ""
    order: int = 50


@dataclass(frozen=True)
class Appointment:
    """A day and hour on which somebody is expected; `url`: where they see it, and may move or cancel it."""

    at: datetime
    title: str
    place: str = ""
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class Record:
    """What is kept about a person under one heading: (name, value) pairs in words, dates as ISO."""

    title: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Figure:
    """One number of the half-year report; `municipality` is an ISTAT code or None for the whole area."""

    municipality: str | None
    area: str
    indicator: str
    value: int
