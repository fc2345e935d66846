"""Each beat entry leaves a row when it ended well; /readyz looks at them."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from .models import Heartbeat

GRACE = timedelta(minutes=5)


def beat(entry: str, *, at: datetime | None = None) -> None:
    Heartbeat.objects.update_or_create(entry=entry, defaults={"at": at or timezone.now()})


def note_success(sender, **kwargs) -> None:
    """Connected to Celery's task_success: whatever app a task of the schedule belongs to, its heartbeat is kept here."""
    for entry, options in settings.CELERY_BEAT_SCHEDULE.items():
        if options["task"] == sender.name:
            beat(entry)


def forget() -> None:
    """A new start: until each entry has ended well once, it is missing rather than late."""
    Heartbeat.objects.all().delete()


def late_entries(now: datetime) -> dict[str, datetime | None]:
    """Entries older than twice their period plus five minutes, or never seen (None)."""
    seen = dict(Heartbeat.objects.values_list("entry", "at"))
    late = {}
    for entry, options in settings.CELERY_BEAT_SCHEDULE.items():
        at = seen.get(entry)
        if at is None or now - at > 2 * timedelta(seconds=float(options["schedule"])) + GRACE:
            late[entry] = at
    return late
