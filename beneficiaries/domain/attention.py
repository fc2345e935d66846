"""What of the queue needs somebody today: the first few of each sort, and how many there are, in one query."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Count, F, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from oltreiperimetri.shared.dates import at_rome

from ..models import Application
from . import queries
from .untouched import unassigned, untouched
from .window import SOON_DAYS, too_young

State = Application.State


@dataclass(frozen=True)
class Sort:
    """The first `rows` of a sort, and how many there are `in_all`."""

    rows: tuple[Application, ...]
    in_all: int


def sorts(today: date) -> dict[str, tuple[QuerySet, str]]:
    """By name: which applications, and the field that orders them."""
    everybody = Application.objects.all()
    return {
        "late": (queries.overdue(everybody, today=today), "due_on"),
        "closing": (queries.window_closing(everybody, today=today), "last_job_ended_on"),
        "new": (everybody.filter(state=State.RECEIVED), "received_at"),
        "awaited": (everybody.filter(state=State.INFO_REQUESTED), "due_on"),
        "young": (too_young(everybody, today=today, within_days=SOON_DAYS), "received_at"),
        "unassigned": (unassigned(everybody), "received_at"),
        "untouched": (untouched(everybody, now=at_rome(today + timedelta(days=1))), "updated_at"),
        "interview": (everybody.filter(state=State.INTERVIEW), "due_on"),
    }


def needing_somebody(reach: QuerySet, *, today: date, first: int) -> dict[str, Sort]:
    """The applications of `reach` by sort; one may be in several."""
    names = sorts(today)
    rows = reach.filter(state__in=queries.OPEN_STATES)
    wanted = Q()
    for name, (which, order) in names.items():
        is_one = Case(When(pk__in=which.values("pk"), then=Value(1)), default=Value(0))
        rows = rows.annotate(**{f"is_{name}": is_one}).annotate(
            **{
                f"place_{name}": Window(
                    RowNumber(), partition_by=F(f"is_{name}"), order_by=[F(order).asc(nulls_last=True), "pk"]
                ),
                f"all_{name}": Window(Count("pk"), partition_by=F(f"is_{name}")),
            }
        )
        wanted |= Q(**{f"is_{name}": 1, f"place_{name}__lte": first})
    found = list(rows.filter(wanted).select_related("person__municipality"))
    return {name: sort_of(name, found, first) for name in names}


def sort_of(name: str, found: list[Application], first: int) -> Sort:
    rows = [row for row in found if getattr(row, f"is_{name}") and getattr(row, f"place_{name}") <= first]
    rows.sort(key=lambda row: getattr(row, f"place_{name}"))
    return Sort(tuple(rows), getattr(rows[0], f"all_{name}") if rows else 0)
