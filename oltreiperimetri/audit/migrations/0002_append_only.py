"""The database refuses to change the audit trail, whoever asks.

An entry may be deleted only when it is sealed and older than the retention: 24 months, where the law asks for 6 at least.
On SQLite a later migration that rebuilds these tables drops the triggers: it must run CREATE again.
"""

from django.db import migrations

SQLITE_CREATE = [
    """CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_auditentry
    BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END""",
    """CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_auditentry
    WHEN NOT (OLD.recorded_at < datetime('now', '-24 months')
              AND EXISTS (SELECT 1 FROM audit_auditseal WHERE OLD.id BETWEEN first_id AND last_id))
    BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END""",
    """CREATE TRIGGER audit_seal_no_update BEFORE UPDATE ON audit_auditseal
    BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END""",
    """CREATE TRIGGER audit_seal_no_delete BEFORE DELETE ON audit_auditseal
    BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END""",
]
SQLITE_DROP = [
    f"DROP TRIGGER {name}"
    for name in ("audit_entry_no_update", "audit_entry_no_delete", "audit_seal_no_update", "audit_seal_no_delete")
]
POSTGRES_CREATE = [
    """CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'audit_auditentry' THEN
            IF OLD.recorded_at < now() - interval '24 months'
               AND EXISTS (SELECT 1 FROM audit_auditseal WHERE OLD.id BETWEEN first_id AND last_id) THEN
                RETURN OLD;
            END IF;
        END IF;
        RAISE EXCEPTION 'the audit trail is append-only';
    END $$""",
    """CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_auditentry
    FOR EACH ROW EXECUTE FUNCTION audit_append_only()""",
    """CREATE TRIGGER audit_seal_append_only BEFORE UPDATE OR DELETE ON audit_auditseal
    FOR EACH ROW EXECUTE FUNCTION audit_append_only()""",
]
POSTGRES_DROP = [
    "DROP TRIGGER audit_entry_append_only ON audit_auditentry",
    "DROP TRIGGER audit_seal_append_only ON audit_auditseal",
    "DROP FUNCTION audit_append_only()",
]


def create_triggers(apps, schema_editor):
    for statement in SQLITE_CREATE if schema_editor.connection.vendor == "sqlite" else POSTGRES_CREATE:
        schema_editor.execute(statement)


def drop_triggers(apps, schema_editor):
    for statement in SQLITE_DROP if schema_editor.connection.vendor == "sqlite" else POSTGRES_DROP:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(create_triggers, drop_triggers)]
