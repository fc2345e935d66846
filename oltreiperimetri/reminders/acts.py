"""What a person of the office may do to a message."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import record
from oltreiperimetri.shared.errors import DomainError

from .enums import FINAL_FAILURES
from .models import ContactPoint, Message
from .wake import wake_deliver

State = Message.State


@transaction.atomic
def try_again(message: Message, *, by, now: datetime) -> None:
    """Queue a failed message once more, for instance after the address was put right at the provider's."""
    again = Message.objects.filter(pk=message.pk, state__in=FINAL_FAILURES).update(
        state=State.QUEUED, attempt=0, doubtful=0, retry_at=None, lease_until=None, handed_over_at=None
    )
    if not again:
        raise DomainError(_("Only a message that failed can be tried again."), code="not_failed")
    ContactPoint.objects.filter(kind=message.channel, address=message.recipient).update(
        status=ContactPoint.Status.USABLE, soft_bounces=0
    )
    record("retry_message", message, by=by, at=now)
    wake_deliver()
