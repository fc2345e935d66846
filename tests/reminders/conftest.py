"""A kind to try the engine with: its subject is an account, its facts a plain object the test fills in."""

from dataclasses import dataclass, field
from datetime import datetime

import pytest

from oltreiperimetri.accounts.models import User
from oltreiperimetri.reminders import kinds
from oltreiperimetri.reminders.enums import STAFF_AUDIENCES
from oltreiperimetri.shared.dates import ROME

CODE = "tests.note"


def rome(text: str) -> datetime:
    """An instant by the clock of Rome, for instance "2026-11-24 10:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=ROME)


# A Tuesday morning: no holiday anywhere near.
NOW = rome("2026-11-24 10:00")


@dataclass
class Facts:
    steps: dict[int, list[kinds.Wanted]] = field(default_factory=dict)
    reason: str = ""
    address: str = ""
    template: str = "reminders/tests"
    broken: set[int] = field(default_factory=set)
    town: str | None = None

    def want(self, subject: User, due_at: datetime, *, wave: int = 0, not_after=None, audience="person") -> kinds.Wanted:
        step = kinds.Wanted(CODE, audience, wave, due_at, not_after)
        self.steps.setdefault(subject.pk, []).append(step)
        return step


@pytest.fixture
def facts(monkeypatch, settings, tmp_path):
    mails = tmp_path / "mail" / "reminders"
    mails.mkdir(parents=True)
    for part in ("subject.txt", "txt", "html"):
        (mails / f"tests.{part}").write_text("A note for {{ name }}")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]
    settings.QUIET_HOURS = True
    facts = Facts()

    def compose(subject, reminder, recipient):
        if subject.pk in facts.broken:
            raise ValueError("a poison row")
        return facts.template, {}

    def recipients(subject, reminder):
        address = facts.address or subject.email
        return [kinds.Recipient(address, name=subject.first_name, is_staff=reminder.audience in STAFF_AUDIENCES)]

    kind = kinds.Kind(
        code=CODE,
        subject="accounts.user",
        wanted=lambda subject: facts.steps.get(subject.pk, []),
        still_needed=lambda subject, reminder, *, today: facts.reason,
        recipients=recipients,
        compose=compose,
        line=lambda subject, reminder: kinds.Line(f"To do for {subject.pk}", "https://example.org/"),
        town=lambda subject: facts.town,
        live_subjects=User.objects.all,
        label="A note",
    )
    monkeypatch.setattr(kinds, "REGISTRY", {CODE: kind})
    return facts


@pytest.fixture
def person(db):
    return User.objects.create_user("anna@example.org", first_name="Anna")
