from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction

from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.accounts.models import Invitation
from oltreiperimetri.audit.models import AuditEntry
from oltreiperimetri.audit.trail import record
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def entry():
    coordinator = UserFactory(coordinator=True)
    invitation = Invitation.objects.create(email="a@example.org", role=Role.JUROR, expires_at=NOW)
    return record("invite", invitation, by=coordinator, changes={"role": Role.JUROR}, at=NOW)


def test_an_entry_says_who_did_what_to_what(entry):
    stored = AuditEntry.objects.get()
    assert (stored.actor_id, stored.action, stored.object_type, stored.object_id, stored.changes) == (
        entry.actor_id,
        "invite",
        "accounts.invitation",
        entry.object_id,
        {"role": "juror"},
    )


def test_the_database_refuses_to_change_an_entry(entry):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEntry.objects.update(action="nothing")
    assert AuditEntry.objects.get().action == "invite"


def test_the_database_refuses_to_delete_an_entry(entry):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEntry.objects.all().delete()
    assert AuditEntry.objects.count() == 1
