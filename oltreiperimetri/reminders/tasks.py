"""What beat and the wakes run. Each entry leaves a heartbeat when it ended well."""

from celery import shared_task
from django.utils import timezone

from . import engine
from .heartbeat import beat


@shared_task(name="reminders.plan_all")
def plan_all() -> None:
    engine.plan_all(now=timezone.now())
    beat("plan-all")


@shared_task(name="reminders.emit_due")
def emit_due() -> None:
    engine.emit_due(now=timezone.now())
    beat("emit-due")


@shared_task(name="reminders.deliver")
def deliver() -> None:
    engine.deliver(now=timezone.now())
    beat("deliver")


@shared_task(name="reminders.sweep")
def sweep() -> None:
    engine.sweep(now=timezone.now())
    beat("sweep")
