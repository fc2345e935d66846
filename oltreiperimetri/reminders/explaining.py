"""Why a step went or did not, and what would become of it now: plain lines, without names and addresses in full."""

from collections.abc import Iterator
from datetime import datetime

from django.apps import apps

from oltreiperimetri.audit.models import AuditEntry
from oltreiperimetri.shared.dates import ROME
from oltreiperimetri.shared.redaction import masked

from . import kinds
from .channels import address_of
from .deciding import Decision, decide
from .emission import newer_step_is_due
from .forecast import Paper
from .models import Reminder
from .planning import change_of, wanted_of


def clock(moment: datetime | None) -> str:
    return f"{moment.astimezone(ROME):%Y-%m-%d %H:%M}" if moment else "-"


def explain(reminder: Reminder, *, now: datetime) -> Iterator[str]:
    subject = subject_of(reminder)
    yield from itself(reminder, subject)
    yield from facts(reminder, subject, now=now)
    yield from history(reminder)
    yield from written(reminder)
    yield from if_due_now(reminder, subject, now=now)


def subject_of(reminder: Reminder):
    try:
        model = apps.get_model(reminder.subject_type)
    except (LookupError, ValueError):
        return None
    return model._base_manager.filter(pk=reminder.subject_id).first()


def itself(reminder: Reminder, subject) -> Iterator[str]:
    kind = kinds.get(reminder.kind)
    yield f"reminder {reminder.pk}: {reminder.kind}, to {reminder.audience}, step {reminder.wave}, round {reminder.round}"
    page = kind.page(reminder.subject_id) if kind and kind.page else ""
    gone = "" if subject is not None else " (gone)"
    yield f"  about: {reminder.subject_type} {reminder.subject_id}{gone} {page}".rstrip()
    yield f"  state: {reminder.state}{f' ({reminder.reason})' if reminder.reason else ''}"
    yield f"  due: {clock(reminder.due_at)}, not after: {clock(reminder.not_after)}, held since: {clock(reminder.held_at)}"


def facts(reminder: Reminder, subject, *, now: datetime) -> Iterator[str]:
    """What the facts ask for now, and what planning would do with this row."""
    if subject is None or kinds.get(reminder.kind) is None:
        yield "facts: none, nothing asks for it any more"
        return
    step = wanted_of(subject).get((reminder.kind, reminder.audience, reminder.wave))
    yield f"facts: {f'wanted at {clock(step.due_at)}, not after {clock(step.not_after)}' if step else 'not wanted any more'}"
    yield f"  planning would: {change_of(reminder, step, now=now) or 'change nothing'}"


def history(reminder: Reminder) -> Iterator[str]:
    """The moments the row keeps, and what people of the office did to it."""
    moments = [
        (reminder.planned_at, "planned"),
        (reminder.wanted_at, "wanted by the facts"),
        (reminder.handled_at, reminder.state),
    ]
    acts = AuditEntry.objects.filter(object_type="reminders.reminder", object_id=reminder.pk)
    moments += [(entry.at, f"{entry.action} by account {entry.actor_id or '-'}") for entry in acts]
    yield "history:"
    for moment, what in sorted((one for one in moments if one[0]), key=lambda one: one[0]):
        yield f"  {clock(moment)} {what}"
    if reminder.attempts:
        yield f"  {reminder.attempts} attempts to write it failed"


def written(reminder: Reminder) -> Iterator[str]:
    yield "messages:"
    for message in reminder.messages.order_by("pk"):
        error = f", {message.last_error}" if message.last_error else ""
        yield (
            f"  {message.pk} {message.guid} {message.channel} to {masked(message.recipient)}: {message.state}, "
            f"{message.attempt} attempts, queued {clock(message.queued_at)}, sent {clock(message.sent_at)}{error}"
        )
    for line in reminder.lines.order_by("pk"):
        where = f"in digest {line.message_id}" if line.message_id else f"waits for the digest of {clock(line.not_before)}"
        yield f"  line to {masked(line.recipient)}, round {line.round}: {where}"


def if_due_now(reminder: Reminder, subject, *, now: datetime) -> Iterator[str]:
    """What the engine would decide if the step were due at this moment; nothing is written."""
    yield "if it were due now:"
    if newer_step_is_due(reminder, now=now):
        yield f"  {Reminder.State.SUPERSEDED}: a newer step of the same ladder is due"
        return
    try:
        decision = decide(reminder, subject, Paper().post, now=now)
    except Exception as error:  # noqa: BLE001 - why it cannot be judged is the answer
        yield f"  it could not be written: {type(error).__name__}"
        return
    yield f"  {outcome(decision)}"
    for recipient in decision.people + decision.staff:
        yield f"  to {masked(address_of(recipient))}{' in the digest' if recipient.is_staff else ''}"


def outcome(decision: Decision) -> str:
    if decision.put_off_to:
        return f"put off to {clock(decision.put_off_to)}"
    return f"{decision.state}: {decision.reason}" if decision.reason else str(decision.state)
