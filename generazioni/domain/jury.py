"""The jury: who sits on it, who steps aside, what each one thinks."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.accounts.models import User
from oltreiperimetri.audit.trail import move, record
from oltreiperimetri.reminders import engine
from oltreiperimetri.shared.errors import DomainError

from .. import emails
from ..models import Abstention, Criterion, Edition, Idea, Juror, Review, Score
from ..models.jury import MAX_SCORE


@transaction.atomic
def seat(edition: Edition, user: User, *, by, now: datetime) -> Juror:
    """Raises DomainError when the person is already there, has an idea in the contest, or the jury has finished."""
    if not user.has_role(Role.JUROR):
        raise DomainError(_("%(name)s is not a juror.") % {"name": user}, code="not_a_juror", field="user")
    if edition.results_published_at:
        raise DomainError(_("The results are published."), code="published")
    if edition.ideas.filter(author=user).exists():
        raise DomainError(_("%(name)s takes part in the contest.") % {"name": user}, code="is_author", field="user")
    juror, is_new = Juror.objects.get_or_create(edition=edition, user=user)
    if not is_new:
        raise DomainError(_("%(name)s is already on the jury.") % {"name": user}, code="seated", field="user")
    record("create", juror, by=by, at=now)
    emails.juror_seated(juror, now=now)
    engine.plan(juror, now=now)
    return juror


@transaction.atomic
def unseat(juror: Juror, *, by, now: datetime) -> None:
    """Only as long as nothing of what the juror wrote would be lost."""
    record("delete", juror, by=by, at=now, changes={"user": [juror.user_id, None]})
    try:
        juror.delete()
    except ProtectedError:
        raise DomainError(
            _("%(name)s has already begun to score, and stays on the jury.") % {"name": juror}, code="has_scored"
        ) from None


def refuse_closed(edition: Edition, *, today: date) -> None:
    if not edition.is_judged_on(today):
        raise DomainError(_("The jury does not score on this day."), code="closed")


@transaction.atomic
def abstain(juror: Juror, idea: Idea, *, reason: str, by, now: datetime) -> Abstention:
    """A conflict of interest: what was written on the idea disappears, and nothing more can be written."""
    refuse_closed(idea.edition, today=timezone.localdate(now))
    Juror.objects.select_for_update(of=("self",)).get(pk=juror.pk)
    for review in Review.objects.filter(juror=juror, idea=idea):
        record("delete", review, by=by, at=now)
        review.delete()
    abstention, is_new = Abstention.objects.get_or_create(
        juror=juror, idea=idea, defaults={"reason": reason, "declared_at": now}
    )
    if is_new:
        record("abstain", idea, by=by, at=now)
    return abstention


@transaction.atomic
def save_review(
    juror: Juror,
    idea: Idea,
    *,
    scores: Mapping[Criterion, int | None],
    texts: Mapping[str, str],
    send: bool,
    by,
    now: datetime,
) -> Review:
    """Keep the scores given so far; `send` needs one for each criterion. A sent review may change while the jury reads.

    Raises DomainError outside the phase, after an abstention, for a score out of range, and for a gap when sending.
    """
    refuse_closed(idea.edition, today=timezone.localdate(now))
    Juror.objects.select_for_update(of=("self",)).get(pk=juror.pk)
    refuse_conflict(juror, idea)
    refuse_bad_scores(scores)
    review = Review.objects.filter(juror=juror, idea=idea).first()
    if review is None:
        review = Review(juror=juror, idea=idea, version=idea.versions.order_by("-number").first())
    must_be_whole = send or review.state == Review.State.SENT
    if must_be_whole and any(value is None for value in scores.values()):
        raise DomainError(_("Give a score for each criterion before sending."), code="gaps")
    review.strength, review.advice = texts.get("strength", ""), texts.get("advice", "")
    review.save()
    keep_scores(review, scores)
    if send and review.state == Review.State.DRAFT:
        move(review, Review.State.SENT, by=by, now=now, sent_at=now)
    else:
        record("change", review, by=by, at=now)
    return review


def refuse_conflict(juror: Juror, idea: Idea) -> None:
    if Abstention.objects.filter(juror=juror, idea=idea).exists():
        raise DomainError(_("You stepped aside for this idea."), code="conflict")
    if idea.author_id == juror.user_id:
        raise DomainError(_("You stepped aside for this idea."), code="conflict")


def refuse_bad_scores(scores: Mapping[Criterion, int | None]) -> None:
    if any(value is not None and not 0 <= value <= MAX_SCORE for value in scores.values()):
        raise DomainError(_("A score goes from 0 to 10."), code="out_of_range")


def keep_scores(review: Review, scores: Mapping[Criterion, int | None]) -> None:
    review.scores.exclude(criterion__in=[criterion for criterion, value in scores.items() if value is not None]).delete()
    for criterion, value in scores.items():
        if value is not None:
            Score.objects.update_or_create(review=review, criterion=criterion, defaults={"value": value})


def reading_order(juror: Juror, ideas: list[Idea]) -> list[Idea]:
    """Each juror reads in an own order, always the same: nobody is always first."""
    return sorted(ideas, key=lambda idea: hashlib.sha256(f"{juror.pk}:{idea.pk}".encode()).digest())
