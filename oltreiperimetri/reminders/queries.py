"""What the office may look at: planned, waiting, sent, not sent and why."""

from uuid import UUID

from django.db.models import Count, Q, QuerySet

from .enums import FINAL_FAILURES
from .models import ContactPoint, Message, Reminder

ANYBODY = UUID(int=0)
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


def reminders_of(person_key: UUID | None) -> QuerySet:
    """The steps about one person: none for somebody who was erased (None), all for ANYBODY."""
    return of_person(Reminder.objects.all(), person_key)


def messages_of(person_key: UUID | None) -> QuerySet:
    return of_person(Message.objects.all(), person_key)


def of_person(found: QuerySet, person_key: UUID | list[UUID] | None) -> QuerySet:
    """`person_key`: one key, or every key of somebody whose file took in another."""
    if person_key is None:
        return found.none()
    if isinstance(person_key, list):
        return found.filter(person_key__in=person_key)
    return found if person_key == ANYBODY else found.filter(person_key=person_key)


def rows(view: str, *, kind: str = "", address: str = "", person_key: UUID | None = ANYBODY) -> QuerySet:
    """Reminders or messages of one view, what is nearest first; `address` is part of a recipient's address."""
    if view in REMINDER_VIEWS:
        found = reminders_of(person_key).filter(state__in=REMINDER_VIEWS[view])
        found = found.filter(kind=kind) if kind else found
        return found.order_by("due_at", "pk") if view == "planned" else found.order_by("-due_at", "-pk")
    found = messages_of(person_key).filter(state__in=MESSAGE_VIEWS[view])
    found = found.select_related("reminder").defer("body", "html")
    found = found.filter(reminder__kind=kind) if kind else found
    found = found.filter(recipient__contains=address.lower()) if address else found
    return found.order_by("-queued_at", "-pk")


def counts(*, person_key: UUID | None = ANYBODY) -> dict[str, int]:
    """How many rows each view has, in two queries."""
    of_reminders = {name: Count("pk", filter=Q(state__in=states)) for name, states in REMINDER_VIEWS.items()}
    of_messages = {name: Count("pk", filter=Q(state__in=states)) for name, states in MESSAGE_VIEWS.items()}
    return reminders_of(person_key).aggregate(**of_reminders) | messages_of(person_key).aggregate(**of_messages)


def failed_messages() -> QuerySet:
    """Mail that did not arrive and that nobody will try again."""
    return Message.objects.filter(state__in=FINAL_FAILURES)


def refuses_mail(email: str) -> bool:
    return ContactPoint.objects.filter(address=email.lower(), kind="email", status=ContactPoint.Status.REFUSED).exists()


def refused_addresses() -> QuerySet:
    """The e-mail addresses that refuse our mail, in lower case, to be joined with those of people."""
    return ContactPoint.objects.filter(kind="email", status=ContactPoint.Status.REFUSED).values("address")
