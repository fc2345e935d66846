"""What became of somebody: an answer, however it arrived, or the decision that there will be none."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from oltreiperimetri.accounts.enums import LinkPurpose
from oltreiperimetri.accounts.links import revoke_links
from oltreiperimetri.accounts.models import AccessLink
from oltreiperimetri.audit.trail import move, record
from oltreiperimetri.reminders import engine
from oltreiperimetri.shared.dates import ROME
from oltreiperimetri.shared.errors import DomainError

from .. import emails, paths
from ..enums import AnswerChannel, Situation
from ..models import NOTICE_BEFORE, Answer, Checkpoint, ContactAttempt
from .plan import close_when_complete, plan_reminders
from .witness import compare

State = Checkpoint.State
ATTEMPTS_NEEDED = 3
CHANNELS_NEEDED = 2


@transaction.atomic
def answer(checkpoint: Checkpoint, data: dict, *, channel: str, by, now: datetime, language: str = "") -> Answer:
    """Record the situation on the checkpoint's day; reminders stop in the same transaction.

    `data`: situation, and where they apply contract_kind, same_firm, usefulness, wants_call, note. What does not fit the
    situation (a contract of somebody who is looking for work) is left out. `by` is None for the person's own link, and
    `language` the one of the form. The person's links stay open for corrections; of an answer got by the office they close.
    """
    lock(checkpoint)
    if checkpoint.state == State.ANSWERED:
        raise DomainError(_("This answer is in already: thank you."), code="answered")
    if checkpoint.state == State.WAIVED or checkpoint.plan.state == checkpoint.plan.State.STOPPED:
        raise DomainError(_("We no longer ask this question."), code="not_asked")
    if now.astimezone(ROME).date() < checkpoint.due_on - NOTICE_BEFORE:
        raise DomainError(_("It is too early: we ask about the situation on the day."), code="too_early")
    move(checkpoint, State.ANSWERED, by=by, now=now)
    given = Answer.objects.create(
        checkpoint=checkpoint, channel=channel, by=by, answered_at=now, language=language, **answer_values(data)
    )
    settle(checkpoint, by=by, now=now, keeps_links=channel == AnswerChannel.LINK)
    return given


def answer_values(data: dict) -> dict:
    is_employed = data["situation"] == Situation.EMPLOYED
    return {
        "situation": data["situation"],
        "contract_kind": data.get("contract_kind") or "" if is_employed else "",
        "same_firm": data.get("same_firm") if is_employed else None,
        "usefulness": data.get("usefulness") or None,
        "wants_call": bool(data.get("wants_call")),
        "note": data.get("note") or "",
    }


@transaction.atomic
def answer_by_link(link: AccessLink, checkpoint: Checkpoint, data: dict, *, now: datetime, language: str = "") -> Answer:
    """The first time an answer, within a week of it a correction; later refused."""
    lock(checkpoint)
    given = Answer.objects.filter(checkpoint=checkpoint).first()
    if given is None:
        AccessLink.objects.filter(pk=link.pk).update(used_at=now)
        return answer(checkpoint, data, channel=AnswerChannel.LINK, by=None, now=now, language=language)
    if not given.may_be_corrected_at(now):
        raise DomainError(_("This answer is in already: thank you."), code="answered")
    given.checkpoint = checkpoint
    return correct(given, data, channel=AnswerChannel.LINK, by=None, now=now)


@transaction.atomic
def correct(given: Answer, data: dict, *, channel: str, by, now: datetime) -> Answer:
    """Put the right values in place of what was said: the earlier ones stay as a version, no reminder starts again."""
    stored = Answer.objects.select_for_update(of=("self",)).get(pk=given.pk)
    values = answer_values(data)
    changed = [name for name, value in values.items() if getattr(stored, name) != value]
    if not changed:
        return given
    stored.versions.create(
        number=stored.versions.count() + 1,
        said_at=stored.corrected_at or stored.answered_at,
        replaced_at=now,
        channel=stored.channel,
        by=stored.by,
        **stored.values,
    )
    for name, value in {**values, "channel": channel, "by": by, "corrected_at": now}.items():
        setattr(given, name, value)
    if "wants_call" in changed and given.wants_call:
        given.called_back_at = None
    given.save()
    compare(given.checkpoint)
    record("correct", given, by=by, changes=dict.fromkeys(changed, "changed"), at=now)
    return given


@transaction.atomic
def log_attempt(checkpoint: Checkpoint, *, channel: str, note: str, by, now: datetime) -> ContactAttempt:
    """Somebody tried and did not reach the person."""
    lock(checkpoint)
    must_be_asked(checkpoint)
    attempt = checkpoint.attempts.create(channel=channel, note=note, at=now, by=by)
    record("attempt", checkpoint, by=by, changes={"channel": channel}, at=now)
    return attempt


def attempts_missing(checkpoint: Checkpoint) -> tuple[int, int]:
    """(attempts, further ways) still to be noted before anybody may be called unreachable."""
    channels = list(checkpoint.attempts.values_list("channel", flat=True))
    return max(ATTEMPTS_NEEDED - len(channels), 0), max(CHANNELS_NEEDED - len(set(channels)), 0)


@transaction.atomic
def mark_unreachable(checkpoint: Checkpoint, *, by, now: datetime, note: str = "") -> None:
    """A person confirms what the ladder only proposes: after three attempts on two channels."""
    lock(checkpoint)
    must_be_asked(checkpoint)
    if attempts_missing(checkpoint) != (0, 0):
        raise DomainError(
            _("First try three times, in at least two ways, and note each attempt here."), code="too_few_attempts"
        )
    note = note or _("%(attempts)s attempts without an answer") % {"attempts": checkpoint.attempts.count()}
    close(checkpoint, State.UNREACHABLE, by=by, now=now, note=note)


@transaction.atomic
def mark_refused(checkpoint: Checkpoint, *, by, now: datetime, note: str) -> None:
    lock(checkpoint)
    must_be_asked(checkpoint)
    close(checkpoint, State.REFUSED, by=by, now=now, note=note)


@transaction.atomic
def waive(checkpoint: Checkpoint, *, by, now: datetime, note: str) -> None:
    """This one is not to be asked, for a reason that is kept (bereavement, illness, known from elsewhere)."""
    lock(checkpoint)
    must_be_asked(checkpoint)
    close(checkpoint, State.WAIVED, by=by, now=now, note=note)


@transaction.atomic
def note_call_back(checkpoint: Checkpoint, *, by, now: datetime) -> None:
    """The person who asked to be called has been called."""
    if not Answer.objects.filter(checkpoint=checkpoint, wants_call=True, called_back_at=None).update(called_back_at=now):
        raise DomainError(_("Nobody asked for a call here, or it was made already."), code="no_call_wanted")
    record("call_back", checkpoint, by=by, at=now)


@transaction.atomic
def send_again(checkpoint: Checkpoint, *, by, now: datetime) -> None:
    """The form once more, with a fresh link, because somebody asked for it: it leaves at once."""
    lock(checkpoint)
    must_be_asked(checkpoint)
    contact = paths.contact_of(checkpoint.plan)
    if contact is None or not contact.email:
        raise DomainError(_("There is no e-mail address: record the answer by phone."), code="no_address")
    template, context = emails.form(checkpoint, is_first=True, is_last=False)
    engine.queue_mail(
        template,
        context,
        to=contact.email,
        name=contact.name,
        dedupe_key=f"follow-up-again:{checkpoint.pk}:{now:%Y%m%d%H%M}",
        now=now,
        person_key=contact.person_key,
        about=checkpoint,
    )
    record("send_link", checkpoint, by=by, at=now)


def lock(checkpoint: Checkpoint) -> None:
    """Lock the row and look at it again: two answers at once are two transactions one after the other."""
    checkpoint.state = Checkpoint.objects.select_for_update(of=("self",)).get(pk=checkpoint.pk).state


def must_be_asked(checkpoint: Checkpoint) -> None:
    if not checkpoint.is_asked:
        raise DomainError(_("This checkpoint is settled already."), code="settled")


def close(checkpoint: Checkpoint, state: str, *, by, now: datetime, note: str) -> None:
    if not note.strip():
        raise DomainError(_("Say why: the reason is kept with the decision."), code="needs_reason", field="note")
    move(checkpoint, state, by=by, now=now, note=note)
    settle(checkpoint, by=by, now=now)


def settle(checkpoint: Checkpoint, *, by, now: datetime, keeps_links: bool = False) -> None:
    """Reminders follow; the firm or mentor is no longer asked about who said no."""
    plan_reminders(checkpoint, now=now)
    compare(checkpoint)
    if not keeps_links:
        revoke_links(LinkPurpose.FOLLOW_UP, checkpoint, now=now)
    close_when_complete(checkpoint.plan, by=by, now=now)
