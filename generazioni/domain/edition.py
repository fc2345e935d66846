"""A round of the contest: prepared, its days moved with a reason, its rubric locked when ideas open."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import record
from oltreiperimetri.reminders import engine
from oltreiperimetri.shared.errors import DomainError
from partners.domain import changes

from ..enums import Phase
from ..models import BoundaryChange, Criterion, Edition, Idea, Review
from ..models.edition import BOUNDARIES

MOVABLE = (*BOUNDARIES.values(), "results_expected_on")
COPIED = ("name", "guidance", "weight", "position")


@transaction.atomic
def prepare(values: Mapping, *, by) -> Edition:
    """A new edition, with the rubric of the last one to start from."""
    last = Edition.objects.order_by("-announced_on", "-pk").first()
    edition = Edition.objects.create(**values)
    for criterion in last.criteria.all() if last else ():
        Criterion.objects.create(edition=edition, **{name: getattr(criterion, name) for name in COPIED})
    record("create", edition, by=by)
    return edition


def change(edition: Edition, values: Mapping, *, by) -> list[str]:
    """Name and introduction."""
    return changes.apply(edition, values, by=by)


@transaction.atomic
def move_day(edition: Edition, boundary: str, new_day: date, *, reason: str, by, now: datetime) -> BoundaryChange:
    """Move one of MOVABLE. Raises DomainError when history would change under somebody's feet."""
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    old_day = getattr(locked, boundary)
    refuse_impossible_move(locked, boundary, new_day, today=timezone.localdate(now))
    setattr(edition, boundary, new_day)
    refuse_wrong_order(edition)
    edition.save(update_fields=[boundary, "updated_at"])
    moved = BoundaryChange.objects.create(
        edition=edition, boundary=boundary, old_day=old_day, new_day=new_day, reason=reason, by=by, at=now
    )
    for waiting in (*edition.jurors.all(), *edition.ideas.filter(state=Idea.State.DRAFT)):
        engine.plan(waiting, now=now)
    record("move_day", edition, by=by, changes={boundary: [str(old_day), str(new_day)]}, at=now)
    return moved


def refuse_impossible_move(edition: Edition, boundary: str, new_day: date, *, today: date) -> None:
    if edition.results_published_at:
        raise DomainError(_("The results are published: the days of this edition are history."), code="published")
    if new_day == getattr(edition, boundary):
        raise DomainError(_("This is already the day."), code="same_day", field="new_day")
    if new_day < today:
        raise DomainError(_("Choose today or a later day: the past cannot be moved."), code="past", field="new_day")
    reopens = getattr(edition, boundary) <= today < new_day
    if reopens and boundary == BOUNDARIES[Phase.REVIEW] and Review.objects.filter(idea__edition=edition).exists():
        raise DomainError(
            _("The jury has begun to score: the texts cannot be opened again."), code="jury_began", field="new_day"
        )
    if reopens and boundary == BOUNDARIES[Phase.IDEAS] and edition.ideas.exists():
        raise DomainError(_("Somebody is already writing an idea."), code="ideas_began", field="new_day")


def refuse_wrong_order(edition: Edition) -> None:
    days = [edition.announced_on, edition.ideas_from, edition.review_from, edition.decision_from]
    follows = days[0] <= days[1] < days[2] < days[3] <= edition.results_expected_on
    if not follows:
        raise DomainError(
            _("The days must follow each other: announced, ideas, jury, end of the jury, results."),
            code="order",
            field="new_day",
        )


def refuse_locked_rubric(edition: Edition, *, today: date) -> None:
    if edition.phase_on(today) not in {Phase.PREPARATION, Phase.ANNOUNCED}:
        raise DomainError(
            _("The rubric is locked: people have begun to write knowing how they will be judged."), code="locked"
        )


@transaction.atomic
def add_criterion(edition: Edition, values: Mapping, *, by, now: datetime) -> Criterion:
    refuse_locked_rubric(edition, today=timezone.localdate(now))
    criterion = Criterion.objects.create(edition=edition, position=edition.criteria.count() + 1, **values)
    record("create", criterion, by=by, at=now)
    return criterion


def change_criterion(criterion: Criterion, values: Mapping, *, by, now: datetime) -> list[str]:
    refuse_locked_rubric(criterion.edition, today=timezone.localdate(now))
    return changes.apply(criterion, values, by=by)


@transaction.atomic
def remove_criterion(criterion: Criterion, *, by, now: datetime) -> None:
    refuse_locked_rubric(criterion.edition, today=timezone.localdate(now))
    record("delete", criterion, by=by, at=now)
    criterion.delete()
