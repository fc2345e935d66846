"""What beat and the wakes run; each pass tells its counts to the log."""

import logging
from collections.abc import Mapping

from celery import shared_task
from django.utils import timezone

from . import engine

logger = logging.getLogger(__name__)


def told(counts: Mapping[str, int]) -> None:
    """One line a pass: what it did, in numbers; a turn that found nothing is not worth one."""
    done = {name: count for name, count in counts.items() if name and count}
    if done:
        logger.info("pass: %s", ", ".join(f"{name} {count}" for name, count in done.items()), extra={"counts": done})


@shared_task(name="reminders.plan_all")
def plan_all() -> None:
    """The hourly pass, and what it leads to expect."""
    now = timezone.now()
    changed = engine.plan_all(now=now)
    told({"changed": changed, "foreseen": engine.foresee(now=now)})


@shared_task(name="reminders.emit_due")
def emit_due() -> None:
    now = timezone.now()
    emitted = engine.emit_due(now=now)
    told(emitted + engine.send_digests(now=now))


@shared_task(name="reminders.deliver")
def deliver() -> None:
    told(engine.deliver(now=timezone.now()))


@shared_task(name="reminders.sweep")
def sweep() -> None:
    told(engine.sweep(now=timezone.now()))
