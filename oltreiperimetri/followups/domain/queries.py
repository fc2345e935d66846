"""What the board and the reports ask for."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, Count, Q, QuerySet, When, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from .. import paths
from ..enums import WORKING, CheckpointState, PlanState, Situation
from ..models import ASKS_FOR_CALL, CALL_AFTER, COMING, GIVE_UP_AFTER, Answer, Checkpoint


def answer_before(checkpoint: Checkpoint) -> Answer | None:
    """The last answer of the same plan, to start the form from; None for the first."""
    others = Answer.objects.filter(checkpoint__plan=checkpoint.plan_id).exclude(checkpoint=checkpoint)
    return others.order_by("-checkpoint__due_on", "-pk").first()


def group_counts(asked: QuerySet, today: date) -> dict[str, int]:
    """How many of the asked checkpoints stand in each column of the board, in one query."""
    call, give_up = today - CALL_AFTER, today - GIVE_UP_AFTER
    return asked.aggregate(
        coming=Count("pk", filter=Q(due_on__gt=today, due_on__lte=today + COMING)),
        waiting=Count("pk", filter=Q(due_on__lte=today, due_on__gt=call)),
        to_call=Count("pk", filter=Q(due_on__lte=call, due_on__gt=give_up)),
        overdue=Count("pk", filter=Q(due_on__lte=give_up)),
    )


# Lists of what was answered, of plans still open or not.
WHOLE_LISTS = ("call_back", "divergent")


def in_group(checkpoints: QuerySet, group: str, today: date) -> QuerySet:
    """One list, the longest waiting first: a column of the board, `late` (to call or overdue), or one of WHOLE_LISTS."""
    found = getattr(checkpoints, group)() if group in WHOLE_LISTS else getattr(checkpoints.asked(), group)(today)
    return found.order_by("due_on", "pk")


@dataclass(frozen=True)
class Rate:
    """What is known at one distance from the end, of everybody or of one group (`label`).

    The shares are of all who were due: the unknown are in view.
    """

    months: int
    counts: Counter = field(default_factory=Counter)
    label: str = ""

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def answered(self) -> int:
        return sum(self.counts[key] for key in Situation.values)

    @property
    def working(self) -> int:
        return sum(self.counts[key] for key in WORKING)

    @property
    def working_among_answers(self) -> int | None:
        """Per cent of those who answered; None without answers."""
        return round(100 * self.working / self.answered) if self.answered else None

    @property
    def working_at_least(self) -> int:
        """Per cent of all who were due, as if nobody unknown worked."""
        return round(100 * self.working / self.total) if self.total else 0

    @property
    def working_at_most(self) -> int:
        """Per cent of all who were due, as if everybody unknown worked."""
        return round(100 * (self.working + self.total - self.answered) / self.total) if self.total else 0


def outcome_rates(checkpoints: QuerySet, today: date) -> list[Rate]:
    """One Rate for each distance in months, over checkpoints already due; in one query."""
    counts: dict[int, Counter] = {}
    for months, *known, count in counted(checkpoints.filter(due_on__lte=today), "months"):
        counts.setdefault(months, Counter())[known_as(*known)] += count
    return [Rate(months, counts[months]) for months in sorted(counts)]


def outcome_rates_by(checkpoints: QuerySet, dimension: str, months: int, today: date) -> list[Rate]:
    """One Rate for each town, cohort or firm at one distance in months, by name; one query a path."""
    due = checkpoints.filter(due_on__lte=today, months=months)
    counts: dict[tuple, Counter] = {}
    for path in paths.paths_with(dimension):
        lookup = f"plan__{path.lookup(dimension)}"
        for pk, name, *known, count in counted(due.filter(plan__path=path.code), lookup, f"{lookup}__name"):
            counts.setdefault((name or "", pk), Counter())[known_as(*known)] += count
    return [Rate(months, counts[name, pk], name or _("none")) for name, pk in sorted(counts, key=by_name)]


def by_name(key: tuple) -> tuple:
    """Those that belong to none come last."""
    name, pk = key
    return (name == "", name.lower(), str(pk))


def counted(due: QuerySet, *columns: str) -> QuerySet:
    return due.order_by().values_list(*columns, "state", "answer__situation").annotate(count=Count("pk"))


def known_as(state: str, situation: str | None) -> str:
    """The column of the figures: what the person told, else how the checkpoint stands."""
    return situation or ("open" if state == CheckpointState.PLANNED else state)


def names_in(checkpoints: QuerySet, dimension: str) -> list[tuple]:
    """(pk, name) of the towns, cohorts or firms of some checkpoints; one query a path."""
    found = set()
    for path in paths.paths_with(dimension):
        lookup = f"plan__{path.lookup(dimension)}"
        rows = checkpoints.filter(plan__path=path.code, **{f"{lookup}__isnull": False}).order_by()
        found.update(rows.values_list(lookup, f"{lookup}__name").distinct())
    return sorted(found, key=lambda row: (row[1].lower(), str(row[0])))


def people_to_phone(checkpoints: QuerySet, today: date, *, first: int) -> list[Checkpoint]:
    """Who asked for a call (`asks_for_call`) and who is late to answer: the `first` of each, in one query.

    Each row carries `in_all`, how many there are of its sort.
    """
    is_late = Q(state=CheckpointState.PLANNED, plan__state=PlanState.OPEN, due_on__lte=today - CALL_AFTER)
    sort = Case(When(ASKS_FOR_CALL, then=True), default=False)
    rows = checkpoints.filter(ASKS_FOR_CALL | is_late).annotate(asks_for_call=sort)
    rows = rows.annotate(
        place=Window(RowNumber(), partition_by="asks_for_call", order_by=["due_on", "pk"]),
        in_all=Window(Count("pk"), partition_by="asks_for_call"),
    )
    return list(rows.filter(place__lte=first).with_subjects().order_by("due_on", "pk"))
