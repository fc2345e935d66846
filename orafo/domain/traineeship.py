"""A traineeship: prepared, agreed, ended early or not, closed. Its agreement opens the follow-up plan.

The plan is opened when all agree and counts from the last day, so that the end itself needs nobody; an early end moves it.
Locks are taken in the order site, tutor, traineeship.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import move, record
from oltreiperimetri.followups.domain.plan import move_anchor, open_plan, stop_plan
from oltreiperimetri.reminders import engine
from oltreiperimetri.shared.dates import add_months
from oltreiperimetri.shared.errors import DomainError
from partners.models import Contact, Site

from .. import emails
from ..enums import NEEDED_TO_AGREE, Outcome, ReadyItem
from ..models import Proposal, ReadyTick, Traineeship
from .aftermath import follow_again, stop_following
from .placement import problems
from .rules import rules_on

State = Traineeship.State
PATH = "orafo.traineeship"


def usual_end(starts_on: date) -> date:
    """The last day of three months by calendar: from 15 January to 14 April."""
    return add_months(starts_on, rules_on(starts_on)["programme_months"]) - timedelta(days=1)


@transaction.atomic
def prepare(proposal: Proposal, values: Mapping, *, by, now: datetime) -> Traineeship:
    """Both said yes: write the traineeship down. It counts for nobody's days until all agree."""
    traineeship = Traineeship(
        person=proposal.person,
        proposal=proposal,
        membership=proposal.membership,
        slot=proposal.slot,
        organisation=proposal.slot.organisation,
        site=proposal.slot.site,
        **values,
    )
    refuse_problems(traineeship)
    move(proposal, Proposal.State.ACCEPTED, by=by, now=now)
    traineeship.save()
    record("create", traineeship, by=by, changes={"state": [None, State.DRAFT]}, at=now)
    engine.plan(traineeship, now=now)
    return traineeship


@transaction.atomic
def change(traineeship: Traineeship, values: Mapping, *, by, now: datetime) -> list[str]:
    """Change what is still in preparation; returns the names of what changed."""
    stored = Traineeship.objects.select_for_update(of=("self",)).get(pk=traineeship.pk)
    if stored.state != State.DRAFT:
        raise DomainError(_("All have agreed: it can no longer be changed."), code="not_draft")
    changed = [name for name, value in values.items() if getattr(stored, name) != value]
    for name, value in values.items():
        setattr(traineeship, name, value)
    if changed:
        refuse_problems(traineeship)
        traineeship.save(update_fields=[*changed, "updated_at"])
        record("change", traineeship, by=by, changes=dict.fromkeys(changed, "changed"), at=now)
        engine.plan(traineeship, now=now)
    return changed


def refuse_problems(traineeship: Traineeship) -> None:
    found = problems(traineeship)
    if found:
        raise DomainError(" ".join(found), code="not_possible")


@transaction.atomic
def tick(traineeship: Traineeship, item: str, *, done_on: date, by, now: datetime) -> ReadyTick:
    """Something of the checklist is in order since a day."""
    if traineeship.state not in (State.DRAFT, State.AGREED):
        raise DomainError(_("This traineeship is closed."), code="closed")
    ready, _created = ReadyTick.objects.update_or_create(
        traineeship=traineeship, item=ReadyItem(item), defaults={"done_on": done_on, "noted_by": by}
    )
    record("tick", traineeship, by=by, changes={"item": str(item), "done_on": str(done_on)}, at=now)
    engine.plan(traineeship, now=now)
    return ready


@transaction.atomic
def untick(traineeship: Traineeship, item: str, *, by, now: datetime) -> None:
    if traineeship.state == State.AGREED and item in NEEDED_TO_AGREE:
        raise DomainError(_("All have agreed on these papers: they stay."), code="agreed")
    deleted, _rows = traineeship.ticks.filter(item=item).delete()
    if deleted:
        record("untick", traineeship, by=by, changes={"item": str(item)}, at=now)
        engine.plan(traineeship, now=now)


