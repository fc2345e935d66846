"""The clock moves an edition; people move its days, with a reason."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from generazioni.domain import edition as verbs
from generazioni.enums import Phase
from generazioni.models import Edition
from oltreiperimetri.shared.errors import DomainError
from tests.factories.accounts import UserFactory
from tests.factories.generazioni import NOW, TODAY, EditionFactory, IdeaFactory, ReviewFactory, days_of

pytestmark = pytest.mark.django_db
WHY = "Molti ci hanno chiesto qualche giorno in più."


@pytest.fixture
def coordinator():
    return UserFactory(coordinator=True)


def refused(verb, *args, **kwargs) -> str:
    with pytest.raises(DomainError) as refusal:
        verb(*args, **kwargs)
    return refusal.value.code


def test_phase_changes_at_the_boundary_and_not_a_day_earlier():
    edition = EditionFactory()
    day = timedelta(days=1)
    assert {
        edition.phase_on(edition.announced_on - day): Phase.PREPARATION,
        edition.phase_on(edition.announced_on): Phase.ANNOUNCED,
        edition.phase_on(edition.ideas_from - day): Phase.ANNOUNCED,
        edition.phase_on(edition.ideas_from): Phase.IDEAS,
        edition.phase_on(edition.ideas_until): Phase.IDEAS,
        edition.phase_on(edition.review_from): Phase.REVIEW,
        edition.phase_on(edition.review_until): Phase.REVIEW,
        edition.phase_on(edition.decision_from): Phase.DECISION,
        edition.phase_on(edition.results_expected_on + 100 * day): Phase.DECISION,
    } == {phase: phase for phase in Phase if phase != Phase.RESULTS}


def test_results_come_from_a_person_not_from_the_clock():
    assert EditionFactory(phase="decision", results_published_at=NOW).phase_on(TODAY) == Phase.RESULTS


def test_days_in_the_wrong_order_cannot_be_stored():
    edition = EditionFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(review_from=edition.ideas_from)


def test_current_edition_is_the_last_announced():
    EditionFactory(phase="decision")
    latest = EditionFactory(phase="announced")
    EditionFactory(phase="preparation")
    assert Edition.objects.current(TODAY) == latest


def test_new_edition_starts_from_the_last_rubric(coordinator):
    last = EditionFactory(phase="decision")
    made = verbs.prepare({"name": "Terza edizione", **days_of("preparation", TODAY)}, by=coordinator)
    shown = ("name", "weight", "guidance", "position")
    assert list(made.criteria.values_list(*shown)) == list(last.criteria.values_list(*shown))


def test_moved_day_is_kept_with_its_reason(coordinator):
    edition = EditionFactory(phase="ideas")
    old_day, new_day = edition.review_from, edition.review_from + timedelta(days=5)
    moved = verbs.move_day(edition, "review_from", new_day, reason=WHY, by=coordinator, now=NOW)
    edition.refresh_from_db()
    assert (edition.review_from, edition.ideas_until) == (new_day, new_day - timedelta(days=1))
    assert (moved.old_day, moved.new_day, moved.reason, moved.by) == (old_day, new_day, WHY, coordinator)


@pytest.mark.parametrize(
    ("boundary", "days", "code"),
    [
        ("review_from", 7, "same_day"),
        ("review_from", -1, "past"),
        ("review_from", 30, "order"),
        ("announced_on", 8, "order"),
    ],
)
def test_impossible_move_is_refused(coordinator, boundary, days, code):
    edition = EditionFactory(phase="ideas")
    new_day = TODAY + timedelta(days=days)
    assert refused(verbs.move_day, edition, boundary, new_day, reason=WHY, by=coordinator, now=NOW) == code
    assert not edition.boundary_changes.exists()


def test_texts_stay_closed_once_a_juror_has_scored(coordinator):
    edition = ReviewFactory().idea.edition
    later = {"boundary": "review_from", "new_day": TODAY + timedelta(days=3), "reason": WHY}
    assert refused(verbs.move_day, edition, **later, by=coordinator, now=NOW) == "jury_began"


def test_ideas_do_not_close_again_over_somebody_who_writes(coordinator):
    edition = IdeaFactory().edition
    later = {"boundary": "ideas_from", "new_day": TODAY + timedelta(days=3), "reason": WHY}
    assert refused(verbs.move_day, edition, **later, by=coordinator, now=NOW) == "ideas_began"


def test_days_of_a_published_edition_are_history(coordinator):
    edition = EditionFactory(phase="decision", results_published_at=NOW)
    later = {"boundary": "results_expected_on", "new_day": TODAY + timedelta(days=30), "reason": WHY}
    assert refused(verbs.move_day, edition, **later, by=coordinator, now=NOW) == "published"


def test_rubric_is_open_until_ideas_open(coordinator):
    edition = EditionFactory(phase="announced")
    added = verbs.add_criterion(
        edition, {"name": "Territorio", "weight": 20, "guidance": "0 no, 10 sì"}, by=coordinator, now=NOW
    )
    verbs.change_criterion(added, {"weight": 30}, by=coordinator, now=NOW)
    verbs.remove_criterion(edition.criteria.get(position=1), by=coordinator, now=NOW)
    assert list(edition.criteria.values_list("name", "weight")) == [("Fattibilità", 40), ("Territorio", 30)]


def test_rubric_is_locked_once_ideas_are_open(coordinator):
    edition = EditionFactory(phase="ideas")
    criterion = edition.criteria.first()
    values = {"name": "Territorio", "weight": 20, "guidance": "0 no, 10 sì"}
    assert refused(verbs.add_criterion, edition, values, by=coordinator, now=NOW) == "locked"
    assert refused(verbs.change_criterion, criterion, {"weight": 99}, by=coordinator, now=NOW) == "locked"
    assert refused(verbs.remove_criterion, criterion, by=coordinator, now=NOW) == "locked"
