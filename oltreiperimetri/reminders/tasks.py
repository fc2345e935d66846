"""What beat and the wakes run."""

from celery import shared_task
from django.utils import timezone

from . import engine


@shared_task(name="reminders.plan_all")
def plan_all() -> None:
    """The hourly pass, and what it leads to expect."""
    now = timezone.now()
    engine.plan_all(now=now)
    engine.foresee(now=now)


@shared_task(name="reminders.emit_due")
def emit_due() -> None:
    now = timezone.now()
    engine.emit_due(now=now)
    engine.send_digests(now=now)


@shared_task(name="reminders.deliver")
def deliver() -> None:
    engine.deliver(now=timezone.now())


@shared_task(name="reminders.sweep")
def sweep() -> None:
    engine.sweep(now=timezone.now())
