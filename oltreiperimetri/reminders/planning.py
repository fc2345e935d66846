"""Facts -> wanted steps -> rows. Planning twice changes nothing; whatever was lost is repaired."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import models, transaction

from . import kinds
from .enums import STAFF_AUDIENCES
from .models import Message, Reminder
from .window import digest_of, next_opening, patron_of

State = Reminder.State
# What tells whether a row differs from what is wanted; rows that agree are never made into objects.
COMPARED = ("subject_id", "kind", "audience", "wave", "state", "wanted_at", "not_after")
HANDLED = (State.EMITTED, State.SUPERSEDED, State.SKIPPED, State.MISSED)


def due_moment(step: kinds.Wanted, subject: models.Model) -> datetime:
    """When a step may leave: moved into the sending hours of the subject's town; for staff, the digest of its day."""
    if not settings.QUIET_HOURS:
        return step.due_at
    if step.audience in STAFF_AUDIENCES:
        return digest_of(step.due_at)
    kind = kinds.get(step.kind)
    town = kind.town(subject) if kind and kind.town else None
    return next_opening(step.due_at, patron_of(town))


def wanted_of(subject: models.Model) -> dict[tuple, kinds.Wanted]:
    """All steps wanted for a subject by (kind, audience, wave)."""
    found = {}
    for kind in kinds.kinds_of(subject._meta.label_lower):
        for step in kind.wanted(subject):
            found[step.key] = step
    return found


def differs(wanted: dict, rows: Iterable, *, now: datetime) -> bool:
    """Whether `plan` would write anything, as far as rows (each with the fields COMPARED) tell."""
    rows = {(row.kind, row.audience, row.wave): row for row in rows}
    if wanted.keys() - rows.keys():
        return True
    return any(change_of(row, wanted.get(key), now=now) for key, row in rows.items())


def change_of(row, step: kinds.Wanted | None, *, now: datetime) -> str:
    """What must happen to a row: "", "cancel", "move" (still planned) or "reopen"."""
    if step is None:
        return "cancel" if row.state in (State.PLANNED, State.EMITTED) else ""
    moved = row.wanted_at != step.due_at
    if row.state == State.PLANNED:
        return "move" if moved or row.not_after != step.not_after else ""
    if row.state == State.CANCELLED:
        return "reopen" if step.not_after is None or step.not_after > now else ""
    return "reopen" if moved and step.due_at > now and row.state in HANDLED else ""


@transaction.atomic
def plan(subject: models.Model, *, now: datetime) -> int:
    """Make the rows of `subject` equal to what its facts want; returns how many rows changed.

    Call it in the transaction of the fact. Steps no longer wanted are cancelled and their mail not yet gone is stopped;
    steps moved keep their row; steps already handled open again only when moved to a day still to come.
    """
    registered = [kind.code for kind in kinds.kinds_of(subject._meta.label_lower)]
    wanted = wanted_of(subject)
    rows = list(Reminder.objects.about(subject).filter(kind__in=registered).order_by("pk").select_for_update())
    changed = 0
    for row in rows:
        step = wanted.pop((row.kind, row.audience, row.wave), None)
        change = change_of(row, step, now=now)
        if change == "cancel":
            changed += cancel(row, now=now)
        elif change:
            put(row, step, due_at=due_moment(step, subject), again=change == "reopen")
            changed += 1
    fresh = [new_row(subject, step, now=now) for step in wanted.values()]
    Reminder.objects.bulk_create(fresh, ignore_conflicts=True)
    return changed + len(fresh)


def new_row(subject: models.Model, step: kinds.Wanted, *, now: datetime) -> Reminder:
    return Reminder(
        kind=step.kind,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        audience=step.audience,
        wave=step.wave,
        wanted_at=step.due_at,
        due_at=due_moment(step, subject),
        not_after=step.not_after,
        planned_at=now,
        person_key=getattr(subject, "audit_subject", None),
    )


def put(row: Reminder, step: kinds.Wanted, *, due_at: datetime, again: bool) -> None:
    if again:
        stop_mail(row)
        row.round += 1
        row.attempts, row.handled_at, row.held_at = 0, None, None
    row.state, row.reason = State.PLANNED, ""
    row.wanted_at, row.due_at, row.not_after = step.due_at, due_at, step.not_after
    row.save()


def cancel(row: Reminder, *, now: datetime) -> int:
    """Cancel a planned step; of one already emitted stop what has not left. Returns 1 when something changed."""
    if row.state == State.EMITTED and not has_open_mail(row):
        return 0
    stop_mail(row)
    row.state, row.handled_at = State.CANCELLED, now
    row.save(update_fields=["state", "handled_at"])
    return 1


def has_open_mail(row: Reminder) -> bool:
    on_its_way = [Message.State.QUEUED, Message.State.RETRY, Message.State.INFLIGHT]
    return row.messages.filter(state__in=on_its_way).exists() or row.lines.filter(message=None).exists()


def stop_mail(row: Reminder) -> None:
    row.messages.open().update(state=Message.State.ABORTED)
    row.lines.filter(message=None).delete()


def plan_all(*, now: datetime, chunk: int = 500) -> int:
    """The hourly pass over every live subject: repairs what was lost, writes only where something differs."""
    changed = 0
    for kind in list(kinds.REGISTRY.values()):
        if kind.live_subjects is None:
            continue
        batch = []
        for subject in kind.live_subjects().order_by("pk").iterator(chunk_size=chunk):
            batch.append(subject)
            if len(batch) == chunk:
                changed += plan_batch(batch, now=now)
                batch = []
        changed += plan_batch(batch, now=now)
    return changed


def plan_batch(subjects: list[models.Model], *, now: datetime) -> int:
    if not subjects:
        return 0
    label = subjects[0]._meta.label_lower
    registered = [kind.code for kind in kinds.kinds_of(label)]
    rows: dict[int, list] = {subject.pk: [] for subject in subjects}
    stored = Reminder.objects.filter(subject_type=label, subject_id__in=list(rows), kind__in=registered).order_by()
    for row in stored.values_list(*COMPARED, named=True).iterator():
        rows[row.subject_id].append(row)
    return sum(plan(subject, now=now) for subject in subjects if differs(wanted_of(subject), rows[subject.pk], now=now))
