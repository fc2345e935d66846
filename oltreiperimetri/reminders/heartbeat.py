"""Each beat entry leaves a row when it ended well; /readyz looks at them."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from .models import Heartbeat

GRACE = timedelta(minutes=5)


def beat(entry: str, *, at: datetime | None = None) -> None:
    Heartbeat.objects.update_or_create(entry=entry, defaults={"at": at or timezone.now()})


def late_entries(now: datetime) -> dict[str, datetime | None]:
    """Entries older than twice their period plus five minutes, or never seen (None)."""
    seen = dict(Heartbeat.objects.values_list("entry", "at"))
    late = {}
    for entry, options in settings.CELERY_BEAT_SCHEDULE.items():
        at = seen.get(entry)
        if at is None or now - at > 2 * timedelta(seconds=float(options["schedule"])) + GRACE:
            late[entry] = at
    return late
