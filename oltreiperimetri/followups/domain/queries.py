"""What the board and the reports ask for."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, QuerySet

from ..enums import WORKING, CheckpointState, Situation
from ..models import CALL_AFTER, COMING, GIVE_UP_AFTER, Checkpoint

GROUPS = ("coming", "waiting", "to_call", "overdue")


def group_counts(checkpoints: QuerySet, today: date) -> dict[str, int]:
    """How many of the asked checkpoints stand in each column of the board, in one query."""
    call, give_up = today - CALL_AFTER, today - GIVE_UP_AFTER
    return checkpoints.aggregate(
        coming=Count("pk", filter=Q(due_on__gt=today, due_on__lte=today + COMING)),
        waiting=Count("pk", filter=Q(due_on__lte=today, due_on__gt=call)),
        to_call=Count("pk", filter=Q(due_on__lte=call, due_on__gt=give_up)),
        overdue=Count("pk", filter=Q(due_on__lte=give_up)),
    )


def in_group(checkpoints: QuerySet, group: str, today: date) -> QuerySet:
    """One column, the longest waiting first."""
    return getattr(checkpoints, group)(today).order_by("due_on", "pk")


@dataclass(frozen=True)
class Rate:
    """What is known at one distance from the end. The shares are of all who were due: the unknown are in view."""

    months: int
    counts: Counter = field(default_factory=Counter)

    ANSWERED = (*Situation.values,)
    UNKNOWN = ("unreachable", "refused", "waived", "open")

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
    rows = (
        checkpoints.filter(due_on__lte=today)
        .order_by()
        .values_list("months", "state", "answer__situation")
        .annotate(count=Count("pk"))
    )
    counts: dict[int, Counter] = {}
    for months, state, situation, count in rows:
        key = situation or ("open" if state == CheckpointState.PLANNED else state)
        counts.setdefault(months, Counter())[key] += count
    return [Rate(months, counts[months]) for months in sorted(counts)]


def wanting_a_call(checkpoints: QuerySet) -> QuerySet:
    return checkpoints.filter(answer__wants_call=True, answer__called_back_at=None).order_by("answer__answered_at", "pk")


def checkpoints_visible_to(user) -> QuerySet:
    return Checkpoint.objects.visible_to(user)
