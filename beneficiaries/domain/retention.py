"""How long a file is kept, and which files are due for disposal. Nothing here erases: see disposal.py.

Public records are never destroyed silently (art. 169 D.Lgs. 42/2004): what is due is a list that coordinators approve.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, DateField, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, TruncDate

from oltreiperimetri.shared.dates import ROME, add_months

from ..models import Application, CaseFile, Disposal, Hold, Person
from .queries import OPEN_STATES
from .rules import orafo_rules

Ground = Disposal.Ground


def retention_months(ground: str, *, today: date) -> int:
    return orafo_rules(today)["retention_closed_case" if ground == Ground.CASE_CLOSED else "retention_rejected"]


@dataclass(frozen=True)
class Keeping:
    """How long a file is kept: the ground, the day the term counts from, the last day kept, and what holds it longer."""

    ground: str
    counted_from: date
    until: date
    hold: Hold | None = None


def not_under_way(people: QuerySet[Person]) -> QuerySet[Person]:
    """Still with a name, nothing open, not yet proposed for disposal."""
    return (
        people.exclude(audit_key=None)
        .exclude(Exists(Application.objects.filter(person=OuterRef("pk"), state__in=OPEN_STATES)))
        .exclude(Exists(CaseFile.objects.open().filter(person=OuterRef("pk"))))
    )


def last_of(rows: QuerySet, value) -> Subquery:
    return Subquery(rows.filter(person=OuterRef("pk")).order_by().values("person").annotate(last=Max(value)).values("last"))


def with_end(people: QuerySet[Person]) -> QuerySet[Person]:
    """Each with `ground` and `ended_on`: the last decision or the end of the last case, else the day we first met."""
    admitted = Application.objects.filter(person=OuterRef("pk"), state=Application.State.ADMITTED)
    cases = CaseFile.objects.filter(person=OuterRef("pk"))
    decided = last_of(Application.objects.all(), TruncDate("decided_at", tzinfo=ROME))
    closed = last_of(CaseFile.objects.all(), F("closed_on"))
    met = TruncDate("created_at", tzinfo=ROME)
    return people.annotate(
        ground=Case(
            When(Exists(admitted) | Exists(cases), then=Value(Ground.CASE_CLOSED.value)),
            default=Value(Ground.REJECTED.value),
        ),
        last_decided=Coalesce(decided, met, output_field=DateField()),
        last_closed=Coalesce(closed, decided, met, output_field=DateField()),
    ).annotate(ended_on=Case(When(last_closed__gt=F("last_decided"), then=F("last_closed")), default=F("last_decided")))


def last_end_due(months: int, *, today: date) -> date:
    """The latest day from which `months` have fully passed: their last day is before `today`."""
    day = add_months(today - timedelta(days=1), -months)
    while add_months(day + timedelta(days=1), months) < today:
        day += timedelta(days=1)
    return day


def due_for_disposal(people: QuerySet[Person], *, today: date) -> QuerySet[Person]:
    """Whose term is over, who are not held, and for whom nothing is proposed yet; the oldest first."""
    terms = {
        ground: last_end_due(retention_months(ground, today=today), today=today)
        for ground in (Ground.REJECTED, Ground.CASE_CLOSED)
    }
    over = Q()
    for ground, day in terms.items():
        over |= Q(ground=ground.value, ended_on__lte=day)
    held = Hold.objects.on(today).filter(person=OuterRef("pk"))
    proposed = Disposal.objects.filter(person=OuterRef("pk"), state=Disposal.State.PROPOSED)
    free = not_under_way(people).exclude(Exists(held)).exclude(Exists(proposed))
    return with_end(free).filter(over).order_by("ended_on", "pk")


def keeping_of(person: Person, *, today: date) -> Keeping | None:
    """How long this file is kept; None while something is under way."""
    found = with_end(not_under_way(Person.objects.filter(pk=person.pk))).first()
    if found is None:
        return None
    hold = Hold.objects.on(today).filter(person=person).order_by("-until").first()
    until = add_months(found.ended_on, retention_months(found.ground, today=today))
    return Keeping(found.ground, found.ended_on, until, hold)
