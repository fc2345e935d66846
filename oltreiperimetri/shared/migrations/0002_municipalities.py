import csv
from pathlib import Path

from django.db import migrations

SOURCE = Path(__file__).parent.parent / "data" / "municipalities.csv"


def load(apps, schema_editor):
    municipality = apps.get_model("shared", "Municipality")
    with SOURCE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            municipality.objects.update_or_create(
                istat_code=row["istat_code"],
                defaults={
                    "name": row["name"],
                    "cadastral_code": row["cadastral_code"],
                    "postal_code": row["postal_code"],
                    "latitude": float(row["latitude"]),
                    "longitude": float(row["longitude"]),
                    "patron_day": row["patron_day"],
                    "in_programme": row["in_programme"] == "yes",
                },
            )


class Migration(migrations.Migration):
    dependencies = [("shared", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
