"""What the firm or the mentor tells beside the person, and whether the two agree."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from oltreiperimetri.accounts.enums import LinkPurpose
from oltreiperimetri.accounts.links import revoke_links
from oltreiperimetri.accounts.models import AccessLink
from oltreiperimetri.audit.trail import move
from oltreiperimetri.reminders import engine
from oltreiperimetri.shared.dates import ROME
from oltreiperimetri.shared.errors import DomainError

from ..enums import AnswerChannel, ContractKind, Divergence
from ..models import Answer, Checkpoint, Witness

State = Witness.State


@transaction.atomic
def testify(witness: Witness, data: dict, *, channel: str, by, now: datetime) -> None:
    """Record `goes_on` (bool), and where they apply contract_kind and note. `by` is None for the link of the letter."""
    lock(witness)
    must_be_asked(witness)
    if now.astimezone(ROME).date() < witness.checkpoint.due_on:
        raise DomainError(_("It is too early: we ask about the situation on the day."), code="too_early")
    contract = data.get("contract_kind") or "" if data["goes_on"] else ""
    values = {"goes_on": data["goes_on"], "contract_kind": contract, "note": data.get("note") or "", "channel": channel}
    move(witness, State.ANSWERED, by=by, now=now, answered_at=now, **values)
    if by:
        Witness.objects.filter(pk=witness.pk).update(by=by)
    settle(witness, now=now)
    compare(witness.checkpoint)


@transaction.atomic
def testify_by_link(link: AccessLink, witness: Witness, data: dict, *, now: datetime) -> None:
    AccessLink.objects.filter(pk=link.pk).update(used_at=now)
    testify(witness, data, channel=AnswerChannel.LINK, by=None, now=now)


@transaction.atomic
def leave_out(witness: Witness, *, by, now: datetime, note: str) -> None:
    """The firm or mentor is not asked, for a reason that is kept: the person wishes so, the firm has closed."""
    lock(witness)
    must_be_asked(witness)
    if not note.strip():
        raise DomainError(_("Say why: the reason is kept with the decision."), code="needs_reason", field="note")
    move(witness, State.WAIVED, by=by, now=now, note=note)
    settle(witness, now=now)


def lock(witness: Witness) -> None:
    witness.state = Witness.objects.select_for_update(of=("self",)).get(pk=witness.pk).state


def must_be_asked(witness: Witness) -> None:
    if not witness.is_asked:
        raise DomainError(_("We no longer ask this question."), code="not_asked")


def settle(witness: Witness, *, now: datetime) -> None:
    engine.plan(witness, now=now)
    revoke_links(LinkPurpose.WITNESS, witness, now=now)


def compare(checkpoint: Checkpoint) -> None:
    """Write down on the witness whether the two differ; call it whenever one of the two has spoken."""
    witness = Witness.objects.filter(checkpoint=checkpoint, state=State.ANSWERED).first()
    given = Answer.objects.filter(checkpoint=checkpoint).first()
    if witness is None:
        return
    witness.checkpoint = checkpoint
    differs = difference(given, witness) if given else ""
    if differs != witness.differs:
        Witness.objects.filter(pk=witness.pk).update(differs=differs)


def difference(given: Answer, witness: Witness) -> str:
    """A Divergence, or "" when they agree or do not speak of the same thing."""
    said = witness.side.person_says(given)
    if said is None:
        return ""
    if said != witness.goes_on:
        return Divergence.PRESENCE
    contracts = {given.contract_kind, witness.contract_kind} - {"", ContractKind.OTHER}
    return Divergence.CONTRACT if said and len(contracts) == 2 else ""
