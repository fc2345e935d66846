"""Fifty processes at a barrier want the twelve seats of one group: run as `python -m tests.orafo.race`.

Reads {"cohorts": [pk, …], "people": [[pk, …], …], "lock": bool} on standard input, one round a group; writes one JSON line a
round: outcomes counted by code, and the slowest answer in milliseconds. TEST_DATABASE_URL names the database.
"""

import json
import multiprocessing
import os
import sys
import time
from collections import Counter
from datetime import date

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.db import connection  # noqa: E402

from beneficiaries.models import Person  # noqa: E402
from oltreiperimetri.shared.errors import DomainError  # noqa: E402
from orafo.domain import membership as verbs  # noqa: E402
from orafo.models import Cohort  # noqa: E402

TODAY = date(2026, 11, 24)
PATIENCE = 60


def attempt(person_pk: int, cohort_pk: int) -> str:
    try:
        person, cohort = Person.objects.get(pk=person_pk), Cohort.objects.get(pk=cohort_pk)
        verbs.enrol(person, cohort, by=None, today=TODAY)
    except DomainError as refusal:
        return refusal.code if str(refusal) else "no sentence"
    except Exception as error:  # noqa: BLE001 - whatever comes is counted and shown
        return f"{type(error).__name__}: {error}"
    return "seated"


def compete(number: int, job: dict, barrier, results) -> None:
    if not job["lock"]:
        verbs.lock = lambda cohort: Cohort.objects.get(pk=cohort.pk)
    for cohort_pk, people in zip(job["cohorts"], job["people"], strict=True):
        connection.ensure_connection()
        barrier.wait(PATIENCE)
        begun = time.perf_counter()
        outcome = attempt(people[number], cohort_pk)
        results.put((cohort_pk, outcome, time.perf_counter() - begun))
        barrier.wait(PATIENCE)


def main() -> None:
    job = json.load(sys.stdin)
    crowd = len(job["people"][0])
    # A copied SQLite file enters its write-ahead mode once, here: fifty who switch it at the same moment find it locked.
    connection.ensure_connection()
    connection.close()
    fork = multiprocessing.get_context("fork")
    barrier, results = fork.Barrier(crowd), fork.Queue()
    processes = [fork.Process(target=compete, args=(number, job, barrier, results)) for number in range(crowd)]
    for process in processes:
        process.start()
    answers = [results.get(timeout=PATIENCE) for _round in job["cohorts"] for _process in processes]
    for process in processes:
        process.join(PATIENCE)
    for cohort_pk in job["cohorts"]:
        mine = [(outcome, seconds) for pk, outcome, seconds in answers if pk == cohort_pk]
        slowest = round(1000 * max(seconds for _outcome, seconds in mine))
        print(json.dumps({"outcomes": Counter(outcome for outcome, _seconds in mine), "slowest_ms": slowest}))


if __name__ == "__main__":
    main()
