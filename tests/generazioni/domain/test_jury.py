"""Who scores, who steps aside, what is kept."""

import pytest

from generazioni.access import ideas_for, seat_of
from generazioni.domain import jury as verbs
from generazioni.models import Abstention, Juror, Review
from oltreiperimetri.reminders.models import Message
from oltreiperimetri.shared.errors import DomainError
from tests.factories.accounts import UserFactory
from tests.factories.generazioni import NOW, TODAY, EditionFactory, IdeaFactory, JurorFactory, ReviewFactory

pytestmark = pytest.mark.django_db
TEXTS = {"strength": "Chiara.", "advice": "Provatela."}


def refused(verb, *args, **kwargs) -> str:
    with pytest.raises(DomainError) as refusal:
        verb(*args, **kwargs)
    return refusal.value.code


@pytest.fixture
def seat():
    return JurorFactory()


@pytest.fixture
def idea(seat):
    return IdeaFactory(sent=True, edition=seat.edition)


def save(seat, idea, values, *, send=True):
    scores = dict(zip(seat.edition.criteria.all(), values, strict=True))
    return verbs.save_review(seat, idea, scores=scores, texts=TEXTS, send=send, by=seat.user, now=NOW)


def test_sent_review_keeps_scores_and_the_version_read(seat, idea):
    review = save(seat, idea, [8, 0])
    assert (review.state, review.version, review.sent_at) == (Review.State.SENT, idea.versions.get(), NOW)
    assert list(review.scores.values_list("value", flat=True)) == [8, 0]


def test_draft_may_lack_a_score_and_a_sent_review_may_not(seat, idea):
    draft = save(seat, idea, [8, None], send=False)
    assert (draft.state, draft.scores.count()) == (Review.State.DRAFT, 1)
    assert refused(save, seat, idea, [8, None]) == "gaps"


def test_sent_review_changes_but_never_becomes_partial(seat, idea):
    save(seat, idea, [8, 5])
    changed = save(seat, idea, [3, 5], send=False)
    assert (changed.state, Review.objects.count()) == (Review.State.SENT, 1)
    assert list(changed.scores.values_list("value", flat=True)) == [3, 5]
    assert refused(save, seat, idea, [None, 5], send=False) == "gaps"


@pytest.mark.parametrize("value", [-1, 11])
def test_score_out_of_range_is_refused(seat, idea, value):
    assert refused(save, seat, idea, [value, 5]) == "out_of_range"


def test_whoever_steps_aside_cannot_score_and_what_was_written_disappears(seat, idea):
    save(seat, idea, [8, 5])
    verbs.abstain(seat, idea, reason="Mio cugino", by=seat.user, now=NOW)
    assert not Review.objects.exists()
    assert refused(save, seat, idea, [8, 5]) == "conflict"
    assert Abstention.objects.get().reason == "Mio cugino"


def test_nobody_scores_outside_the_phase():
    idea = IdeaFactory(sent=True, edition__phase="decision")
    seat = JurorFactory(edition=idea.edition)
    assert refused(save, seat, idea, [8, 5]) == "closed"
    assert refused(verbs.abstain, seat, idea, reason="Parente", by=seat.user, now=NOW) == "closed"


def test_seat_counts_only_while_the_jury_reads(seat):
    earlier = JurorFactory(edition=EditionFactory(phase="decision"), user=seat.user)
    assert seat_of(seat.user, TODAY) == seat
    assert seat_of(UserFactory(juror=True), TODAY) is None
    assert seat_of(seat.user, earlier.edition.review_from) != seat


def test_juror_reads_neither_drafts_nor_the_own_idea_nor_withdrawn_ones(seat, idea):
    IdeaFactory(edition=seat.edition)
    IdeaFactory(sent=True, edition=seat.edition, author=seat.user)
    IdeaFactory(sent=True, edition=seat.edition, state="withdrawn")
    IdeaFactory(sent=True, edition=EditionFactory(phase="review"))
    assert list(ideas_for(seat)) == [idea]


def test_each_juror_reads_in_an_own_lasting_order(seat):
    ideas = [IdeaFactory(sent=True, edition=seat.edition) for _ in range(12)]
    other = JurorFactory(edition=seat.edition)
    order = verbs.reading_order(seat, ideas)
    assert order == verbs.reading_order(seat, ideas[::-1])
    assert set(order) == set(ideas)
    assert order != verbs.reading_order(other, ideas)


def test_seated_juror_is_told_once():
    edition, user, coordinator = EditionFactory(), UserFactory(juror=True), UserFactory(coordinator=True)
    verbs.seat(edition, user, by=coordinator, now=NOW)
    assert refused(verbs.seat, edition, user, by=coordinator, now=NOW) == "seated"
    assert Message.objects.get().recipient == user.email


def test_author_and_whoever_is_no_juror_do_not_sit():
    idea, coordinator = IdeaFactory(author=UserFactory(roles=["juror", "citizen"])), UserFactory(coordinator=True)
    assert refused(verbs.seat, idea.edition, idea.author, by=coordinator, now=NOW) == "is_author"
    assert refused(verbs.seat, idea.edition, UserFactory(citizen=True), by=coordinator, now=NOW) == "not_a_juror"


def test_juror_who_wrote_something_stays(seat):
    coordinator = UserFactory(coordinator=True)
    busy = ReviewFactory().juror
    verbs.unseat(seat, by=coordinator, now=NOW)
    assert refused(verbs.unseat, busy, by=coordinator, now=NOW) == "has_scored"
    assert list(Juror.objects.all()) == [busy]
