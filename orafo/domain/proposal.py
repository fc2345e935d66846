"""A slot proposed to a person: the person answers first, then the firm. Either may say no, with a reason."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beneficiaries.models import Person
from oltreiperimetri.accounts.enums import LinkPurpose
from oltreiperimetri.accounts.links import LinkRefused, revoke_links
from oltreiperimetri.accounts.models import AccessLink
from oltreiperimetri.audit.trail import move, record
from oltreiperimetri.reminders import engine
from oltreiperimetri.shared.errors import DomainError
from partners.models import Slot

from .. import emails
from ..enums import DeclinedBy
from ..models import Proposal
from ..reasons import sentences
from .queries import fit_of

State = Proposal.State
DAYS_TO_ANSWER = 7


def propose(slot: Slot, person: Person, *, by, now: datetime) -> Proposal:
    """Keep a place of the slot for a person and ask the person first. Raises DomainError with every reason against."""
    try:
        with transaction.atomic():
            slot = Slot.objects.select_for_update(of=("self",), no_key=True).get(pk=slot.pk)
            refuse_misfit(slot, person, now=now)
            proposal = Proposal.objects.create(
                slot=slot,
                person=person,
                membership=person.memberships.exclude(enrolled_on=None).order_by("-enrolled_on", "-pk").first(),
                proposed_by=by,
                proposed_on=timezone.localdate(now),
            )
            record("propose", proposal, by=by, changes={"slot": slot.pk}, at=now)
            show(proposal, by=by, now=now)
    except IntegrityError as error:
        raise DomainError(
            _("%(person)s already has an open proposal: one at a time.") % {"person": person.full_name}, code="open"
        ) from error
    return proposal


def refuse_misfit(slot: Slot, person: Person, *, now: datetime) -> None:
    fit = fit_of(person, slot, today=timezone.localdate(now))
    if not fit.is_possible:
        raise DomainError(" ".join(sentences(fit.against)), code="misfit")


def answer_day(now: datetime):
    return timezone.localdate(now) + timedelta(days=DAYS_TO_ANSWER)


def show(proposal: Proposal, *, by, now: datetime) -> None:
    move(proposal, State.SHOWN_TO_PERSON, by=by, now=now, answer_by=answer_day(now))
    emails.proposal_to_person(proposal, by=by, now=now)
    engine.plan(proposal, now=now)


@transaction.atomic
def person_accepts(proposal: Proposal, *, by, now: datetime) -> None:
    """The person says yes: the proposal goes to the firm at once. `by=None`: by the link in the mail."""
    refuse_lapsed(proposal, now=now)
    move(proposal, State.PERSON_OK, by=by, now=now, person_answered_at=now)
    move(proposal, State.SENT_TO_FIRM, by=None, now=now, answer_by=answer_day(now))
    revoke_links(LinkPurpose.PROPOSAL, proposal, now=now)
    emails.proposal_to_firm(proposal, by=by, now=now)
    engine.plan(proposal, now=now)


@transaction.atomic
def firm_accepts(proposal: Proposal, *, by, now: datetime) -> None:
    """The firm says yes too: the office prepares the traineeship."""
    refuse_lapsed(proposal, now=now)
    move(proposal, State.FIRM_OK, by=by, now=now, firm_answered_at=now)
    revoke_links(LinkPurpose.PROPOSAL, proposal, now=now)
    emails.firm_said_yes(proposal, by=by, now=now)
    engine.plan(proposal, now=now)


@transaction.atomic
def decline(proposal: Proposal, *, declined_by: str, reason: str, by, now: datetime, note: str = "") -> None:
    """Person, firm or office says no; the place of the slot is free again."""
    if not reason:
        raise DomainError(_("Choose a reason: it helps us to propose something better."), code="no_reason", field="reason")
    was_with_firm = proposal.state in (State.SENT_TO_FIRM, State.FIRM_OK)
    move(
        proposal,
        State.DECLINED,
        by=by,
        now=now,
        reason=reason,
        note=note,
        declined_by=DeclinedBy(declined_by),
        decline_reason=reason,
    )
    revoke_links(LinkPurpose.PROPOSAL, proposal, now=now)
    if was_with_firm and declined_by != DeclinedBy.PERSON:
        emails.proposal_ended(proposal, by=by, now=now)
    engine.plan(proposal, now=now)


@transaction.atomic
def answer(proposal: Proposal, *, side: str, says_yes: bool, reason: str = "", note: str = "", by, now: datetime) -> None:
    """The answer of the person or of the firm (`side`), however it arrived: by sign-in, by link, told to the office.

    Raises DomainError when it is no longer that side's turn.
    """
    proposal.refresh_from_db(fields=["state", "answer_by"])
    if proposal.waits_for != side:
        raise DomainError(_("This answer is no longer awaited: thank you."), code="not_awaited")
    if not says_yes:
        decline(proposal, declined_by=side, reason=reason, note=note, by=by, now=now)
    elif side == DeclinedBy.PERSON:
        person_accepts(proposal, by=by, now=now)
    else:
        firm_accepts(proposal, by=by, now=now)


@transaction.atomic
def answer_by_link(link: AccessLink, proposal: Proposal, *, now: datetime, **given) -> None:
    """`given` as for `answer`. The link is used up with the answer; every other link about it is closed.

    Used up first: a second tap of the person must not answer in the place of the firm, whose turn has just come.
    Raises LinkRefused when the link is no longer live.
    """
    if not AccessLink.objects.filter(pk=link.pk, used_at=None, revoked_at=None).update(used_at=now):
        raise LinkRefused("used")
    answer(proposal, by=None, now=now, **given)


def refuse_lapsed(proposal: Proposal, *, now: datetime) -> None:
    if proposal.has_lapsed_on(timezone.localdate(now)):
        raise DomainError(_("The time to answer has passed. Call us: we look together."), code="lapsed")


def expire_all(*, now: datetime) -> int:
    """The sweep: proposals nobody answered by their last day no longer keep a place."""
    lapsed = list(Proposal.objects.lapsed(timezone.localdate(now)).order_by("pk"))
    for proposal in lapsed:
        expire(proposal, now=now)
    return len(lapsed)


@transaction.atomic
def expire(proposal: Proposal, *, now: datetime) -> None:
    move(proposal, State.EXPIRED, by=None, now=now)
    revoke_links(LinkPurpose.PROPOSAL, proposal, now=now)
    engine.plan(proposal, now=now)
