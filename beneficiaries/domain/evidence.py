"""What a person's papers prove, and since when: declared by the person, seen by the office, verified with who issued them.

A certificate of a public body counts for six months (DPR 445/2000, art. 41); an identity card for ten years (DL 112/2008,
art. 31); a health card for six; an ISEE until the end of its year. Where the paper says another day, that day counts.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import move, record
from oltreiperimetri.reminders import engine
from oltreiperimetri.shared.dates import add_months
from oltreiperimetri.shared.errors import DomainError, refuse_unless

from ..access import may_add_document, may_check_document
from ..enums import CheckedHow, Evidence, SetAsideReason
from ..models import Person, PersonDocument
from .acts import tell_act

Kind, State = PersonDocument.Kind, PersonDocument.State
VALID_MONTHS = {Kind.IDENTITY: 120, Kind.TAX_CARD: 72, Kind.RESIDENCE: 6, Kind.UNEMPLOYMENT: 6}
LATEST_PROMISE_DAYS = 60
MOST_DOCUMENTS = 60  # of one person
WORTH = {State.DECLARED: Evidence.DECLARED, State.SEEN: Evidence.SEEN, State.VERIFIED: Evidence.VERIFIED}
RANKS = list(Evidence)


def default_expiry(kind: str, issued_on: date | None) -> date | None:
    """The last day on which a paper of this kind counts, as far as the law says; None where it depends on the paper."""
    if issued_on is None:
        return None
    if kind == Kind.ISEE:
        return date(issued_on.year, 12, 31)
    months = VALID_MONTHS.get(kind)
    return add_months(issued_on, months) if months else None


def worth_of(paper: PersonDocument, on: date) -> Evidence:
    """What one paper is worth on a day."""
    if paper.state not in WORTH:
        return Evidence.NONE
    return Evidence.EXPIRED if paper.has_expired_on(on) else WORTH[paper.state]


def strongest(papers: Iterable[PersonDocument], on: date) -> Evidence:
    """The most that these papers are worth on a day: of two the one that still counts, then the one better checked."""
    return max((worth_of(paper, on) for paper in papers), key=RANKS.index, default=Evidence.NONE)


def evidence_state(person: Person, kinds: Collection[str], on: date) -> Evidence:
    """What the person's papers of any of these kinds are worth on a day. One query."""
    return strongest(person.documents.in_use().filter(kind__in=kinds), on)


def evidence_states(person: Person, on: date) -> dict[str, Evidence]:
    """Kind -> what the person's papers of that kind are worth on a day, for every kind. One query in all."""
    papers = list(person.documents.in_use())
    return {kind.value: strongest((paper for paper in papers if paper.kind == kind), on) for kind in Kind}


@transaction.atomic
def declare(
    person: Person,
    *,
    kind: str,
    description: str = "",
    issued_on: date | None = None,
    expires_on: date | None = None,
    awaited_on: date | None = None,
    how: str = "",
    by,
    now: datetime,
) -> PersonDocument:
    """Write down a paper without a copy: one that the person says to have, with `awaited_on` promised for that day,
    or with `how` one that the office has before it.
    """
    refuse_unless(may_add_document(by, person))
    must_be_named(kind, description)
    must_have_room(person, field="kind")
    must_be_a_promise(awaited_on, today=timezone.localtime(now).date())
    if how and awaited_on:
        raise DomainError(_("A paper that is already here is not awaited."), code="here", field="awaited_on")
    paper = PersonDocument.objects.create(
        person=person,
        kind=kind,
        description=description.strip(),
        awaited_on=awaited_on,
        added_by=by,
        added_at=now,
        **validity(kind, issued_on, expires_on),
    )
    record(
        "declare_document", paper, by=by, changes={"kind": str(kind), "awaited_on": awaited_on and str(awaited_on)}, at=now
    )
    if how:
        check_paper(paper, how, issued_on=issued_on, expires_on=expires_on, by=by, now=now)
    else:
        engine.plan(paper, now=now)
    return paper


def must_be_named(kind: str, description: str) -> None:
    if kind == Kind.OTHER and not description.strip():
        raise DomainError(_("Say in a few words what this document is."), code="empty", field="description")


def must_have_room(person: Person, *, field: str) -> None:
    """Locks the person: two senders at once do not pass the last place together."""
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if person.documents.count() >= MOST_DOCUMENTS:
        raise DomainError(
            _("There are already %(count)s documents: call us before you send others.") % {"count": MOST_DOCUMENTS},
            code="too_many",
            field=field,
        )


def must_be_a_promise(day: date | None, *, today: date) -> None:
    if day is None:
        return
    if day < today:
        raise DomainError(_("This day is past."), code="past", field="awaited_on")
    if day > today + timedelta(days=LATEST_PROMISE_DAYS):
        raise DomainError(
            _("Choose a day within %(days)d days: later, call us.") % {"days": LATEST_PROMISE_DAYS},
            code="too_late",
            field="awaited_on",
        )


def validity(kind: str, issued_on: date | None, expires_on: date | None) -> dict[str, date | None]:
    """From when to when, with the law's term where the paper says none."""
    if issued_on and expires_on and expires_on < issued_on:
        raise DomainError(_("The last day of validity comes before the day of issue."), code="order", field="expires_on")
    return {"issued_on": issued_on, "expires_on": expires_on or default_expiry(kind, issued_on)}


@transaction.atomic
def check_paper(
    paper: PersonDocument,
    how: str,
    *,
    issued_on: date | None = None,
    expires_on: date | None = None,
    by,
    now: datetime,
) -> None:
    """The office has seen the paper, or (`CheckedHow.OFFICE`) has asked whoever issued it, which verifies it."""
    must_be_checked_by(by, paper)
    target = State.VERIFIED if how == CheckedHow.OFFICE else State.SEEN
    dates = validity(paper.kind, issued_on, expires_on)
    move(paper, target, by=by, now=now, how=how, checked_by=by, checked_at=now, awaited_on=None, **dates)
    engine.plan(paper, now=now)


@transaction.atomic
def set_aside(paper: PersonDocument, reason: str, *, by, now: datetime) -> None:
    """This paper proves nothing: it stays, with the reason."""
    must_be_checked_by(by, paper)
    move(paper, State.SET_ASIDE, by=by, now=now, reason=reason)
    engine.plan(paper, now=now)
    body = _("We set this paper aside: %(paper)s. The reason: %(reason)s.")
    told = {"paper": paper.get_kind_display(), "reason": SetAsideReason(reason).label}
    tell_act(paper.person, _("A paper that does not count"), body % told, by=by, now=now)


@transaction.atomic
def take_up_again(paper: PersonDocument, *, by, now: datetime) -> None:
    """A paper set aside counts again as declared: it has to be looked at anew."""
    must_be_checked_by(by, paper)
    move(paper, State.DECLARED, by=by, now=now, how="", checked_by=None, checked_at=None, awaited_on=None)


def must_be_checked_by(user, paper: PersonDocument) -> None:
    refuse_unless(may_check_document(user, paper))
