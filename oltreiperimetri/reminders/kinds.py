"""The registry of what may be said: each app registers its kinds in `ready()`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models


@dataclass(frozen=True)
class Recipient:
    """Somebody to write to, by e-mail or, without an address, as channels.py says.

    Who is staff reads a line of the daily digest, never a mail for each case.
    """

    email: str
    name: str = ""
    user: models.Model | None = None
    person_key: UUID | None = None
    phone: str = ""
    certified_email: str = ""
    is_staff: bool = False


@dataclass(frozen=True)
class Wanted:
    """One step the facts ask for. `due_at` as the facts say: the engine moves it into the sending hours."""

    kind: str
    audience: str
    wave: int
    due_at: datetime
    not_after: datetime | None = None

    @property
    def key(self) -> tuple[str, str, int]:
        return (self.kind, self.audience, self.wave)


@dataclass(frozen=True)
class Line:
    """One line of a digest: what is to be done and where. No name: it is on the page."""

    text: str
    url: str


@dataclass(frozen=True)
class Kind:
    """What is said about one kind of object.

    wanted(subject) -> list[Wanted], from the facts alone, without a clock.
    still_needed(subject, reminder, *, today) -> "" when needed, else the reason to skip it (shown to staff).
    recipients(subject, reminder) -> list[Recipient].
    compose(subject, reminder, recipient) -> (template, context), for people; here fresh links are issued.
    text(subject, reminder, recipient) -> a text message of 160 characters at most, for the steps in `text_waves`.
    line(subject, reminder) -> Line, for recipients who are staff.
    town(subject) -> ISTAT code of the town whose patron's day is kept; None for none.
    quiet_until(subject) -> until when the people it is for are left in peace: they have just been written to about the
        same thing; None for no reason to wait. A step waits as long as it may, then it is skipped.
    is_appointment: it goes before anything else that waits for the same person's turn.
    title(subject) -> whom it is about, in the office's words; without it the subject's own name.
    live_subjects() -> queryset of what the hourly pass looks at.
    page(subject id) -> address of the subject's page for staff.
    to_whom, when, why, stop: whole sentences for whoever asks what we write; docs/messages.md is made of them.
    to_organisations: who has no other address is written to by certified e-mail.
    templates: those that `compose` may choose, as queue_mail names them.
    """

    code: str
    subject: str
    wanted: Callable[[models.Model], Iterable[Wanted]]
    still_needed: Callable[..., str]
    recipients: Callable[[models.Model, models.Model], Iterable[Recipient]]
    compose: Callable[[models.Model, models.Model, Recipient], tuple[str, dict]] | None = None
    label: str = ""
    line: Callable[[models.Model, models.Model], Line] | None = None
    text: Callable[[models.Model, models.Model, Recipient], str] | None = None
    text_waves: frozenset[int] = frozenset()
    town: Callable[[models.Model], str | None] | None = None
    quiet_until: Callable[[models.Model], datetime | None] | None = None
    is_appointment: bool = False
    title: Callable[[models.Model], str] | None = None
    live_subjects: Callable[[], models.QuerySet] | None = None
    page: Callable[[int], str] | None = None
    to_whom: str = ""
    when: str = ""
    why: str = ""
    stop: str = ""
    templates: tuple[str, ...] = ()
    to_organisations: bool = False

    @property
    def channels(self) -> list[str]:
        """By what roads it goes, as Channel values; "digest" for a line of the daily digest of staff."""
        roads = {"email": self.compose, "pec": self.to_organisations, "sms": self.text_waves, "digest": self.line}
        return [road for road, is_used in roads.items() if is_used]


REGISTRY: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    REGISTRY[kind.code] = kind


def get(code: str) -> Kind | None:
    return REGISTRY.get(code)


def kinds_of(subject_type: str) -> list[Kind]:
    return [kind for kind in REGISTRY.values() if kind.subject.lower() == subject_type]


def labels() -> dict[str, str]:
    return {code: str(kind.label or code) for code, kind in sorted(REGISTRY.items())}
