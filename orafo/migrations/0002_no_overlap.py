"""One person, one live traineeship a day, whoever writes the row.

Live: agreed or closed. The last day is the early end, when there is one; both ends count. On SQLite a later migration that
rebuilds this table drops the triggers: it must run CREATE again.
"""

from django.db import migrations

POSTGRES_CREATE = """
ALTER TABLE orafo_traineeship ADD CONSTRAINT no_two_traineeships_at_once
EXCLUDE USING gist (
    int8range(person_id, person_id, '[]') WITH &&,
    daterange(starts_on, COALESCE(early_end_on, ends_on), '[]') WITH &&
) WHERE (state IN ('agreed', 'closed'))
"""
POSTGRES_DROP = "ALTER TABLE orafo_traineeship DROP CONSTRAINT no_two_traineeships_at_once"

OVERLAPS = """
WHEN NEW.state IN ('agreed', 'closed') AND EXISTS (
    SELECT 1 FROM orafo_traineeship AS other
    WHERE other.person_id = NEW.person_id AND other.id IS NOT NEW.id AND other.state IN ('agreed', 'closed')
      AND other.starts_on <= COALESCE(NEW.early_end_on, NEW.ends_on)
      AND COALESCE(other.early_end_on, other.ends_on) >= NEW.starts_on
)
BEGIN SELECT RAISE(ABORT, 'no_two_traineeships_at_once'); END
"""
SQLITE_CREATE = [
    "CREATE TRIGGER traineeship_overlap_insert BEFORE INSERT ON orafo_traineeship" + OVERLAPS,
    "CREATE TRIGGER traineeship_overlap_update BEFORE UPDATE ON orafo_traineeship" + OVERLAPS,
]
SQLITE_DROP = ["DROP TRIGGER traineeship_overlap_insert", "DROP TRIGGER traineeship_overlap_update"]


def create(apps, schema_editor):
    statements = SQLITE_CREATE if schema_editor.connection.vendor == "sqlite" else [POSTGRES_CREATE]
    for statement in statements:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    statements = SQLITE_DROP if schema_editor.connection.vendor == "sqlite" else [POSTGRES_DROP]
    for statement in statements:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("orafo", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
