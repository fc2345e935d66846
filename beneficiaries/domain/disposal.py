"""The disposal of files: proposed by a coordinator, carried out by another, held when there is a reason, always logged."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import move, record
from oltreiperimetri.shared.dates import add_months
from oltreiperimetri.shared.errors import DomainError, refuse_unless

from ..models import DataRequest, Disposal, Hold, Person
from .data_request import close as close_request
from .erasure import erase, under_way
from .hand_over import RowResult
from .notices import tell
from .retention import due_for_disposal

State = Disposal.State
LONGEST_HOLD_MONTHS = 120


def may_dispose(user) -> bool:
    return user.sees_all_towns


def refuse_others(by) -> None:
    refuse_unless(may_dispose(by))


@transaction.atomic
def propose(person: Person, *, ground: str, due_on: date, by, now: datetime, request: DataRequest | None = None) -> Disposal:
    """Put a file on the list of what will be erased. Raises DomainError while work is open or the file is held."""
    refuse_others(by)
    today = timezone.localtime(now).date()
    waiting = under_way(person, today=today)
    if waiting:
        raise DomainError(" ".join(waiting), code="under_way")
    hold = Hold.objects.on(today).filter(person=person).first()
    if hold:
        raise DomainError(_("This file is kept until %(day)s.") % {"day": hold.until.strftime("%d/%m/%Y")}, code="held")
    try:
        with transaction.atomic():
            disposal = Disposal.objects.create(
                person=person, request=request, ground=ground, due_on=due_on, proposed_by=by, proposed_at=now
            )
    except IntegrityError:
        raise DomainError(_("This file is already on the list."), code="already_proposed") from None
    record("propose_disposal", disposal, by=by, changes={"ground": ground}, at=now)
    return disposal


def propose_due(people: Iterable[int], *, by, now: datetime) -> list[RowResult]:
    """Propose each of these people (ids) whose term is over; the others say why not."""
    refuse_others(by)
    today = timezone.localtime(now).date()
    due = {person.pk: person for person in due_for_disposal(Person.objects.filter(pk__in=list(people)), today=today)}
    results = []
    for pk in people:
        person = due.get(pk)
        if person is None:
            results.append(RowResult(_("A file that is not due (any more)"), "", "gone"))
            continue
        try:
            propose(person, ground=person.ground, due_on=person.ended_on, by=by, now=now)
        except DomainError as refusal:
            results.append(RowResult(str(person), person.get_absolute_url(), "refused", str(refusal)))
        else:
            results.append(RowResult(str(person), person.get_absolute_url(), "done"))
    return results


@transaction.atomic
def propose_asked(request: DataRequest, *, by, now: datetime) -> Disposal:
    """Grant somebody's wish to be erased: they are told now, because afterwards we know no address."""
    if request.kind != DataRequest.Kind.ERASURE or request.state != DataRequest.State.OPEN or request.person is None:
        raise DomainError(_("This request is no longer open."), code="not_open")
    today = timezone.localtime(now).date()
    disposal = propose(request.person, ground=Disposal.Ground.REQUEST, due_on=today, by=by, now=now, request=request)
    words = _("We are erasing your data, as you asked. This is our last message: once it is done, we no longer know you.")
    tell(request.person, _("Your request about your data"), words, by=by, now=now)
    return disposal


@transaction.atomic
def approve(disposal: Disposal, *, by, now: datetime) -> None:
    """A second person erases. What is left is the proof: ground, days, who decided, rows of each table."""
    refuse_others(by)
    disposal = Disposal.objects.select_for_update(of=("self",)).select_related("person").get(pk=disposal.pk)
    if disposal.state != State.PROPOSED or disposal.person is None:
        raise DomainError(_("This file has been decided about already."), code="decided")
    if disposal.proposed_by_id == by.pk:
        raise DomainError(_("You proposed it: somebody else approves."), code="same_person")
    today = timezone.localtime(now).date()
    if Hold.objects.on(today).filter(person=disposal.person).exists():
        raise DomainError(_("This file is held: lift the hold first."), code="held")
    person = disposal.person
    for request in person.data_requests.open():
        close_request(request, DataRequest.State.GRANTED, by=by, now=now)
    counts = erase(person, by=by, now=now, today=today)
    disposal.refresh_from_db()
    rows = Counter()
    for name, number in sorted(counts.items()):
        rows[name.lower()] += number
    move(disposal, State.DONE, by=by, now=now, person=None, decided_by=by, decided_at=now, erased=+rows)
    record("erase", disposal, by=by, changes={"rows": sum(rows.values())}, at=now)


@transaction.atomic
def refuse(disposal: Disposal, reason: str, *, by, now: datetime) -> None:
    """The file stays; the reason is kept. It may be proposed again."""
    refuse_others(by)
    move(disposal, State.REFUSED, by=by, now=now, note=reason.strip(), decided_by=by, decided_at=now)


@transaction.atomic
def hold(person: Person, *, reason: str, until: date, by, now: datetime) -> Hold:
    """Keep a file beyond its term, with a reason and a last day. It also takes it off the list of what will be erased."""
    refuse_others(by)
    today = timezone.localtime(now).date()
    if not reason.strip():
        raise DomainError(_("Say why: the reason is kept with the decision."), code="empty", field="reason")
    if not today <= until <= add_months(today, LONGEST_HOLD_MONTHS):
        raise DomainError(_("Choose a day from today to ten years from now."), code="day", field="until")
    for disposal in person.disposals.filter(state=State.PROPOSED):
        move(disposal, State.REFUSED, by=by, now=now, note=reason.strip(), decided_by=by, decided_at=now)
    made = Hold.objects.create(person=person, reason=reason.strip(), until=until, by=by, at=now)
    record("hold", made, by=by, changes={"until": str(until)}, at=now)
    return made


@transaction.atomic
def lift(held: Hold, *, by, now: datetime) -> None:
    refuse_others(by)
    if Hold.objects.filter(pk=held.pk, lifted_at=None).update(lifted_at=now):
        record("lift_hold", held, by=by, at=now)
