import sys

from django.core.management.base import BaseCommand

from oltreiperimetri.portal.messages_described import FILE, described


class Command(BaseCommand):
    help = "Write docs/messages.md from the code; with --check only say whether it is stale (exit code 1)."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true")

    def handle(self, *args, check, **options):
        text = described()
        is_stale = not FILE.exists() or FILE.read_text() != text
        if check:
            self.stdout.write("stale: run manage.py describe_messages" if is_stale else "up to date")
            sys.exit(int(is_stale))
        FILE.write_text(text)
        self.stdout.write(f"written: {FILE}")
