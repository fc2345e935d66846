import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from oltreiperimetri.portal import archive, database_copy


class Command(BaseCommand):
    help = "Write database and stored files to one archive, while the portal works. The keys are not in it: keep them apart."

    def add_arguments(self, parser):
        parser.add_argument("path", nargs="?", type=Path, help="a new file or a folder; without it, var/backups/")

    def handle(self, *args, path, **options):
        target = self.target(path)
        with tempfile.TemporaryDirectory(dir=settings.VAR_DIR) as folder:
            database = Path(folder) / archive.DATABASE
            try:
                rows = database_copy.dump(database)
                manifest = archive.Manifest(
                    database=connection.vendor,
                    made_at=timezone.now().isoformat(),
                    migrations=[f"{app}.{name}" for app, name in sorted(MigrationRecorder(connection).applied_migrations())],
                    rows=rows,
                )
                archive.write(target, database, manifest)
            except archive.ArchiveError as error:
                raise CommandError(f"{error} No backup was written.") from error
        self.stdout.write(
            f"{target}: {sum(rows.values())} rows of {len(rows)} tables, {len(manifest.files) - 1} files. "
            f"Keys {', '.join(manifest.keys['fields'])}, index {manifest.keys['index']}: without them it cannot be read."
        )

    def target(self, path: Path | None) -> Path:
        if path is None:
            path = settings.VAR_DIR / "backups"
            path.mkdir(mode=0o700, exist_ok=True)
        target = archive.new_path(path, timezone.localtime())
        if target.exists():
            raise CommandError(f"{target} is already there: a backup never replaces another.")
        if not target.parent.is_dir():
            raise CommandError(f"There is no folder {target.parent}.")
        return target
