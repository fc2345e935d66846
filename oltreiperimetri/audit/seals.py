"""Seals: a hash over each range of entries, chained to the one before, so that altering a byte is found."""

import hashlib
import json
from datetime import UTC, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Subquery
from django.db.models.functions import Coalesce

from .models import AuditEntry, AuditSeal

# No transaction lives this long (see the time-outs in settings): no entry can still appear behind the seal.
GRACE = timedelta(minutes=5)
BATCH = 10_000


def canonical(entry: AuditEntry) -> bytes:
    """The bytes that are hashed: the same on both databases, whatever the time zone or the order of JSON keys."""
    values = [
        entry.pk,
        entry.at.astimezone(UTC).isoformat(),
        entry.actor_id,
        str(entry.on_behalf_of or ""),
        entry.action,
        entry.object_type,
        entry.object_id,
        str(entry.subject or ""),
        entry.changes,
        entry.request_id,
    ]
    return json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def chain_hash(previous: str, entries) -> str:
    digest = hashlib.sha256(previous.encode())
    for entry in entries:
        digest.update(canonical(entry))
    return digest.hexdigest()


def seal(*, now: datetime) -> AuditSeal | None:
    """Seal the entries recorded since the last seal; None when there is nothing old enough, or another did it."""
    last = AuditSeal.objects.first()
    entries = list(
        AuditEntry.objects.filter(pk__gt=last.last_id if last else 0, recorded_at__lte=now - GRACE).order_by("pk")[:BATCH]
    )
    if not entries:
        return None
    previous = last.hash if last else ""
    try:
        with transaction.atomic():
            return AuditSeal.objects.create(
                first_id=(last.last_id + 1) if last else 1,
                last_id=entries[-1].pk,
                count=len(entries),
                previous=previous,
                hash=chain_hash(previous, entries),
                sealed_at=now,
            )
    except IntegrityError:
        return None


def last_sealed_at() -> datetime | None:
    return AuditSeal.objects.values_list("sealed_at", flat=True).first()


def oldest_unsealed() -> datetime | None:
    """When the first entry that no seal covers was recorded; None when all are covered."""
    last = AuditSeal.objects.values("last_id")[:1]
    unsealed = AuditEntry.objects.filter(pk__gt=Coalesce(Subquery(last), 0))
    return unsealed.order_by("pk").values_list("recorded_at", flat=True).first()


def broken_seals() -> list[AuditSeal]:
    """Every seal that its entries, or the seal before it, no longer match."""
    broken, previous, expected_first = [], "", 1
    for sealed in AuditSeal.objects.order_by("pk").iterator():
        entries = list(AuditEntry.objects.filter(pk__range=(sealed.first_id, sealed.last_id)).order_by("pk"))
        intact = (
            sealed.previous == previous
            and sealed.first_id == expected_first
            and len(entries) == sealed.count
            and chain_hash(previous, entries) == sealed.hash
        )
        if not intact:
            broken.append(sealed)
        previous, expected_first = sealed.hash, sealed.last_id + 1
    return broken
