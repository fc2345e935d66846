import os
import shutil
from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from oltreiperimetri.accounts.models import User
from oltreiperimetri.portal import demo_data, supervisor
from oltreiperimetri.portal.models import DemoMarker
from oltreiperimetri.portal.views.demo import ACCOUNTS


class Command(BaseCommand):
    help = "Start the portal with invented data: web, worker and beat in one command. Ctrl-C stops all."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--reset", action="store_true", help="throw the demo data away and start over")
        parser.add_argument("--prepare-only", action="store_true", help="fill the database, start nothing")

    def handle(self, *args, port, reset, prepare_only, **options):
        if not settings.DEMO or not os.environ.get("SITE_URL"):
            return self.again_as_demo(port, reset, prepare_only)
        if reset:
            self.throw_away()
        self.prepare()
        if not prepare_only:
            self.say_where(port)
            supervisor.run(port)
        return None

    def again_as_demo(self, port: int, reset: bool, prepare_only: bool) -> None:
        """Settings read DEMO and SITE_URL, the address in every link, when they load: start once more with both."""
        os.environ["DEMO"] = "1"
        os.environ.setdefault("SITE_URL", f"http://localhost:{port}")
        flags = [*(["--reset"] if reset else []), *(["--prepare-only"] if prepare_only else [])]
        command = [supervisor.PYTHON, str(settings.BASE_DIR / "manage.py"), "demo", "--port", str(port), *flags]
        os.execv(supervisor.PYTHON, command)  # noqa: S606

    def prepare(self) -> None:
        self.say("Preparing the database ...")
        call_command("migrate", verbosity=0)
        if DemoMarker.objects.exists():
            self.say("The demo data is already there.")
            return
        if User.objects.exists():
            raise CommandError(
                "This database has accounts and is not a demo: nothing was touched. "
                "Use an empty database (DATABASE_URL), or move var/db.sqlite3 away."
            )
        self.say("Inventing people, firms and stories:")
        demo_data.fill(now=timezone.now() - timedelta(minutes=1), say=lambda text: self.say(f"  - {text}"))

    def throw_away(self) -> None:
        call_command("migrate", verbosity=0)
        if User.objects.exists() and not DemoMarker.objects.exists():
            raise CommandError("This database is not a demo: nothing was touched.")
        self.say("Throwing the demo data away ...")
        if settings.SQLITE:
            supervisor.remove_sqlite()
        else:
            supervisor.empty_database()
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)

    def say_where(self, port: int) -> None:
        self.say(f"\nThe portal is at http://localhost:{port}/  (all data is invented)")
        self.say(f"Choose whom to be, and read the mail it sends, at http://localhost:{port}/demo/")
        self.say(f"\nAccounts, all with password {demo_data.PASSWORD}:")
        for email in ACCOUNTS:
            self.say(f"  {email}")
        self.say("\nCtrl-C stops everything.\n")

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
