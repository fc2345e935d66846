"""Many register together: no two get one number. Threads on a real PostgreSQL; SQLite writes one at a time anyway."""

from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from django.db import connection

from beneficiaries.domain.draft import begin, send
from beneficiaries.domain.registration import Answers, register
from beneficiaries.models import Application, Person, RegistrationDraft

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
CROWD = 16
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgres,
]


def together(work) -> list:
    barrier, results = Barrier(CROWD), []

    def run(number):
        try:
            barrier.wait()
            results.append(work(number))
        except Exception as error:  # noqa: BLE001 - compared by the assertion
            results.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(number,)) for number in range(CROWD)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_no_two_applications_get_one_number_also_in_a_year_without_any_yet():
    def one(number):
        told = Answers(first_name=f"Nome{number}", last_name="Prova")
        return register(told, channel="online", by=None, now=NOW).number

    assert sorted(together(one)) == [f"ORF-2026-{number:04d}" for number in range(1, CROWD + 1)]


def test_one_address_or_tax_code_registered_many_times_at_once_makes_one_account():
    told = Answers(first_name="Teresa", last_name="Colombo", email="t@example.org", tax_code="CLMTRS75C50H264J")

    results = together(lambda _number: register(told, channel="online", by=None, now=NOW).number)

    assert len(set(results)) == CROWD
    assert Person.objects.exclude(user=None).count() == 1
    assert Person.objects.exclude(tax_code_index=None).count() == 1


def test_one_registration_sent_many_times_at_once_is_one_application():
    draft, _code = begin(now=NOW)
    told = Answers(first_name="Teresa", last_name="Colombo")

    def one(_number):
        return send(RegistrationDraft.objects.get(pk=draft.pk), told, by=None, now=NOW).number

    assert set(together(one)) == {"ORF-2026-0001"}
    assert Application.objects.count() == 1
