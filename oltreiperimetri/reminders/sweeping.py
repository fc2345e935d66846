"""Every ten minutes: leases of dead workers, steps whose time has passed, mail overtaken by facts."""

from collections import Counter
from datetime import datetime

from django.db import transaction

from .delivery import MAX_ATTEMPTS, pause_after
from .models import Message, Reminder

State = Message.State


def sweep(*, now: datetime) -> Counter:
    return Counter(leases=release_expired(now=now), missed=mark_missed(now=now), aborted=stop_overtaken())


@transaction.atomic
def release_expired(*, now: datetime) -> int:
    """Never handed over: try again. Handed over: unknown; an e-mail goes once more with the same Message-ID."""
    rows = list(
        Message.objects.filter(state=State.INFLIGHT, lease_until__lte=now).order_by("pk").select_for_update(skip_locked=True)
    )
    for message in rows:
        in_doubt = message.handed_over_at is not None
        message.state, message.retry_at = state_after_lease(message, in_doubt), now + pause_after(message.attempt)
        message.doubtful += in_doubt
        message.lease_until, message.handed_over_at = None, None
        message.last_error = "lease expired"
        message.save(update_fields=["doubtful", "state", "retry_at", "lease_until", "handed_over_at", "last_error"])
    return len(rows)


def state_after_lease(message: Message, in_doubt: bool) -> str:
    if in_doubt and (message.channel == "sms" or message.doubtful >= 1):
        return State.UNCERTAIN
    return State.FAILED if message.attempt >= MAX_ATTEMPTS else State.RETRY


def mark_missed(*, now: datetime) -> int:
    return Reminder.objects.filter(state=Reminder.State.PLANNED, not_after__lt=now).update(
        state=Reminder.State.MISSED, handled_at=now
    )


def stop_overtaken() -> int:
    """Mail of a step that was cancelled while it was leaving and came back to be tried again."""
    return Message.objects.open().filter(reminder__state=Reminder.State.CANCELLED).update(state=State.ABORTED)
