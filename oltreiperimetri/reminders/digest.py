"""The one mail a day that staff read: every line that waits for them. Nobody to tell anything: no mail."""

from collections import Counter
from datetime import datetime

from django.conf import settings
from django.db import transaction

from oltreiperimetri.shared.dates import ROME

from .composing import build_message, insert_once
from .kinds import Recipient
from .models import DigestLine, Message, Reminder
from .wake import wake_deliver
from .window import OPENS, is_office_day

TEMPLATE = "reminders/digest"


def send_digests(*, now: datetime) -> Counter:
    """Write to each of the staff whose lines wait; each digest in its own transaction."""
    done: Counter = Counter()
    if settings.QUIET_HOURS and not is_digest_time(now):
        return done
    for recipient in open_lines(now).order_by("recipient").values_list("recipient", flat=True).distinct():
        done["digests"] += write_digest(recipient, now=now)
    return done


def is_digest_time(now: datetime) -> bool:
    """From 08:30 of an office day: after an outage later that day is better than never."""
    local = now.astimezone(ROME)
    return is_office_day(local.date()) and local.time() >= OPENS


def open_lines(now: datetime):
    return DigestLine.objects.filter(message=None, not_before__lte=now, reminder__state=Reminder.State.EMITTED)


@transaction.atomic
def write_digest(recipient: str, *, now: datetime) -> int:
    """1 when a digest was written; 0 when somebody else has the lines, or today's digest has gone already."""
    lines = list(open_lines(now).filter(recipient=recipient).select_for_update(skip_locked=True, of=("self",)))
    key = f"digest:{recipient}:{now.astimezone(ROME).date()}"
    if not settings.QUIET_HOURS and lines:
        key = f"{key}:{lines[-1].pk}"
    if not lines or Message.objects.filter(dedupe_key=key).exists():
        return 0
    reader = Recipient(email=recipient, name=lines[-1].recipient_name, is_staff=True)
    message = build_message(TEMPLATE, {"lines": lines}, reader, dedupe_key=key, now=now)
    if not insert_once(message):
        return 0
    stored = Message.objects.get(dedupe_key=key)
    DigestLine.objects.filter(pk__in=[line.pk for line in lines]).update(message=stored)
    wake_deliver()
    return 1
