from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from oltreiperimetri.audit import seals
from oltreiperimetri.audit.models import AuditEntry, AuditSeal
from oltreiperimetri.audit.trail import record
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def later():
    user = UserFactory()
    for action in ("read", "export", "read"):
        record(action, user, by=user)
    return timezone.now() + seals.GRACE + timedelta(seconds=1)


def without_triggers(statement: str) -> None:
    """What somebody with full power over the database could do."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER audit_entry_no_update")
            cursor.execute("DROP TRIGGER audit_entry_no_delete")
        else:
            cursor.execute("ALTER TABLE audit_auditentry DISABLE TRIGGER ALL")
        cursor.execute(statement)


def test_entries_of_the_last_minutes_wait(later):
    assert seals.seal(now=timezone.now()) is None


def test_a_seal_covers_every_entry_and_the_chain_is_intact(later):
    seal = seals.seal(now=later)
    assert seal.count == AuditEntry.objects.count() == 3
    assert seals.broken_seals() == []


def test_sealing_again_changes_nothing(later):
    seals.seal(now=later)
    assert seals.seal(now=later) is None
    assert AuditSeal.objects.count() == 1


def test_one_altered_entry_is_found(later):
    seal = seals.seal(now=later)
    without_triggers("UPDATE audit_auditentry SET action = 'reed' WHERE id = (SELECT max(id) FROM audit_auditentry)")
    assert seals.broken_seals() == [seal]
    with pytest.raises(CommandError, match="1 of 1"):
        call_command("verify_audit", stdout=StringIO(), stderr=StringIO())


def test_one_removed_entry_is_found(later):
    seal = seals.seal(now=later)
    without_triggers("DELETE FROM audit_auditentry WHERE id = (SELECT min(id) FROM audit_auditentry)")
    assert seals.broken_seals() == [seal]


def test_an_intact_trail_is_said_to_be_intact(later):
    seals.seal(now=later)
    output = StringIO()
    call_command("verify_audit", stdout=output)
    assert output.getvalue() == "1 seals intact; 0 entries wait for the next one.\n"
