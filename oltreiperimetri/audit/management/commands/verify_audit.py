from django.core.management.base import BaseCommand, CommandError

from oltreiperimetri.audit.models import AuditEntry, AuditSeal
from oltreiperimetri.audit.seals import broken_seals


class Command(BaseCommand):
    help = "Recompute every seal of the audit trail; exit 1 when an entry was altered, added or removed."

    def handle(self, *args, **options):
        broken = broken_seals()
        for seal in broken:
            self.stderr.write(f"seal {seal.pk}: entries {seal.first_id}-{seal.last_id} do not match their hash")
        if broken:
            raise CommandError(f"{len(broken)} of {AuditSeal.objects.count()} seals are broken.")
        last = AuditSeal.objects.first()
        waiting = AuditEntry.objects.filter(pk__gt=last.last_id if last else 0).count()
        self.stdout.write(f"{AuditSeal.objects.count()} seals intact; {waiting} entries wait for the next one.")
