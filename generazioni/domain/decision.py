"""Outcomes: decided one by one where only staff see them, published all together."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oltreiperimetri.audit.trail import move, record
from oltreiperimetri.followups.domain.plan import open_plan
from oltreiperimetri.shared.errors import DomainError

from .. import emails
from ..enums import Phase
from ..models import Decision, Edition, Idea

INCUBATION = "generazioni.incubation"


def refuse_before_the_jury_ends(edition: Edition, *, now: datetime) -> None:
    phase = edition.phase_on(timezone.localdate(now))
    if phase == Phase.RESULTS:
        raise DomainError(_("The results are already published."), code="published")
    if phase != Phase.DECISION:
        raise DomainError(
            _("The jury reads until %(day)s: decide after that.") % {"day": f"{edition.review_until:%d/%m/%Y}"},
            code="too_early",
        )


@transaction.atomic
def decide(idea: Idea, *, outcome: str, message: str, by, now: datetime) -> Decision:
    """Replaces what was intended before. Nothing is sent."""
    refuse_before_the_jury_ends(idea.edition, now=now)
    if idea.state != Idea.State.SUBMITTED:
        raise DomainError(_("This idea is not in the contest any more."), code="not_in_contest")
    decision, _is_new = Decision.objects.update_or_create(
        idea=idea, defaults={"outcome": outcome, "message": message, "by": by, "at": now}
    )
    record("decide", idea, by=by, changes={"outcome": outcome}, at=now)
    return decision


def follow(idea: Idea, *, by, now: datetime) -> None:
    """What becomes of a chosen idea is asked from the day of the results on."""
    open_plan(INCUBATION, anchor_on=timezone.localdate(now), by=by, now=now, attach=idea.follow_by)
    idea.save(update_fields=["plan", "updated_at"])


def undecided(edition: Edition):
    return edition.ideas.filter(state=Idea.State.SUBMITTED, decision=None)


@transaction.atomic
def publish_results(edition: Edition, *, by, now: datetime) -> int:
    """Apply every decision, tell every author, open the page of the results; all or nothing. Returns how many ideas."""
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    refuse_before_the_jury_ends(locked, now=now)
    missing = undecided(locked).count()
    if missing:
        raise DomainError(
            ngettext(
                "%(count)s idea has no outcome yet: nobody is left without an answer.",
                "%(count)s ideas have no outcome yet: nobody is left without an answer.",
                missing,
            )
            % {"count": missing},
            code="undecided",
        )
    ideas = list(
        locked.ideas.filter(state=Idea.State.SUBMITTED).select_related("decision", "author", "edition").order_by("number")
    )
    if not ideas:
        raise DomainError(_("No idea was sent: there is nothing to publish."), code="empty")
    edition.results_published_at = now
    edition.save(update_fields=["results_published_at", "updated_at"])
    record("publish_results", edition, by=by, at=now)
    for idea in ideas:
        move(idea, idea.decision.outcome, by=by, now=now, note=idea.decision.message)
        if idea.state == Idea.State.CHOSEN:
            follow(idea, by=by, now=now)
        emails.idea_outcome(idea, now=now)
    return len(ideas)
