"""The towns of the Rhodense, from the packaged list (ISTAT, CC BY 3.0 IT)."""

import csv
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parent / "data" / "municipalities.csv"


def rows() -> Iterator[dict[str, str]]:
    with SOURCE.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def create_missing(sender, using, **kwargs) -> None:
    """After migrate: add the towns that are not there; never change one that the office edited."""
    municipality = sender.get_model("Municipality")
    municipality.objects.using(using).bulk_create(
        [
            municipality(
                istat_code=row["istat_code"],
                name=row["name"],
                cadastral_code=row["cadastral_code"],
                postal_code=row["postal_code"],
                latitude=float(row["latitude"]),
                longitude=float(row["longitude"]),
                patron_day=row["patron_day"],
                in_programme=row["in_programme"] == "yes",
            )
            for row in rows()
        ],
        ignore_conflicts=True,
    )
