"""Mail that came back, as the provider tells it. Told twice, it counts once."""

from datetime import datetime, timedelta

from django.db import transaction

from .models import BounceEvent, ContactPoint, Message

SOFT_LIMIT = 3
SOFT_WITHIN = timedelta(days=14)


@transaction.atomic
def note(event_id: str, address: str, *, is_hard: bool, now: datetime, message_id: str = "") -> bool:
    """Record one return; False when it was known. A final one, or the third passing one in 14 days, closes the address:
    what still waits for it is stopped, and the office is asked to call (the address shows among those that refuse)."""
    address = address.strip().lower()
    _event, is_new = BounceEvent.objects.get_or_create(
        event_id=event_id[:200], defaults={"address": address, "is_hard": is_hard, "at": now}
    )
    if not is_new:
        return False
    if message_id:
        Message.objects.filter(message_id=message_id, state=Message.State.SENT).update(state=Message.State.BOUNCED)
    point, _created = ContactPoint.objects.get_or_create(kind="email", address=address)
    point = ContactPoint.objects.select_for_update().get(pk=point.pk)
    point.last_bounced_at = now
    if is_hard:
        point.hard_bounces += 1
    else:
        recent = BounceEvent.objects.filter(address=address, is_hard=False, at__gt=now - SOFT_WITHIN)
        point.soft_bounces = recent.count()
    if is_hard or point.soft_bounces >= SOFT_LIMIT:
        point.status = ContactPoint.Status.REFUSED
        Message.objects.open().filter(recipient=address).update(state=Message.State.ABORTED)
    point.save(update_fields=["hard_bounces", "soft_bounces", "last_bounced_at", "status"])
    return True
