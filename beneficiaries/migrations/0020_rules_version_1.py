from datetime import UTC, datetime

from django.db import migrations

from beneficiaries.domain.rules import as_json
from beneficiaries.domain.rules_2014 import VERSION_1


def publish_version_1(apps, schema_editor):
    """The version that is in the code, published with the portal."""
    apps.get_model("beneficiaries", "RuleVersion")._base_manager.get_or_create(
        code=VERSION_1.code,
        version=VERSION_1.version,
        defaults={
            "state": "published",
            "valid_from": VERSION_1.valid_from,
            "published_at": datetime(2026, 11, 25, tzinfo=UTC),
            "rules": as_json(VERSION_1.rules),
        },
    )


class Migration(migrations.Migration):
    dependencies = [("beneficiaries", "0019_rules")]

    operations = [migrations.RunPython(publish_version_1, migrations.RunPython.noop)]
