"""The arithmetic of the jury, by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest

from generazioni.domain.queries import is_full_panel, jury_total, ranking_of
from generazioni.domain.ranking import Line, Vote, rank, total
from tests.factories.generazioni import EditionFactory, IdeaFactory, JurorFactory, ReviewFactory

WEIGHTS = {1: 60, 2: 40}


def votes(idea, *pairs):
    return [Vote(idea, juror, {1: first, 2: second}) for juror, (first, second) in enumerate(pairs)]


def test_total_weighs_the_scores_from_0_to_100():
    assert total({1: 10, 2: 10}, WEIGHTS) == 100
    assert total({1: 0, 2: 0}, WEIGHTS) == 0
    assert total({1: 8, 2: 3}, WEIGHTS) == Fraction(60 * 8 + 40 * 3, 10)


def test_gap_is_not_a_zero():
    assert total({1: 8}, WEIGHTS) == 80


def test_line_says_mean_spread_and_number_of_reviews():
    assert rank([7], votes(7, (8, 8), (6, 6), (7, 7)), WEIGHTS, min_reviews=3) == [
        Line(7, reviews=3, mean=Decimal("70.0"), spread=Decimal("10.0"), rank=1, is_tied=False, is_disputed=False)
    ]


def test_best_comes_first_and_ties_share_their_rank():
    cast = votes(1, (5, 5)) + votes(2, (9, 9)) + votes(3, (5, 5)) + votes(4, (1, 1))
    lines = rank([1, 2, 3, 4], cast, WEIGHTS, min_reviews=1)
    assert [(line.idea, line.rank, line.is_tied) for line in lines] == [
        (2, 1, False),
        (1, 2, True),
        (3, 2, True),
        (4, 4, False),
    ]


def test_difference_that_is_not_shown_is_a_tie():
    weights = {1: 1000, 2: 1}
    cast = [Vote(1, 1, {1: 5, 2: 5}), Vote(2, 1, {1: 5, 2: 6})]
    assert [line.is_tied for line in rank([1, 2], cast, weights, min_reviews=1)] == [True, True]


def test_too_few_reviews_give_no_rank_however_high_the_mean():
    cast = votes(1, (10, 10), (10, 10)) + votes(2, (4, 4), (4, 4), (4, 4))
    lines = rank([1, 2, 3], cast, WEIGHTS, min_reviews=3)
    assert [(line.idea, line.rank, line.reviews) for line in lines] == [(2, 1, 3), (1, None, 2), (3, None, 0)]
    assert lines[2].mean is None


@pytest.mark.parametrize(("highest", "disputed"), [(8, False), (9, True)])
def test_wide_disagreement_on_one_criterion_is_flagged(highest, disputed):
    line = rank([1], votes(1, (2, 5), (highest, 5)), WEIGHTS, min_reviews=1)[0]
    assert line.is_disputed is disputed


def test_order_of_the_reviews_does_not_matter():
    cast = votes(1, (3, 4), (9, 2)) + votes(2, (6, 6), (5, 8))
    assert rank([1, 2], cast, WEIGHTS, min_reviews=1) == rank([1, 2], cast[::-1], WEIGHTS, min_reviews=1)


@pytest.mark.django_db
def test_ranking_counts_only_sent_reviews_of_ideas_in_the_contest():
    edition = EditionFactory(phase="decision", min_reviews=1)
    first, second, withdrawn = [IdeaFactory(sent=True, edition=edition) for _ in range(3)]
    seat, other = JurorFactory(edition=edition), JurorFactory(edition=edition)
    ReviewFactory(idea=first, juror=seat, score=4)
    ReviewFactory(idea=second, juror=seat, score=9)
    ReviewFactory(idea=first, juror=other, score=10, state="draft", sent_at=None)
    ReviewFactory(idea=withdrawn, juror=seat, score=10)
    withdrawn.state = "withdrawn"
    withdrawn.save()
    rows = ranking_of(edition)
    assert [(row.idea, row.line.mean, row.line.reviews) for row in rows] == [(second, 90, 1), (first, 40, 1)]
    assert jury_total(edition) == (2, 4)
    assert not is_full_panel(edition)
