"""What people ask about their own data, and the days the law gives: a month, three with a reason (GDPR, art. 12.3)."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import move, record
from oltreiperimetri.reminders import engine
from oltreiperimetri.shared.dates import add_months
from oltreiperimetri.shared.errors import DomainError, refuse_unless

from ..models import DataRequest, Person
from .application import spoken
from .notices import tell

Kind, State = DataRequest.Kind, DataRequest.State
ANSWER_MONTHS, EXTENDED_MONTHS = 1, 3


def last_day(asked_on: date, *, months: int = ANSWER_MONTHS) -> date:
    """The last day to answer, by calendar from the day of the request: asked on 31 January, by 28 or 29 February."""
    return add_months(asked_on, months)


@transaction.atomic
def ask(person: Person, kind: str, text: str, *, by, now: datetime) -> DataRequest:
    """The person asks; from now on a coordinator has a day by which to answer."""
    if kind == Kind.CORRECTION and not text.strip():
        raise DomainError(_("Write what is wrong and what is right."), code="empty", field="text")
    try:
        with transaction.atomic():
            request = DataRequest.objects.create(
                person=person,
                kind=kind,
                text=text.strip(),
                asked_at=now,
                due_on=last_day(timezone.localtime(now).date()),
            )
    except IntegrityError:
        raise DomainError(_("This request is already with us."), code="already_asked") from None
    record("ask_data", request, by=by, on_behalf_of=person, changes={"kind": kind}, at=now)
    engine.plan(request, now=now)
    return request


@transaction.atomic
def extend(request: DataRequest, reason: str, *, by, now: datetime) -> None:
    """Two more months, once, told to the person with the reason within the first month."""
    request = DataRequest.objects.select_for_update(of=("self",)).select_related("person").get(pk=request.pk)
    today = timezone.localtime(now).date()
    if request.state != State.OPEN or request.extended_at:
        raise DomainError(_("This request cannot be extended (any more)."), code="not_open")
    if today > request.due_on:
        raise DomainError(_("The month has passed: answer now."), code="too_late")
    if not reason.strip():
        raise DomainError(_("Say why: the person reads it."), code="empty", field="reason")
    asked_on = timezone.localtime(request.asked_at).date()
    before, request.due_on = str(request.due_on), last_day(asked_on, months=EXTENDED_MONTHS)
    request.extended_at, request.extension_reason = now, reason.strip()
    request.save(update_fields=["due_on", "extended_at", "extension_reason", "updated_at"])
    record("extend", request, by=by, changes={"due_on": [before, str(request.due_on)]}, at=now)
    engine.plan(request, now=now)
    words = _("We need more time for your request: we answer by %(day)s.") % {"day": spoken(request.due_on)}
    tell(request.person, _("Your request about your data"), f"{words}\n\n{reason.strip()}", by=by, now=now)


@transaction.atomic
def answer(request: DataRequest, to: str, words: str, *, by, now: datetime) -> None:
    """Done, or not possible and why: the person reads the words. Erasing is done by a disposal, never by this."""
    if to == State.GRANTED and request.kind == Kind.ERASURE:
        raise DomainError(_("A file is erased by two people: propose it first."), code="needs_disposal")
    if not words.strip():
        raise DomainError(_("Write what the person will read."), code="empty", field="answer")
    close(request, to, by=by, now=now, words=words.strip())
    tell(request.person, _("Your request about your data"), words.strip(), by=by, now=now)


@transaction.atomic
def take_back(request: DataRequest, *, by, now: datetime) -> None:
    """The person changes their mind while the request is open."""
    refuse_unless(request.person_id is not None and request.person.user_id == by.pk)
    close(request, State.WITHDRAWN, by=by, now=now)


def close(request: DataRequest, to: str, *, by, now: datetime, words: str = "") -> None:
    note = _("See the answer.") if to == State.REFUSED else ""
    move(request, to, by=by, now=now, note=note, answer=words, answered_at=now, answered_by=by)
    engine.plan(request, now=now)
