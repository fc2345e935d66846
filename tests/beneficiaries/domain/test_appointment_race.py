"""Never one more than the places: processes on a copied SQLite file, or on the real PostgreSQL, through the real verb."""

import json
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread
from urllib.parse import urlsplit

import pytest
from django.db import connection

from beneficiaries.domain import appointment as verbs
from beneficiaries.models import Appointment
from oltreiperimetri.shared.errors import DomainError
from tests.factories.beneficiaries_meetings import NOW, AppointmentFactory, FreeTimeFactory, seated

CROWD, PLACES = 24, 3
ROOT = Path(__file__).parent.parent.parent.parent
pytestmark = pytest.mark.django_db(transaction=True)
SEATS = "SELECT free_time_id, seat FROM beneficiaries_appointment WHERE state = 'booked' ORDER BY free_time_id, seat"


def database_for_others(tmp_path) -> str:
    """A URL under which other processes reach what this test has written."""
    if connection.vendor == "sqlite":
        copy = tmp_path / "race.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(copy)])
        return f"sqlite:///{copy}"
    return urlsplit(os.environ["TEST_DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


def race(tmp_path, pairs) -> tuple[Counter, list]:
    """How each fared, and the seats taken afterwards."""
    url = database_for_others(tmp_path)
    run = subprocess.run(
        [sys.executable, "-m", "tests.beneficiaries.appointment_race"],
        input=json.dumps(pairs),
        env=os.environ | {"TEST_DB": "postgres", "TEST_DATABASE_URL": url},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    if connection.vendor == "sqlite":
        with sqlite3.connect(url.removeprefix("sqlite:///")) as copy:
            seats = copy.execute(SEATS).fetchall()
    else:
        with connection.cursor() as cursor:
            cursor.execute(SEATS)
            seats = cursor.fetchall()
    return Counter(json.loads(run.stdout)), seats


def no_mail(**kwargs) -> Appointment:
    return AppointmentFactory(invited=True, person__email="", **kwargs)


def test_as_many_are_booked_as_there_are_places(tmp_path):
    free_time = FreeTimeFactory(capacity=PLACES)
    pairs = [(no_mail().pk, free_time.pk) for _number in range(CROWD)]

    answers, seats = race(tmp_path, pairs)

    assert answers["booked"] == PLACES
    assert answers["booked"] + answers["full"] + answers["not_offered"] == CROWD
    assert seats == [(free_time.pk, seat) for seat in range(1, PLACES + 1)]


def test_somebody_who_moves_from_many_screens_at_once_has_one_place(tmp_path):
    before = FreeTimeFactory()
    others = [FreeTimeFactory(host=before.host, starts_at=before.starts_at + timedelta(days=days)) for days in (1, 2, 3)]
    appointment = seated(before, person__email="")

    answers, seats = race(tmp_path, [(appointment.pk, one.pk) for one in others])

    assert answers == {"booked": 3}
    assert len(seats) == 1


@pytest.mark.postgres
def test_without_the_lock_the_index_still_refuses_the_second(monkeypatch):
    """Two who both saw the first seat free: one of them is told that it is taken."""
    free_time = FreeTimeFactory()
    appointments = [no_mail(), no_mail()]
    barrier, results = Barrier(2), []
    monkeypatch.setattr(verbs, "lowest_free_seat", lambda _free_time: barrier.wait(30) * 0 + 1)
    monkeypatch.setattr(verbs, "locked", lambda free_time: free_time)

    def run(appointment):
        try:
            verbs.choose(appointment, free_time, by=None, now=NOW)
            results.append("booked")
        except DomainError as refusal:
            results.append(refusal.code)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(one,)) for one in appointments]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(results) == ["booked", "taken"]
