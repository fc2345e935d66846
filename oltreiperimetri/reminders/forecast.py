"""Who will be written to in the next days and why: the engine's own decisions, taken on paper.

The steps are gone through in the order of time, with what each would add to the counts of its addresses; nothing is
written. What is planned meanwhile, or settled, changes what really leaves.
"""

import heapq
import logging
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext as _

from . import emission, kinds
from .channels import address_of
from .deciding import Decision, Post, decide
from .kinds import Recipient
from .models import ContactPoint, ForecastLine, Reminder
from .window import next_opening

logger = logging.getLogger(__name__)
DAYS = 14
State = Reminder.State


@dataclass(frozen=True)
class Expected:
    """One step as it would go: at `at`, to `people` by mail, to `staff` in the digest; or not, with the reason."""

    reminder: Reminder
    at: datetime
    decision: Decision
    title: str = ""

    @property
    def goes(self) -> bool:
        return self.decision.state == State.EMITTED

    @property
    def recipients(self) -> tuple[Recipient, ...]:
        return self.decision.people + self.decision.staff


class Paper:
    """Addresses as they are, and the mail that the forecast has written to them so far."""

    def __init__(self):
        self.written_so_far: dict[str, list[datetime]] = defaultdict(list)
        self.post = Post(refusing=self.refusing, written=self.written)

    def refusing(self, addresses) -> set[str]:
        points = ContactPoint.objects.filter(address__in=list(addresses))
        return {point.address for point in points if not point.takes_reminders}

    def written(self, address: str, now: datetime) -> list[datetime]:
        return emission.written(address, now) + [at for at in self.written_so_far[address] if at > now - emission.WEEK]

    def note(self, expected: Expected) -> None:
        for recipient in expected.decision.people:
            self.written_so_far[address_of(recipient)].append(expected.at)


def forecast(*, now: datetime, days: int = DAYS, rows: models.QuerySet | None = None) -> list[Expected]:
    """Everything planned until `days` from now, in the order in which it would go. `rows`: only these steps are told;
    the counts of addresses then know of no others."""
    until = now + timedelta(days=days)
    planned = (Reminder.objects.all() if rows is None else rows).filter(state=State.PLANNED, held_at=None, due_at__lte=until)
    steps = {row.pk: row for row in planned}
    queue = [(moment_of(row, now), not emission.is_appointment(row.kind), row.wanted_at, row.pk) for row in steps.values()]
    heapq.heapify(queue)
    subjects, paper, told = subjects_of(steps.values()), Paper(), []
    ladders = defaultdict(list)
    for row in steps.values():
        ladders[ladder_of(row)].append(row)
    while queue:
        at, is_late_in_line, wanted_at, pk = heapq.heappop(queue)
        ladder = [row for row in ladders[ladder_of(steps[pk])] if row.pk in steps]
        decision = decide_on_paper(steps[pk], ladder, subjects, paper, at=at)
        if decision.put_off_to:
            steps[pk].due_at = decision.put_off_to
            if decision.put_off_to <= until:
                heapq.heappush(queue, (moment_of(steps[pk], now), is_late_in_line, wanted_at, pk))
            continue
        row = steps.pop(pk)
        told.append(Expected(row, at, decision, title_of(row, subjects)))
        if told[-1].goes:
            paper.note(told[-1])
    return told


def moment_of(row: Reminder, now: datetime) -> datetime:
    """When the engine would take a step: at its hour, or as soon as it may when that has passed."""
    moment = max(row.due_at, now)
    return next_opening(moment) if settings.QUIET_HOURS else moment


def ladder_of(row: Reminder) -> tuple:
    return row.kind, row.subject_type, row.subject_id, row.audience


def title_of(row: Reminder, subjects: dict) -> str:
    """Whom or what a step is about."""
    kind, subject = kinds.get(row.kind), subjects.get((row.subject_type, row.subject_id))
    if subject is None:
        return ""
    return str(kind.title(subject) if kind and kind.title else subject)


def decide_on_paper(row: Reminder, ladder: list[Reminder], subjects: dict, paper: Paper, *, at: datetime) -> Decision:
    if row.not_after and at > row.not_after:
        return Decision(State.MISSED)
    if any(other.wanted_at > row.wanted_at and other.due_at <= at for other in ladder):
        return Decision(State.SUPERSEDED)
    try:
        return decide(row, subjects.get((row.subject_type, row.subject_id)), paper.post, now=at)
    except Exception as error:  # noqa: BLE001 - one step that cannot be judged must not hide the others
        logger.warning("Reminder %s cannot be foreseen: %s", row.pk, type(error).__name__, extra={"reminder": row.pk})
        return Decision(State.SKIPPED, _("it could not be written: %s") % type(error).__name__)


def subjects_of(rows) -> dict[tuple[str, int], models.Model]:
    """The objects that steps are about, one query a kind of object."""
    wanted = defaultdict(set)
    for row in rows:
        wanted[row.subject_type].add(row.subject_id)
    return {
        (subject_type, subject.pk): subject
        for subject_type, pks in wanted.items()
        for subject in apps.get_model(subject_type)._base_manager.filter(pk__in=pks)
    }


@transaction.atomic
def foresee(*, now: datetime) -> int:
    """Put the forecast of the next 14 days in its table, in place of the one before; returns how many steps it tells."""
    lines = [
        ForecastLine(
            reminder=one.reminder,
            at=one.at,
            goes=one.goes,
            reason=str(one.decision.reason)[:200],
            title=one.title,
            recipients=", ".join(recipient.name or recipient.email for recipient in one.recipients),
            in_digest=bool(one.decision.staff),
            foreseen_at=now,
        )
        for one in forecast(now=now)
    ]
    ForecastLine.objects.all().delete()
    ForecastLine.objects.bulk_create(lines, batch_size=500)
    return len(lines)
