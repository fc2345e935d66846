"""Each beat entry leaves a row when it ended well; /readyz and /stato/ look at them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from .models import Heartbeat

GRACE = timedelta(minutes=5)


@dataclass(frozen=True)
class Beat:
    """An entry of the schedule: when it last ended well (None: never seen), and how old that may be."""

    entry: str
    at: datetime | None
    age: timedelta | None
    limit: timedelta

    @property
    def is_late(self) -> bool:
        return self.age is None or self.age > self.limit


def limit_of(entry: str) -> timedelta:
    """Twice the period of the entry plus five minutes."""
    return 2 * timedelta(seconds=float(settings.CELERY_BEAT_SCHEDULE[entry]["schedule"])) + GRACE


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


def beats(now: datetime) -> list[Beat]:
    """Every entry of the schedule, in its order."""
    seen = dict(Heartbeat.objects.values_list("entry", "at"))
    return [
        Beat(entry, at, None if at is None else now - at, limit_of(entry))
        for entry, at in ((entry, seen.get(entry)) for entry in settings.CELERY_BEAT_SCHEDULE)
    ]


def late_entries(now: datetime) -> dict[str, datetime | None]:
    """Entries later than their limit, or never seen (None)."""
    return {one.entry: one.at for one in beats(now) if one.is_late}
