from django.core.management.base import BaseCommand
from django.utils import timezone

from oltreiperimetri.reminders import engine
from oltreiperimetri.reminders.heartbeat import beat


class Command(BaseCommand):
    help = "Plan, emit, deliver and sweep once: for installations that run this from cron, without a worker."

    def handle(self, *args, **options):
        now = timezone.now()
        changed = engine.plan_all(now=now)
        swept = engine.sweep(now=now)
        emitted = engine.emit_due(now=now)
        digests = engine.send_digests(now=now)
        delivered = engine.deliver(now=now)
        for entry in ("plan-all", "emit-due", "deliver", "sweep"):
            beat(entry)
        self.stdout.write(
            f"planned: {changed}; emitted: {emitted['emitted']}; digests: {digests['digests']}; sent: {delivered['sent']}; "
            f"to be tried again: {delivered['retry']}; failed: {delivered['failed']}; leases released: {swept['leases']}"
        )
