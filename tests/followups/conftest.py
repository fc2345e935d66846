"""A path to monitor whose subjects are plain values kept beside the test: plan -> somebody."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid4

import pytest

from oltreiperimetri.accounts.models import User
from oltreiperimetri.followups import paths
from oltreiperimetri.followups.domain.plan import open_plan
from oltreiperimetri.reminders.kinds import Recipient
from oltreiperimetri.shared.dates import ROME

CODE = "tests.path"


def rome(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ROME)


@dataclass
class Subjects:
    """What the path of an app would read from its own rows."""

    email: str = "anna@example.org"
    owner: User | None = None
    town: str | None = "015182"
    is_open: bool = True
    key: UUID = field(default_factory=uuid4)

    def visible_to(self, plans, user):
        return plans if user.sees_all_towns or self.town in user.municipality_codes else plans.none()


@pytest.fixture
def subjects(monkeypatch, settings):
    settings.QUIET_HOURS = True
    subjects = Subjects()
    path = paths.Path(
        code=CODE,
        label="Tirocinio",
        contact=lambda plan: Recipient(subjects.email, name="Anna", person_key=subjects.key),
        owner=lambda plan: subjects.owner,
        town=lambda plan: subjects.town,
        is_open=lambda plan: subjects.is_open,
        visible_to=subjects.visible_to,
        subject_label=lambda plan: "Anna Prova",
        audit_subject=lambda plan: subjects.key,
    )
    monkeypatch.setattr(paths, "REGISTRY", {CODE: path})
    return subjects


@pytest.fixture
def opened(subjects, db):
    """Opens a plan: opened(date(2026, 1, 31)), by default with a checkpoint a month later only."""

    def open_one(anchor_on=date(2026, 10, 24), offsets=(1,), now=None):
        return open_plan(CODE, anchor_on=anchor_on, by=None, now=now or rome("2026-10-24 10:00"), offsets_months=offsets)

    return open_one


@pytest.fixture
def checkpoint(opened):
    """Due on Tuesday 24 November 2026."""
    return opened().checkpoints.get()
