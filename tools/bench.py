"""A few pages timed against two yardsticks: a view that only says hello, and a list of Django's administration.

2,000 invented people register through the real domain verb into a database of its own. Then every page is asked for in
turn, round after round, in one process and without network: what a round costs more because the machine is busy, it costs
every page. The table shows medians of the rounds as ratios: milliseconds of one machine say nothing about another.
"""

import os
import random
import statistics
import sys
import tempfile
import time
import warnings
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).parent.parent
PEOPLE = 2000
ROUNDS = 11
REPEATS = 3  # requests of a page in a round, of which the median counts
FIRST = [
    "Anna",
    "Bruno",
    "Carla",
    "Dario",
    "Elena",
    "Fabio",
    "Gina",
    "Hamid",
    "Irene",
    "Luca",
    "Marta",
    "Nadia",
    "Omar",
    "Pia",
]
LAST = [
    "Albani",
    "Bassi",
    "Conti",
    "Danesi",
    "Esposito",
    "Ferrari",
    "Galli",
    "Haddad",
    "Ionescu",
    "Lombardi",
    "Moretti",
    "Neri",
]


def set_up(**environment: str) -> None:
    """Settings of its own: quiet, and with nothing that stands around."""
    for variable in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "DJANGO_ENV", "DEMO", "SITE_URL"):
        os.environ.pop(variable, None)
    os.environ |= {"LOG_LEVEL": "ERROR", "DJANGO_SETTINGS_MODULE": "oltreiperimetri.settings"} | environment
    sys.path.insert(0, str(ROOT))
    warnings.filterwarnings("ignore", "No directory at")  # static files are not collected here
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def invent_people() -> None:
    from django.db import transaction
    from django.utils import timezone

    from beneficiaries.domain.registration import Answers, register
    from oltreiperimetri.shared.models import Municipality

    chance, now = random.Random(7), timezone.now()
    today, towns = timezone.localdate(now), list(Municipality.objects.filter(in_programme=True))
    with transaction.atomic():
        for number in range(PEOPLE):
            ended = today - timedelta(days=chance.randrange(30, 900))
            answers = Answers(
                first_name=chance.choice(FIRST),
                last_name=f"{chance.choice(LAST)} {chance.choice(LAST)}",
                birth_date=date(chance.randrange(1960, 1986), chance.randrange(1, 13), chance.randrange(1, 29)),
                municipality=chance.choice(towns),
                phone=f"02 555 {number:05}",
                working_now=False,
                last_job_ended_on=ended,
                loss_reason="dismissal",
            )
            register(answers, channel="desk", by=None, now=now - timedelta(days=chance.randrange(60)))


def sign_in(role: str):
    """A browser signed in as a new account; coordinators and administrators see all towns."""
    from django.test import Client

    from oltreiperimetri.accounts.models import User

    is_admin = role == "admin"
    user = User.objects.create(email=f"{role}@example.org", is_staff=is_admin, is_superuser=is_admin)
    user.role_assignments.create(role=role)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def add_hello() -> None:
    from django.http import HttpResponse
    from django.urls import clear_url_caches, path

    from oltreiperimetri import urls
    from oltreiperimetri.accounts.gates import public

    urls.urlpatterns.insert(0, path("hello/", public(lambda request: HttpResponse("hello"))))
    clear_url_caches()


def pages() -> dict[str, tuple]:
    """Name -> (browser, path)."""
    from django.test import Client

    from beneficiaries.models import Person

    office, admin, nobody = sign_in("coordinator"), sign_in("admin"), Client()
    return {
        "hello": (nobody, "/hello/"),
        "public home": (nobody, "/"),
        "queue of applications": (office, "/domande/"),
        "list of people": (office, "/persone/"),
        "page of a person": (office, f"/persone/{Person.objects.order_by('pk')[PEOPLE // 2].pk}/"),
        "administration, list of people": (admin, "/gestione/beneficiaries/person/"),
    }


def timed(client, path: str) -> float:
    started = time.perf_counter()
    answer = client.get(path)
    took = time.perf_counter() - started
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}: nothing to compare.")
    return took


def queries(client, path: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        set_up(VAR_DIR=folder, SECOND_FACTOR_REQUIRED="0")
        print(f"Inventing {PEOPLE} people ...", flush=True)
        invent_people()
        add_hello()
        asked = pages()
        for client, path in asked.values():  # templates compiled, caches filled
            timed(client, path)
        rounds = [
            {name: statistics.median(timed(*page) for _ in range(REPEATS)) for name, page in asked.items()}
            for _ in range(ROUNDS)
        ]
        print(f"\nMedians of {ROUNDS} interleaved rounds, SQLite, one process, {PEOPLE} people\n")
        print(f"{'page':32} {'x hello':>8} {'x admin list':>13} {'queries':>8}")
        admin = "administration, list of people"
        for name, page in asked.items():
            to_hello = statistics.median(row[name] / row["hello"] for row in rounds)
            to_admin = statistics.median(row[name] / row[admin] for row in rounds)
            print(f"{name:32} {to_hello:8.1f} {to_admin:13.3f} {queries(*page):8}")


if __name__ == "__main__":
    main()
