"""Questions that several pages ask, about the contest and about evenings."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from oltreiperimetri.documents.calendar import Entry

from ..enums import Phase
from ..models import Criterion, Edition, Evening, Idea, Juror, Review, Score
from .ranking import Line, Vote, rank


@dataclass(frozen=True)
class Milestone:
    """A phase on the public page: its first and last day (the last may be open), and whether it is now or over."""

    phase: str
    first_day: date
    last_day: date | None
    is_now: bool
    is_over: bool

    @property
    def label(self) -> str:
        return str(Phase(self.phase).label)


def milestones(edition: Edition, today: date) -> list[Milestone]:
    now = edition.phase_on(today)
    order = list(Phase)
    days = [
        (Phase.ANNOUNCED, edition.announced_on, edition.ideas_from - timedelta(days=1)),
        (Phase.IDEAS, edition.ideas_from, edition.ideas_until),
        (Phase.REVIEW, edition.review_from, edition.review_until),
        (Phase.RESULTS, edition.results_expected_on, None),
    ]
    shown = Phase.REVIEW if now == Phase.DECISION else now
    return [
        Milestone(
            phase=phase,
            first_day=first_day,
            last_day=last_day,
            is_now=phase == shown and now != Phase.DECISION,
            is_over=order.index(phase) < order.index(now),
        )
        for phase, first_day, last_day in days
        if phase != Phase.ANNOUNCED or edition.announced_on < edition.ideas_from
    ]


def with_shares(criteria) -> list[tuple[Criterion, int]]:
    """Each criterion with its part of the whole, in per cent, rounded."""
    criteria = list(criteria)
    whole = sum(criterion.weight for criterion in criteria)
    return [(criterion, round(100 * criterion.weight / whole)) for criterion in criteria]


def jurors_with_progress(edition: Edition):
    """Each juror with `sent`, `drafts` and `stepped_aside`, by name."""
    in_contest = Idea.objects.in_contest()
    return (
        edition.jurors.select_related("user")
        .annotate(
            sent=Count("reviews", filter=Q(reviews__state=Review.State.SENT, reviews__idea__in=in_contest), distinct=True),
            drafts=Count(
                "reviews", filter=Q(reviews__state=Review.State.DRAFT, reviews__idea__in=in_contest), distinct=True
            ),
            stepped_aside=Count("abstentions", filter=Q(abstentions__idea__in=in_contest), distinct=True),
        )
        .order_by("user__last_name", "user__first_name", "pk")
    )


def ideas_for_list(ideas):
    """Rows of the office's list: author, town, and how many sent reviews."""
    sent = Count("reviews", filter=Q(reviews__state=Review.State.SENT), distinct=True)
    return (
        ideas.select_related("author", "municipality", "edition", "decision").annotate(sent_reviews=sent).order_by("number")
    )


@dataclass(frozen=True)
class RankedIdea:
    """A line of the ranking with its idea."""

    idea: Idea
    line: Line


def ranking_of(edition: Edition) -> list[RankedIdea]:
    """The ideas in the contest, best first. Only sent reviews count."""
    ideas = {
        idea.pk: idea
        for idea in edition.ideas.in_contest().select_related("edition", "decision", "author").order_by("number")
    }
    weights = dict(edition.criteria.values_list("pk", "weight"))
    lines = rank(ideas, votes_of(edition), weights, min_reviews=edition.min_reviews)
    return [RankedIdea(ideas[line.idea], line) for line in lines]


def votes_of(edition: Edition) -> list[Vote]:
    rows = Score.objects.filter(review__state=Review.State.SENT, review__idea__edition=edition).values_list(
        "review__idea", "review__juror", "criterion", "value"
    )
    votes: dict[tuple[int, int], dict[int, int]] = {}
    for idea, juror, criterion, value in rows.order_by("review", "criterion"):
        votes.setdefault((idea, juror), {})[criterion] = value
    return [Vote(idea, juror, scores) for (idea, juror), scores in votes.items()]


def is_full_panel(edition: Edition) -> bool:
    """Whether every juror read every idea, but for those who stepped aside."""
    ideas = edition.ideas.in_contest().count()
    return all(juror.sent + juror.stepped_aside >= ideas for juror in jurors_with_progress(edition))


def jury_total(edition: Edition) -> tuple[int, int]:
    """(reviews sent, reviews expected) of the whole jury."""
    ideas = edition.ideas.in_contest().count()
    jurors: list[Juror] = list(jurors_with_progress(edition))
    return sum(juror.sent for juror in jurors), sum(ideas - juror.stepped_aside for juror in jurors)


def calendar_entry(evening: Evening, *, url: str) -> Entry:
    """The appointment: the same `uid` for life, a growing sequence, cancelled ones said so."""
    return Entry(
        uid=f"{evening.uid}@oltreiperimetri",
        title=evening.title,
        starts_at=evening.starts_at,
        ends_at=evening.ends_at,
        place=evening.where,
        description=evening.description,
        url=url,
        sequence=evening.sequence,
        is_cancelled=evening.is_cancelled,
    )
