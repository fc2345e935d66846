"""The jury's arithmetic: no database, no clock.

A juror's total is the weighted mean of the scores, from 0 to 100. An idea's result is the plain mean of the totals of those
who read it: with a full panel no correction is needed, and nothing has to be explained.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import sqrt

MAX_SCORE = 10
DISPUTED_FROM = 7  # points between the highest and the lowest score on one criterion


@dataclass(frozen=True)
class Vote:
    """A sent review: {criterion: score from 0 to 10}, one for each criterion."""

    idea: int
    juror: int
    scores: Mapping[int, int]


@dataclass(frozen=True)
class Line:
    """`mean` and `spread` (standard deviation between jurors) from 0 to 100, one decimal. No rank with too few reviews."""

    idea: int
    reviews: int
    mean: Decimal | None
    spread: Decimal | None
    rank: int | None
    is_tied: bool
    is_disputed: bool


def total(scores: Mapping[int, int], weights: Mapping[int, int]) -> Fraction:
    """From 0 to 100. Only criteria with a score count: a gap is not a zero."""
    weight = sum(weights[criterion] for criterion in scores)
    return Fraction(100 * sum(weights[criterion] * score for criterion, score in scores.items()), MAX_SCORE * weight)


def rank(ideas: Iterable[int], votes: Iterable[Vote], weights: Mapping[int, int], *, min_reviews: int) -> list[Line]:
    """Best first, ties side by side in the order of `ideas`; those with too few reviews at the end, without a rank.

    Two ideas tie when their means, as shown, are equal: a hundredth of a point is no difference between two juries' moods.
    """
    by_idea = defaultdict(list)
    for vote in votes:
        by_idea[vote.idea].append(vote)
    results = {idea: measure(by_idea[idea], weights) for idea in ideas}
    counted = {idea: mean for idea, (mean, _spread, _disputed) in results.items() if len(by_idea[idea]) >= min_reviews}
    ranks = {idea: 1 + sum(other > mean for other in counted.values()) for idea, mean in counted.items()}
    shared = list(ranks.values())
    lines = [
        Line(
            idea=idea,
            reviews=len(by_idea[idea]),
            mean=mean,
            spread=spread,
            rank=ranks.get(idea),
            is_tied=idea in ranks and shared.count(ranks[idea]) > 1,
            is_disputed=disputed,
        )
        for idea, (mean, spread, disputed) in results.items()
    ]
    return sorted(lines, key=lambda line: (line.rank is None, line.rank or 0))


def measure(votes: list[Vote], weights: Mapping[int, int]) -> tuple[Decimal | None, Decimal | None, bool]:
    """Mean, spread between jurors (None with fewer than two), whether they disagree widely on a criterion."""
    if not votes:
        return None, None, False
    totals = [total(vote.scores, weights) for vote in votes]
    mean = sum(totals) / len(totals)
    spread = None
    if len(totals) > 1:
        spread = one_decimal(Fraction(sqrt(sum((value - mean) ** 2 for value in totals) / (len(totals) - 1))))
    return one_decimal(mean), spread, any(span(votes, criterion) >= DISPUTED_FROM for criterion in weights)


def span(votes: list[Vote], criterion: int) -> int:
    given = [vote.scores[criterion] for vote in votes if criterion in vote.scores]
    return max(given) - min(given) if given else 0


def one_decimal(value: Fraction) -> Decimal:
    """Rounded once, half up."""
    return Decimal(int(value * 10 + Fraction(1, 2))) / 10
