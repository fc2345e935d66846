"""The whole demo: it is built the same way twice, with what the tester expects, and without a tax code in clear."""

import io
import logging
import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone

from beneficiaries.models import Application, Person
from oltreiperimetri.accounts.models import User
from oltreiperimetri.audit.models import AuditEntry
from oltreiperimetri.portal import demo_data
from oltreiperimetri.portal.models import DemoMail, DemoMarker
from oltreiperimetri.portal.views.demo import ACCOUNTS
from oltreiperimetri.reminders.models import Message
from orafo.models import Cohort
from partners.models import Organisation, Slot

pytestmark = pytest.mark.django_db
NOW = timezone.now().replace(microsecond=0) - timedelta(minutes=1)
TAX_CODE = re.compile(r"\b[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]\b")


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demo told twice, from nothing each time: the stories of the first, and the second with what was logged."""
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    logging.getLogger().addHandler(handler)
    media = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"), DEMO=True, QUIET_HOURS=False)
    with django_db_blocker.unblock(), media, transaction.atomic():
        with transaction.atomic():
            fill(lines)
            first = stories()
            transaction.set_rollback(True)
        fill(lines)
        yield SimpleNamespace(first=first, lines=lines)
        transaction.set_rollback(True)
    logging.getLogger().removeHandler(handler)


def fill(lines) -> None:
    demo_data.fill(now=NOW, say=lambda text: lines.write(f"{text}\n"))


def stories() -> list[tuple]:
    """What a tester sees of the people: names, dates and states in the order of their numbers."""
    fields = ["number", "person__first_name", "person__last_name", "person__birth_date", "state", "received_at", "due_on"]
    return list(Application.objects.order_by("number").values_list(*fields, "person__phone", "person__municipality"))


def test_everybody_who_can_be_entered_is_there(built):
    assert set(ACCOUNTS) <= set(User.objects.values_list("email", flat=True))
    assert DemoMarker.objects.exists()


def test_counts_are_those_of_the_issue(built):
    assert 115 <= Person.objects.count() <= 125
    assert (Organisation.objects.count(), Slot.objects.count(), Cohort.objects.count()) == (25, 40, 3)


def test_the_mailbox_starts_without_old_letters(built):
    assert DemoMail.objects.count() == 0
    assert Message.objects.filter(state="sent").exists()
    assert not Message.objects.filter(state="queued", queued_at__lt=NOW).exists()
    assert not Message.objects.filter(sent_at__gt=NOW).exists()


def test_told_twice_it_is_the_same(built):
    assert built.first == stories()


def test_neither_the_database_nor_the_logs_hold_a_tax_code_in_clear(built):
    codes = {person.tax_code for person in Person.objects.all() if person.tax_code}
    kept = as_stored()
    assert len(codes) >= 40
    assert "Ripartenza" in kept
    assert [code for code in codes if code in kept or code in built.lines.getvalue()] == []
    assert TAX_CODE.findall(kept + built.lines.getvalue()) == []


def as_stored() -> str:
    """Every value of every table as it lies in the database, which is what a dump writes."""
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of our own tables
            rows += [str(row) for row in cursor.fetchall()]
    return "\n".join(rows)


def test_every_act_of_the_demo_is_in_the_trail_with_its_own_day(built):
    assert AuditEntry.objects.filter(action="register").count() == Application.objects.count()
    assert not AuditEntry.objects.filter(action="register", at__gt=NOW).exists()
