"""Never a thirteenth: fifty processes on one group through the real verb, twenty rounds, on the database of the run."""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import IntegrityError, connection, transaction

from orafo.models import Membership
from tests.factories.beneficiaries import ApplicationFactory, PersonFactory
from tests.factories.orafo import TODAY, CohortFactory, MembershipFactory, admitted_person

CROWD = 50
ROUNDS = 20
ROOT = Path(__file__).parent.parent.parent

pytestmark = pytest.mark.django_db(transaction=True)


def crowd_of_strangers() -> list[int]:
    """Fifty people without an e-mail address: nothing is sent, the office would call."""
    people = [PersonFactory(email="") for _number in range(CROWD)]
    for person in people:
        ApplicationFactory(admitted=True, person=person)
    return [person.pk for person in people]


def same_person_fifty_times() -> list[int]:
    """Fifty colleagues, or one who cannot stop tapping."""
    return [admitted_person(email="").pk] * CROWD


def database_for_others(tmp_path) -> str:
    """A URL under which other processes reach what this test has written."""
    if connection.vendor == "sqlite":
        copy = tmp_path / "race.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(copy)])
        return f"sqlite:///{copy}"
    return urlsplit(os.environ["TEST_DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


def race(tmp_path, *, rounds: int, lock: bool = True, crowd=crowd_of_strangers):
    """Let the crowd run; returns the groups and what each round answered."""
    cohorts = [CohortFactory() for _round in range(rounds)]
    job = {"cohorts": [cohort.pk for cohort in cohorts], "people": [crowd() for _cohort in cohorts], "lock": lock}
    url = database_for_others(tmp_path)
    run = subprocess.run(
        [sys.executable, "-m", "tests.orafo.race"],
        input=json.dumps(job),
        env=os.environ | {"TEST_DB": "postgres", "TEST_DATABASE_URL": url},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    return cohorts, [json.loads(line) for line in run.stdout.splitlines()], url


def seats_of(cohorts, url) -> list[list[int]]:
    """The seats taken in each group, as the database of the race has them."""
    if connection.vendor == "sqlite":
        import sqlite3

        with sqlite3.connect(url.removeprefix("sqlite:///")) as copy:
            rows = copy.execute("SELECT cohort_id, seat FROM orafo_membership WHERE state = 'enrolled'").fetchall()
    else:
        rows = Membership.objects.filter(state="enrolled").values_list("cohort", "seat")
    return [sorted(seat for pk, seat in rows if pk == cohort.pk) for cohort in cohorts]


def test_fifty_processes_leave_exactly_twelve_in_each_of_twenty_rounds(tmp_path, record_property):
    cohorts, rounds, url = race(tmp_path, rounds=ROUNDS)

    assert [answer["outcomes"] for answer in rounds] == [{"seated": 12, "full": CROWD - 12}] * ROUNDS
    assert seats_of(cohorts, url) == [list(range(1, 13))] * ROUNDS
    record_property("slowest_ms", max(answer["slowest_ms"] for answer in rounds))


def test_one_person_wanted_by_fifty_processes_gets_one_seat(tmp_path):
    cohorts, rounds, url = race(tmp_path, rounds=2, crowd=same_person_fifty_times)

    assert [answer["outcomes"] for answer in rounds] == [{"seated": 1, "engaged": CROWD - 1}] * 2
    assert seats_of(cohorts, url) == [[1]] * 2


def test_without_the_lock_there_is_still_never_a_thirteenth(tmp_path):
    """On PostgreSQL the constraint answers those who met; SQLite lets one writer in at a time anyway."""
    cohorts, rounds, url = race(tmp_path, rounds=3, lock=False)

    outcomes = [answer["outcomes"] for answer in rounds]
    assert all(set(found) <= {"seated", "full", "taken"} for found in outcomes), outcomes
    assert (sum(found.get("taken", 0) for found in outcomes) > 0) == (connection.vendor == "postgresql"), outcomes
    for seats, found in zip(seats_of(cohorts, url), outcomes, strict=True):
        assert seats == sorted(set(seats))
        assert len(seats) == found["seated"] <= 12


def insert_raw(cohort, person, *, seat: int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO orafo_membership (created_at, updated_at, cohort_id, person_id, state, seat, enrolled_on)"
            " VALUES (CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, %s, %s, 'enrolled', %s, %s)",
            [cohort.pk, person.pk, seat, TODAY],
        )


@pytest.mark.parametrize("seat", [None, 0, 1, 12, 13])
def test_a_raw_thirteenth_row_is_refused_whatever_its_seat(seat):
    cohort = CohortFactory()
    for _number in range(12):
        MembershipFactory(cohort=cohort)

    with pytest.raises(IntegrityError):
        insert_raw(cohort, admitted_person(), seat=seat)

    assert cohort.memberships.on_a_seat().count() == 12
