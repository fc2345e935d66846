"""Due reminders become messages: claimed by row, looked at again in the present truth, then rendered."""

import logging
from collections import Counter
from datetime import datetime, timedelta

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext as _

from oltreiperimetri.shared.dates import ROME, at_rome

from . import kinds
from .composing import build_message, insert_once
from .enums import STAFF_AUDIENCES
from .models import ContactPoint, Message, Reminder
from .wake import wake_deliver
from .window import is_open, next_working_day, opening_of

logger = logging.getLogger(__name__)
State = Reminder.State
MAX_ATTEMPTS = 8
PER_DAY, PER_WEEK = 1, 3
PAUSE_AFTER_ERROR = timedelta(minutes=10)


def emit_due(*, now: datetime, limit: int = 2000) -> Counter:
    """Handle every due reminder, each in its own short transaction. Returns how many ended in each state."""
    done: Counter = Counter()
    if settings.QUIET_HOURS and not is_open(now):
        return done
    due = list(Reminder.objects.due(now).order_by("due_at", "pk").values_list("pk", flat=True)[:limit])
    for pk in due:
        try:
            done[emit_one(pk, now=now)] += 1
        except Exception as error:  # noqa: BLE001 - a row that cannot be written must not stop the others
            logger.warning("Reminder %s was not handled: %s", pk, type(error).__name__)
            done[put_off_after_error(pk, error, now=now)] += 1
    return done


@transaction.atomic
def emit_one(pk: int, *, now: datetime) -> str:
    """Returns the state the reminder ended in, or "" when somebody else has it or its subject is being changed."""
    reminder = Reminder.objects.due(now).filter(pk=pk).select_for_update(skip_locked=True).first()
    if reminder is None:
        return ""
    if reminder.not_after and now > reminder.not_after:
        return close(reminder, State.MISSED, now=now, reason=_("the time for it had passed"))
    if newer_step_is_due(reminder, now=now):
        return close(reminder, State.SUPERSEDED, now=now)
    kind = kinds.get(reminder.kind)
    if kind is None:
        return close(reminder, State.SKIPPED, now=now, reason=_("nobody sends this kind any more"))
    subject, is_busy = lock_subject(reminder)
    if is_busy:
        return ""
    if subject is None:
        return close(reminder, State.CANCELLED, now=now, reason=_("its subject is gone"))
    reason = kind.still_needed(subject, reminder, today=now.astimezone(ROME).date())
    if reason:
        return close(reminder, State.SKIPPED, now=now, reason=reason)
    return write_messages(kind, subject, reminder, now=now)


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


def write_messages(kind: kinds.Kind, subject: models.Model, reminder: Reminder, *, now: datetime) -> str:
    recipients = {r.email.strip().lower(): r for r in kind.recipients(subject, reminder) if r and r.email}
    points = lock_contact_points(recipients)
    reachable = [r for address, r in recipients.items() if may_write(points[address])]
    if not reachable:
        reason = _("the address refuses our messages") if recipients else _("no e-mail address")
        return close(reminder, State.SKIPPED, now=now, reason=reason)
    if reminder.audience not in STAFF_AUDIENCES and any(is_over_cap(r.email, now=now) for r in reachable):
        return defer(reminder, now=now)
    for recipient in reachable:
        template, context = kind.compose(subject, reminder, recipient)
        insert_once(
            build_message(
                template,
                context,
                recipient,
                dedupe_key=f"reminder:{reminder.pk}:{reminder.round}:{recipient.email.strip().lower()}",
                now=now,
                reminder=reminder,
                about=subject,
            )
        )
    wake_deliver()
    return close(reminder, State.EMITTED, now=now)


def lock_contact_points(addresses) -> dict[str, ContactPoint]:
    """One row an address, locked in order: two steps for one person at once are counted one after the other."""
    ContactPoint.objects.bulk_create([ContactPoint(address=address) for address in addresses], ignore_conflicts=True)
    rows = ContactPoint.objects.filter(kind="email", address__in=list(addresses)).order_by("address")
    return {point.address: point for point in rows.select_for_update()}


def may_write(point: ContactPoint) -> bool:
    return point.status == ContactPoint.Status.USABLE and not point.no_reminders


def is_over_cap(address: str, *, now: datetime) -> bool:
    """At most one reminder a day and three in seven days; answers to what somebody did are not counted."""
    if not settings.QUIET_HOURS:
        return False
    midnight = at_rome(now.astimezone(ROME).date())
    sent = Message.objects.filter(recipient=address.strip().lower(), reminder__isnull=False).exclude(
        state__in=[Message.State.ABORTED, Message.State.FAILED]
    )
    times = list(sent.filter(queued_at__gt=now - timedelta(days=7)).values_list("queued_at", flat=True))
    return sum(at >= midnight for at in times) >= PER_DAY or len(times) >= PER_WEEK


def defer(reminder: Reminder, *, now: datetime) -> str:
    tomorrow = opening_of(next_working_day(now.astimezone(ROME).date()))
    if reminder.not_after and tomorrow > reminder.not_after:
        return close(reminder, State.SKIPPED, now=now, reason=_("too many messages in these days"))
    reminder.due_at = tomorrow
    reminder.save(update_fields=["due_at"])
    return State.PLANNED


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
