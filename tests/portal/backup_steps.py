"""What the backup tests do in processes of their own: write without pause, and look at what is there."""

import json
import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oltreiperimetri.settings")
django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.db import transaction  # noqa: E402
from django.db.models import Count  # noqa: E402

from oltreiperimetri.accounts.models import User  # noqa: E402
from oltreiperimetri.documents import files  # noqa: E402
from oltreiperimetri.documents.models import StoredFile  # noqa: E402
from oltreiperimetri.portal.models import DemoMail  # noqa: E402
from tests.factories.files import small_pdf  # noqa: E402


def write(stop: Path) -> dict:
    """Pairs of mails and a file, a transaction each, until the file `stop` is there."""
    user, _ = User.objects.get_or_create(email=f"writer-{os.getpid()}@example.org")
    rounds = 0
    while not stop.exists():
        rounds += 1
        content = small_pdf()
        with transaction.atomic():
            DemoMail.objects.create(to=user.email, subject=f"{os.getpid()}-{rounds}", body="one")
            files.keep(SimpleUploadedFile(f"{rounds}.pdf", content), by=user)
            DemoMail.objects.create(to=user.email, subject=f"{os.getpid()}-{rounds}", body="two")
    return {"rounds": rounds}


def look() -> dict:
    """Pairs of mails, halves of pairs, and files that can be read."""
    subjects = DemoMail.objects.values("subject").annotate(mails=Count("pk")).order_by()
    return {
        "users": User.objects.count(),
        "pairs": subjects.filter(mails=2).count(),
        "halves": subjects.exclude(mails=2).count(),
        "files": sum(files.read(stored).startswith(b"%PDF-") for stored in StoredFile.objects.all()),
    }


if __name__ == "__main__":
    print(json.dumps(write(Path(sys.argv[2])) if sys.argv[1] == "write" else look()))
