from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand
from django.db import transaction

from oltreiperimetri.documents.models import StoredFile
from oltreiperimetri.shared.crypto import EncryptedTextField, decrypt_bytes, encrypt_bytes

BATCH = 500
SECRETS = ("secret", "seed")  # of the second factor: what the phone shares, what recovery codes grow from


class Command(BaseCommand):
    help = "Re-encrypt all that is encrypted with the first of FIELD_KEYS; afterwards the older keys can be removed."

    def handle(self, *args, **options):
        for model in apps.get_models():
            fields = [field.name for field in model._meta.concrete_fields if isinstance(field, EncryptedTextField)]
            if fields:
                self.stdout.write(f"{model._meta.label}: {self.rotate_rows(model, fields)} rows ({', '.join(fields)})")
        self.stdout.write(f"Stored files: {self.rotate_files()}")
        self.stdout.write(f"Second factors: {self.rotate_second_factors()}")

    def rotate_rows(self, model, fields: list[str]) -> int:
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

    def rotate_files(self) -> int:
        """The new copy is written and named before the old one goes: an interruption loses nothing."""
        done = 0
        for stored in StoredFile.objects.order_by("pk").iterator(chunk_size=BATCH):
            with default_storage.open(stored.path, "rb") as file:
                content = decrypt_bytes(file.read())
            before = stored.path
            stored.path = default_storage.save(before, ContentFile(encrypt_bytes(content)))
            stored.save(update_fields=["path", "updated_at"])
            default_storage.delete(before)
            done += 1
        return done

    def rotate_second_factors(self) -> int:
        done = 0
        for factor in Authenticator.objects.order_by("pk").iterator(chunk_size=BATCH):
            for name in SECRETS:
                if name in factor.data:
                    secret = decrypt_bytes(factor.data[name].encode())
                    factor.data[name] = encrypt_bytes(secret).decode()
            factor.save(update_fields=["data"])
            done += 1
        return done
