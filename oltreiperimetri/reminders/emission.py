"""Due reminders become messages or lines of a digest: claimed by row, looked at again in the present truth."""

import logging
from collections import Counter
from datetime import datetime, timedelta

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext as _

from . import kinds
from .channels import address_of, channel_of, kind_of
from .composing import build_message, build_text, insert_once
from .deciding import WEEK, Decision, Post, decide
from .enums import Channel
from .models import ContactPoint, DigestLine, Message, Reminder
from .wake import wake_deliver
from .window import digest_of, is_open

logger = logging.getLogger(__name__)
State = Reminder.State
MAX_ATTEMPTS = 8
PAUSE_AFTER_ERROR = timedelta(minutes=10)


def emit_due(*, now: datetime, limit: int = 2000) -> Counter:
    """Handle every due reminder, each in its own short transaction. Returns how many ended in each state."""
    done: Counter = Counter()
    if settings.QUIET_HOURS and not is_open(now):
        return done
    due = Reminder.objects.due(now).order_by("due_at", "pk").values_list("pk", "kind")[:limit]
    for pk, _kind in sorted(due, key=lambda row: not is_appointment(row[1])):
        try:
            done[emit_one(pk, now=now)] += 1
        except Exception as error:  # noqa: BLE001 - a row that cannot be written must not stop the others
            logger.warning("Reminder %s was not handled: %s", pk, type(error).__name__, extra={"reminder": pk})
            done[put_off_after_error(pk, error, now=now)] += 1
    return done


def is_appointment(code: str) -> bool:
    kind = kinds.get(code)
    return kind is not None and kind.is_appointment


@transaction.atomic
def emit_one(pk: int, *, now: datetime, at_once: bool = False) -> str:
    """Returns the state the reminder ended in, or "" when somebody else has it or its subject is being changed."""
    rows = Reminder.objects.filter(state=State.PLANNED) if at_once else Reminder.objects.due(now)
    reminder = rows.filter(pk=pk).select_for_update(skip_locked=True).first()
    if reminder is None:
        return ""
    if reminder.not_after and now > reminder.not_after:
        return close(reminder, State.MISSED, now=now, reason=_("the time for it had passed"))
    if newer_step_is_due(reminder, now=now):
        return close(reminder, State.SUPERSEDED, now=now)
    subject, is_busy = lock_subject(reminder)
    if is_busy:
        return ""
    return carry_out(decide(reminder, subject, POST, now=now, at_once=at_once), reminder, subject, now=now, at_once=at_once)


def lock_subject(reminder: Reminder) -> tuple[models.Model | None, bool]:
    """The subject, locked; never waits for it: whoever is changing it will want this reminder's row."""
    rows = apps.get_model(reminder.subject_type)._base_manager.filter(pk=reminder.subject_id)
    subject = rows.select_for_update(skip_locked=True, of=("self",)).first()
    return subject, subject is None and rows.exists()


def newer_step_is_due(reminder: Reminder, *, now: datetime) -> bool:
    """After an outage only the newest step of a ladder goes."""
    same_ladder = Reminder.objects.due(now).filter(
        kind=reminder.kind,
        subject_type=reminder.subject_type,
        subject_id=reminder.subject_id,
        audience=reminder.audience,
    )
    return same_ladder.filter(wanted_at__gt=reminder.wanted_at).exists()


def refusing(addresses) -> set[str]:
    """Those that refuse our mail. One row an address, locked in order: two steps for one person at once are counted
    one after the other."""
    addresses = list(addresses)
    made = [ContactPoint(address=address, kind=kind_of(address)) for address in addresses]
    ContactPoint.objects.bulk_create(made, ignore_conflicts=True)
    points = ContactPoint.objects.filter(address__in=addresses).order_by("address", "kind").select_for_update()
    return {point.address for point in points if not point.takes_reminders}


def written(address: str, now: datetime) -> list[datetime]:
    """When reminders were written to an address in the last week."""
    sent = Message.objects.filter(recipient=address, reminder__isnull=False, queued_at__gt=now - WEEK).exclude(
        state__in=[Message.State.ABORTED, Message.State.FAILED]
    )
    return list(sent.values_list("queued_at", flat=True))


POST = Post(refusing=refusing, written=written)


def carry_out(decision: Decision, reminder: Reminder, subject, *, now: datetime, at_once: bool) -> str:
    if decision.put_off_to:
        reminder.due_at = decision.put_off_to
        reminder.save(update_fields=["due_at"])
        return State.PLANNED
    for recipient in decision.people:
        write(reminder, subject, recipient, now=now)
    for recipient in decision.staff:
        add_line(reminder, subject, recipient, not_before=now if at_once else digest_for(reminder))
    if decision.people:
        wake_deliver()
    return close(reminder, decision.state, now=now, reason=decision.reason)


def write(reminder: Reminder, subject, recipient: kinds.Recipient, *, now: datetime) -> None:
    kind = kinds.get(reminder.kind)
    key = f"reminder:{reminder.pk}:{reminder.round}:{address_of(recipient)}"
    if channel_of(recipient) == Channel.SMS:
        text = kind.text(subject, reminder, recipient)
        message = build_text(kind.code, text, recipient, dedupe_key=key, now=now, reminder=reminder, about=subject)
    else:
        template, context = kind.compose(subject, reminder, recipient)
        message = build_message(template, context, recipient, dedupe_key=key, now=now, reminder=reminder, about=subject)
    insert_once(message)


def digest_for(reminder: Reminder) -> datetime:
    return digest_of(reminder.due_at) if settings.QUIET_HOURS else reminder.due_at


def add_line(reminder: Reminder, subject, recipient: kinds.Recipient, *, not_before: datetime) -> None:
    line = kinds.get(reminder.kind).line(subject, reminder)
    DigestLine.objects.get_or_create(
        reminder=reminder,
        round=reminder.round,
        recipient=address_of(recipient),
        defaults={
            "recipient_name": recipient.name[:160],
            "text": str(line.text)[:300],
            "url": line.url,
            "not_before": not_before,
        },
    )


def close(reminder: Reminder, state: str, *, now: datetime, reason: str = "") -> str:
    reminder.state, reminder.handled_at, reminder.reason = state, now, str(reason)[:200]
    reminder.save(update_fields=["state", "handled_at", "reason"])
    return state


@transaction.atomic
def put_off_after_error(pk: int, error: Exception, *, now: datetime) -> str:
    """One that cannot be composed waits and is tried again, eight times; the others have long gone."""
    reminder = Reminder.objects.filter(pk=pk, state=State.PLANNED).select_for_update(skip_locked=True).first()
    if reminder is None:
        return ""
    reminder.attempts += 1
    if reminder.attempts >= MAX_ATTEMPTS:
        reminder.save(update_fields=["attempts"])
        return close(reminder, State.SKIPPED, now=now, reason=_("it could not be written: %s") % type(error).__name__)
    reminder.due_at = now + PAUSE_AFTER_ERROR * reminder.attempts
    reminder.reason = type(error).__name__
    reminder.save(update_fields=["attempts", "due_at", "reason"])
    return State.PLANNED
