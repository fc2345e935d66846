"""Forgetting somebody: every message to them or about them, and what is known of their addresses."""

from collections import Counter
from uuid import UUID

from django.db.models import Q, QuerySet

from .models import BounceEvent, ContactPoint, DigestLine, Message, Reminder


def forget_mail(person_key: UUID | None, addresses: list[str]) -> Counter:
    """All that was said to a person, by their key and by the addresses they had."""
    addresses = [address for address in addresses if address]
    reached = Q(recipient__in=addresses)
    ours = Q(person_key=person_key) if person_key else Q(pk=None)
    done = delete_messages(Message.objects.filter(ours | reached))
    if person_key:
        done += delete_reminders(Reminder.objects.filter(person_key=person_key))
    for model in (ContactPoint, BounceEvent):
        done[model._meta.label_lower] += model.objects.filter(address__in=addresses).delete()[0]
    return done


def forget_mail_about(rows: QuerySet) -> Counter:
    """All that was said to anybody about some objects: a firm's mail carries the name of who comes to it."""
    ids, label = list(rows.values_list("pk", flat=True)), rows.model._meta.label_lower
    done = delete_messages(Message.objects.filter(about_type=label, about_id__in=ids))
    return done + delete_reminders(Reminder.objects.filter(subject_type=label, subject_id__in=ids))


def delete_reminders(reminders: QuerySet[Reminder]) -> Counter:
    done = delete_messages(Message.objects.filter(reminder__in=reminders))
    return done + Counter(reminders.delete()[1])


def delete_messages(messages: QuerySet[Message]) -> Counter:
    """A digest is to staff and names nobody: its lines stay until their reminder goes."""
    own = messages.exclude(pk__in=DigestLine.objects.exclude(message=None).values("message"))
    return Counter(own.delete()[1])
