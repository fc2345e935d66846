import time
from datetime import date

from django.core.management.base import BaseCommand
from django.db import connection

from oltreiperimetri.portal.simulation import simulate


class Command(BaseCommand):
    help = (
        "Live through a year of the programme on a fake clock, on a database made for it and thrown away: 300 people, "
        "five groups, answers, moves, outages, clock changes, holidays. Exit 0 when nothing was lost, doubled, sent to a "
        "finished case or outside hours; 1 otherwise."
    )

    def add_arguments(self, parser):
        parser.add_argument("--people", type=int, default=300)
        parser.add_argument("--groups", type=int, default=5)
        parser.add_argument("--days", type=int, default=365)
        parser.add_argument("--start", type=date.fromisoformat, default=date(2026, 1, 1), help="YYYY-MM-DD")
        parser.add_argument("--seed", type=int, default=2016)

    def handle(self, *args, people, groups, days, start, seed, **options):
        own = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        began = time.monotonic()
        try:
            report = simulate(people=people, groups=groups, start=start, days=days, seed=seed)
        finally:
            connection.creation.destroy_test_db(own, verbosity=0)
        self.stdout.write(f"{days} days from {start}, {people} people, {groups} groups: {time.monotonic() - began:.0f} s")
        for name, value in vars(report).items():
            shown = ", ".join(f"{state} {number}" for state, number in value.items()) if name == "not_sent" else value
            self.stdout.write(f"{name.replace('_', ' '):24} {shown}")
        if report.failures:
            raise SystemExit(1)
