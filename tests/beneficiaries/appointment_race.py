"""Run as a program: many processes choose one published time at the same moment; prints how each fared."""

import json
import multiprocessing
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.db import connection  # noqa: E402

from beneficiaries.domain import appointment as verbs  # noqa: E402
from beneficiaries.models import Appointment, FreeTime  # noqa: E402
from oltreiperimetri.shared.errors import DomainError  # noqa: E402
from tests.factories.beneficiaries_meetings import NOW  # noqa: E402

PATIENCE = 120


def attempt(appointment_pk: int, free_time_pk: int) -> str:
    try:
        appointment, free_time = Appointment.objects.get(pk=appointment_pk), FreeTime.objects.get(pk=free_time_pk)
        verbs.choose(appointment, free_time, by=None, now=NOW)
    except DomainError as refusal:
        return refusal.code
    except Exception as error:  # noqa: BLE001 - whatever comes is counted and shown
        return f"{type(error).__name__}: {error}"
    return "booked"


def compete(pair: tuple[int, int], barrier, results) -> None:
    connection.ensure_connection()
    barrier.wait(PATIENCE)
    results.put(attempt(*pair))


def main() -> None:
    pairs = json.load(sys.stdin)
    # A copied SQLite file enters its write-ahead mode once, here.
    connection.ensure_connection()
    connection.close()
    fork = multiprocessing.get_context("fork")
    barrier, results = fork.Barrier(len(pairs)), fork.Queue()
    processes = [fork.Process(target=compete, args=(pair, barrier, results)) for pair in pairs]
    for process in processes:
        process.start()
    answers = [results.get(timeout=PATIENCE) for _process in processes]
    for process in processes:
        process.join(PATIENCE)
    print(json.dumps(sorted(answers)))


if __name__ == "__main__":
    main()
