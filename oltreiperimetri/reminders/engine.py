"""The door of this app for the others: `plan` when a fact changed, `queue_mail` to answer what somebody did."""

from datetime import datetime
from uuid import UUID

from django.db import models, transaction

from .composing import build_message, insert_once
from .delivery import deliver
from .digest import send_digests
from .emission import emit_due
from .forecast import foresee
from .kinds import Recipient
from .models import Message
from .planning import plan, plan_all
from .sweeping import sweep
from .wake import wake_deliver

__all__ = ["deliver", "emit_due", "foresee", "plan", "plan_all", "queue_mail", "send_digests", "sweep"]


@transaction.atomic
def queue_mail(
    template: str,
    context: dict,
    *,
    to: str,
    name: str = "",
    dedupe_key: str,
    now: datetime,
    person_key: UUID | None = None,
    about: models.Model | None = None,
) -> Message | None:
    """Queue mail that answers an act: it leaves at once, whatever the hour, after the caller's commit.

    The second call with one `dedupe_key` does nothing. Returns the Message, or None without an address or for a repeat.
    """
    if not to:
        return None
    recipient = Recipient(email=to, name=name, person_key=person_key)
    message = build_message(template, context, recipient, dedupe_key=dedupe_key, now=now, about=about)
    if not insert_once(message):
        return None
    wake_deliver()
    return Message.objects.get(guid=message.guid)
