"""What a person of the office may do to a step and to a message."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import record
from oltreiperimetri.shared.errors import DomainError

from .channels import kind_of
from .emission import emit_one
from .enums import FINAL_FAILURES
from .models import ContactPoint, Message, Reminder
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
    ContactPoint.objects.filter(kind=kind_of(message.recipient), address=message.recipient).update(
        status=ContactPoint.Status.USABLE, soft_bounces=0
    )
    record("retry_message", message, by=by, at=now)
    wake_deliver()


@transaction.atomic
def abort(message: Message, *, by, now: datetime) -> None:
    """Stop a message that has not left; of two who decide at once the first counts."""
    stopped = Message.objects.open().filter(pk=message.pk).update(state=State.ABORTED, retry_at=None)
    if not stopped:
        raise DomainError(_("Only a message that has not left can be stopped."), code="not_open")
    record("abort_message", message, by=by, at=now)


@transaction.atomic
def hold(reminder: Reminder, *, by, now: datetime) -> None:
    """Let a step wait until somebody lets it go; when its time passes meanwhile it is missed, and says so."""
    held = Reminder.objects.filter(pk=reminder.pk, state=Reminder.State.PLANNED, held_at=None).update(held_at=now)
    if not held:
        raise DomainError(_("Only a step that is still planned can be held."), code="not_planned")
    record("hold_reminder", reminder, by=by, at=now)


@transaction.atomic
def let_go(reminder: Reminder, *, by, now: datetime) -> None:
    released = Reminder.objects.filter(pk=reminder.pk, state=Reminder.State.PLANNED).exclude(held_at=None)
    if not released.update(held_at=None):
        raise DomainError(_("This step is not held."), code="not_held")
    record("release_reminder", reminder, by=by, at=now)


def send_now(reminder: Reminder, *, by, now: datetime) -> None:
    """Write at once, whatever the hour and the caps: a person decides so. The present truth is looked at all the same."""
    with transaction.atomic():
        record("send_reminder_now", reminder, by=by, at=now)
        state = emit_one(reminder.pk, now=now, at_once=True)
        reminder.refresh_from_db()
        if state != Reminder.State.EMITTED:
            raise DomainError(
                _("Nothing was written: %(reason)s.") % {"reason": reminder.reason or reminder.get_state_display()},
                code="not_written",
            )
