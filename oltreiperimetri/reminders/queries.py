"""What the office may look at: planned, waiting, sent, not sent and why."""

from django.db.models import Count, Q, QuerySet

from .enums import FINAL_FAILURES
from .models import Message, Reminder

REMINDER_VIEWS = {
    "planned": [Reminder.State.PLANNED],
    "skipped": [
        Reminder.State.SKIPPED,
        Reminder.State.MISSED,
        Reminder.State.SUPERSEDED,
    ],
    "cancelled": [Reminder.State.CANCELLED],
}
MESSAGE_VIEWS = {
    "waiting": [Message.State.QUEUED, Message.State.INFLIGHT, Message.State.RETRY],
    "sent": [Message.State.SENT],
    "failed": [*FINAL_FAILURES, Message.State.ABORTED],
}


def rows(view: str, *, kind: str = "", address: str = "") -> QuerySet:
    """Reminders or messages of one view, what is nearest first; `address` is part of a recipient's address."""
    if view in REMINDER_VIEWS:
        found = Reminder.objects.filter(state__in=REMINDER_VIEWS[view])
        found = found.filter(kind=kind) if kind else found
        return found.order_by("due_at", "pk") if view == "planned" else found.order_by("-due_at", "-pk")
    found = Message.objects.filter(state__in=MESSAGE_VIEWS[view]).select_related("reminder").defer("body", "html")
    found = found.filter(reminder__kind=kind) if kind else found
    found = found.filter(recipient__contains=address.lower()) if address else found
    return found.order_by("-queued_at", "-pk")


def counts() -> dict[str, int]:
    """How many rows each view has, in two queries."""
    of_reminders = {name: Count("pk", filter=Q(state__in=states)) for name, states in REMINDER_VIEWS.items()}
    of_messages = {name: Count("pk", filter=Q(state__in=states)) for name, states in MESSAGE_VIEWS.items()}
    return Reminder.objects.aggregate(**of_reminders) | Message.objects.aggregate(**of_messages)


def failed_messages() -> QuerySet:
    """Mail that did not arrive and that nobody will try again."""
    return Message.objects.filter(state__in=FINAL_FAILURES)
