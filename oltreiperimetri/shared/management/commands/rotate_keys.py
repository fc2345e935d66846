from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction

from oltreiperimetri.shared.crypto import EncryptedTextField

BATCH = 500


class Command(BaseCommand):
    help = "Re-encrypt every encrypted field with the first of FIELD_KEYS; afterwards the older keys can be removed."

    def handle(self, *args, **options):
        for model in apps.get_models():
            fields = [field.name for field in model._meta.concrete_fields if isinstance(field, EncryptedTextField)]
            if fields:
                self.stdout.write(f"{model._meta.label}: {self.rotate(model, fields)} rows ({', '.join(fields)})")

    def rotate(self, model, fields: list[str]) -> int:
        """Rows re-encrypted, a batch at a time, each batch in its own transaction."""
        done, last = 0, 0
        while True:
            with transaction.atomic():
                rows = list(
                    model._base_manager.select_for_update().filter(pk__gt=last).order_by("pk").only("pk", *fields)[:BATCH]
                )
                model._base_manager.bulk_update(rows, fields)
            if not rows:
                return done
            done, last = done + len(rows), rows[-1].pk