def agree(traineeship: Traineeship, *, by, now: datetime) -> None:
    """Everything is signed: the days now count for person, site and tutor, and the follow-up plan opens.

    Raises DomainError with every reason why not.
    """
    try:
        with transaction.atomic():
            lock_around(traineeship)
            refuse_problems(traineeship)
            refuse_missing_papers(traineeship)
            open_plan(PATH, anchor_on=traineeship.ends_on, by=by, now=now, attach=traineeship.follow_by)
            move(traineeship, State.AGREED, by=by, now=now, plan=traineeship.plan)
            stop_following(traineeship.person, by=by, now=now, reason=_("A traineeship was agreed."))
            engine.plan(traineeship, now=now)
            emails.traineeship_agreed(traineeship, by=by, now=now)
    except IntegrityError as error:
        raise DomainError(
            _("This person already has a traineeship in these days."), code="overlap", field="starts_on"
        ) from error


def lock_around(traineeship: Traineeship) -> None:
    """Who places at the same site or with the same tutor waits here."""
    Site.objects.select_for_update(of=("self",), no_key=True).get(pk=traineeship.site_id)
    Contact.objects.select_for_update(of=("self",), no_key=True).get(pk=traineeship.host_tutor_id)


def refuse_missing_papers(traineeship: Traineeship) -> None:
    done = set(traineeship.ticks.values_list("item", flat=True))
    missing = [str(item.label) for item in NEEDED_TO_AGREE if item not in done]
    if missing:
        raise DomainError(
            _("Before all can agree this must be in order: %(items)s.") % {"items": ", ".join(missing)}, code="papers"
        )


@transaction.atomic
def void(traineeship: Traineeship, *, by, now: datetime, note: str) -> None:
    """It does not start, or should not have been written: its days no longer count, nothing more is asked."""
    if traineeship.state == State.AGREED and traineeship.starts_on <= timezone.localdate(now):
        raise DomainError(_("It has already started: end it early, with the last day that was worked."), code="started")
    move(traineeship, State.VOID, by=by, now=now, note=note)
    if traineeship.plan:
        stop_plan(traineeship.plan, by=by, now=now, reason=note)
        follow_again(traineeship.person, by=by, now=now)
    engine.plan(traineeship, now=now)


@transaction.atomic
def end_early(traineeship: Traineeship, *, last_day: date, ended_by: str, reason: str, by, now: datetime) -> None:
    """The last day comes before the agreed one; the follow-up now counts from it."""
    stored = Traineeship.objects.select_for_update(of=("self",)).get(pk=traineeship.pk)
    if stored.state != State.AGREED:
        raise DomainError(_("Only an agreed traineeship can end early."), code="not_agreed")
    if not stored.starts_on <= last_day < stored.ends_on:
        raise DomainError(
            _("The last day must be from %(first)s to the day before %(last)s.")
            % {"first": stored.starts_on.strftime("%d/%m/%Y"), "last": stored.ends_on.strftime("%d/%m/%Y")},
            code="outside",
            field="last_day",
        )
    traineeship.early_end_on, traineeship.early_end_by, traineeship.early_end_reason = last_day, ended_by, reason
    traineeship.save(update_fields=["early_end_on", "early_end_by", "early_end_reason", "updated_at"])
    record(
        "end_early",
        traineeship,
        by=by,
        changes={"last_day": [str(stored.effective_end), str(last_day)], "by": ended_by, "reason": reason},
        at=now,
    )
    move_anchor(traineeship.plan, last_day, by=by, now=now)
    engine.plan(traineeship, now=now)


@transaction.atomic
def close(traineeship: Traineeship, *, outcome: str, by, now: datetime) -> None:
    """It is over: say how it ended. The follow-up plan is already running."""
    today = timezone.localdate(now)
    if not traineeship.is_over_on(today):
        raise DomainError(_("It can be closed from the day after its last day."), code="not_over")
    if outcome == Outcome.COMPLETED and traineeship.early_end_on:
        raise DomainError(_("It ended early: choose how it really ended."), code="ended_early", field="outcome")
    if outcome == Outcome.EARLY_END and not traineeship.early_end_on:
        raise DomainError(
            _("Write down the early end first, with its day and reason."), code="no_early_end", field="outcome"
        )
    move(traineeship, State.CLOSED, by=by, now=now, outcome=outcome, closed_on=today)
    engine.plan(traineeship, now=now)
