from django.conf import settings
from django.utils import timezone

from oltreiperimetri.reminders import heartbeat
from oltreiperimetri.reminders.models import Message

from .matrix import ALL_TOWNS, everybody, only, refused


def build(world):
    """A message that failed, and a beat that is on time."""
    world.canaries["message"] = ["canarinoposta"]
    world.message = Message.objects.create(
        dedupe_key="access",
        recipient="canarinoposta@example.org",
        template="followups/form",
        subject="Prova",
        body="Prova",
        message_id="<access@example.org>",
        state=Message.State.FAILED,
        queued_at=timezone.now(),
    )
    for entry in settings.CELERY_BEAT_SCHEDULE:
        heartbeat.beat(entry)


KWARGS = {"reminders:try_again": lambda world: {"pk": world.message.pk}}

ROWS = {
    ("portal:readyz", "GET"): everybody(),
    ("portal:readyz", "POST"): everybody(),
    ("reminders:messages", "GET"): only(ALL_TOWNS),
    ("reminders:messages", "POST"): refused(only(ALL_TOWNS)),
    ("reminders:try_again", "GET"): refused(only(ALL_TOWNS)),
    ("reminders:try_again", "POST"): only(ALL_TOWNS),
}
