import tempfile
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from beneficiaries.models import Person
from oltreiperimetri.accounts.models import User
from oltreiperimetri.audit.models import AuditEntry
from oltreiperimetri.documents.models import StoredFile
from oltreiperimetri.portal import archive, database_copy

LOST = (User, Person, AuditEntry)  # a database with any of these is somebody's


class Command(BaseCommand):
    help = "Put an archive of `backup` back. Stop web, worker and beat first; with --check only look at the archive."

    def add_arguments(self, parser):
        parser.add_argument("archive", type=Path)
        parser.add_argument("--check", action="store_true", help="check the archive and the keys, change nothing")
        parser.add_argument("--force", action="store_true", help="replace a database that has content")

    def handle(self, *args, check, force, **options):
        with tempfile.TemporaryDirectory(dir=settings.VAR_DIR) as folder:
            try:
                manifest = archive.unpack(options["archive"], Path(folder))
                self.refuse_what_does_not_fit(manifest)
                if check:
                    self.stdout.write(f"The archive is whole: {manifest.portal}, made at {manifest.made_at}. The keys fit.")
                    return
                self.refuse_to_lose(force)
                files = archive.put_back_files(manifest, Path(folder))
                database_copy.load(Path(folder) / "whole" / archive.DATABASE)
            except archive.ArchiveError as error:
                raise CommandError(f"{error} The database was not changed.") from error
        self.finish(manifest, files)

    def refuse_what_does_not_fit(self, manifest: archive.Manifest) -> None:
        if missing := archive.missing_keys(manifest):
            raise archive.ArchiveError(
                f"This installation lacks keys that the archive was made with ({', '.join(missing)}). Put them into the "
                "environment first: FIELD_KEYS may hold several, the newest first."
            )
        if manifest.database != connection.vendor:
            raise archive.ArchiveError(f"The archive is of {manifest.database}, DATABASE_URL names {connection.vendor}.")
        known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
        if later := sorted(set(manifest.migrations) - known):
            raise archive.ArchiveError(
                f"The archive is of a later version ({manifest.portal}): {later[0]} is not known here."
            )

    def refuse_to_lose(self, force: bool) -> None:
        tables = connection.introspection.table_names()
        kept = [model for model in LOST if model._meta.db_table in tables and model._base_manager.exists()]
        if kept and not force:
            raise archive.ArchiveError(
                f"The database has content ({', '.join(str(model._meta.verbose_name_plural) for model in kept)}). "
                "With --force it is replaced by the archive's; make a backup of it before."
            )

    def finish(self, manifest: archive.Manifest, files: int) -> None:
        """Whoever was signed in at the time of the archive signs in again; later migrations are applied."""
        rows = database_copy.current_rows()
        differing = sorted(name for name, count in manifest.rows.items() if rows.get(name) != count)
        call_command("migrate", verbosity=0)
        Session.objects.all().delete()
        lost = [path for path in StoredFile.objects.values_list("path", flat=True) if not default_storage.exists(path)]
        self.stdout.write(f"Restored: {sum(manifest.rows.values())} rows of {len(manifest.rows)} tables, {files} files.")
        if differing:
            self.stderr.write(f"Other rows than in the archive, is something still writing? {', '.join(differing)}")
        if lost:
            self.stderr.write(f"{len(lost)} files that the database names are not in the archive.")
        if differing or lost:
            raise CommandError("The restored portal is not what the archive said.")
