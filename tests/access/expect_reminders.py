from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from oltreiperimetri.reminders import heartbeat
from oltreiperimetri.reminders.models import ForecastLine, Message, Reminder

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
    moment = timezone.now() + timedelta(days=2)
    world.step = Reminder.objects.create(
        kind="partners.slot_expiring",
        subject_type="partners.slot",
        subject_id=0,
        audience="firm",
        wave=0,
        wanted_at=moment,
        due_at=moment,
        planned_at=timezone.now(),
    )
    ForecastLine.objects.create(
        reminder=world.step, at=moment, goes=True, title="Prova", recipients="canarinoposta", foreseen_at=timezone.now()
    )
    for entry in settings.CELERY_BEAT_SCHEDULE:
        heartbeat.beat(entry)


KWARGS = {
    "reminders:act_on_message": lambda world: {"pk": world.message.pk, "act": "riprova"},
    "reminders:act_on_step": lambda world: {"pk": world.step.pk, "act": "tieni"},
}

ROWS = {
    ("portal:readyz", "GET"): everybody(),
    ("portal:readyz", "POST"): everybody(),
    ("reminders:messages", "GET"): only(ALL_TOWNS),
    ("reminders:messages", "POST"): refused(only(ALL_TOWNS)),
    ("reminders:forecast", "GET"): only(ALL_TOWNS),
    ("reminders:forecast", "POST"): refused(only(ALL_TOWNS)),
}
# Without a configured secret the address for providers does not exist.
ROWS |= {("reminders:returned", "GET"): everybody(405), ("reminders:returned", "POST"): everybody(404)}
for name in ("act_on_message", "act_on_step", "foresee"):
    ROWS |= {
        (f"reminders:{name}", "GET"): refused(only(ALL_TOWNS)),
        (f"reminders:{name}", "POST"): only(ALL_TOWNS),
    }
