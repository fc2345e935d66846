"""Open, move and stop a plan. Due days are always counted from the anchor, never from the step before."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from oltreiperimetri.accounts.enums import LinkPurpose
from oltreiperimetri.accounts.links import revoke_links
from oltreiperimetri.audit.trail import move, record
from oltreiperimetri.followups import paths
from oltreiperimetri.reminders import engine
from oltreiperimetri.shared.dates import add_months
from oltreiperimetri.shared.errors import DomainError

from ..models import Checkpoint, FollowUpPlan

State = FollowUpPlan.State


@transaction.atomic
def open_plan(
    path: str,
    *,
    anchor_on: date,
    by,
    now: datetime,
    offsets_months: tuple[int, ...] = (),
    attach: Callable[[FollowUpPlan], None] = lambda plan: None,
) -> FollowUpPlan:
    """A plan with its checkpoints and their reminders; point the upper row at it in the same transaction.

    `attach` points the upper object at the new plan before anything is planned: the path may need its town.
    """
    plan = FollowUpPlan.objects.create(path=path, anchor_on=anchor_on)
    attach(plan)
    for months in sorted(set(offsets_months or paths.get(path).offsets_months)):
        checkpoint = plan.checkpoints.create(months=months, due_on=add_months(anchor_on, months))
        engine.plan(checkpoint, now=now)
    return plan


@transaction.atomic
def move_anchor(plan: FollowUpPlan, anchor_on: date, *, by, now: datetime) -> None:
    """Checkpoints not yet answered or decided move with the anchor; the others stay as they are."""
    locked = FollowUpPlan.objects.select_for_update().get(pk=plan.pk)
    if locked.state == State.STOPPED:
        raise DomainError(_("The monitoring was stopped: open it again first."), code="stopped")
    if locked.anchor_on == anchor_on:
        return
    before, plan.anchor_on = locked.anchor_on, anchor_on
    plan.save(update_fields=["anchor_on", "updated_at"])
    for checkpoint in lock_open(plan):
        checkpoint.due_on = add_months(anchor_on, checkpoint.months)
        checkpoint.save(update_fields=["due_on", "updated_at"])
        engine.plan(checkpoint, now=now)
    record("move_anchor", plan, by=by, changes={"anchor_on": [str(before), str(anchor_on)]}, at=now)


@transaction.atomic
def stop_plan(plan: FollowUpPlan, *, by, now: datetime, reason: str) -> None:
    """Nothing more is asked: reminders are cancelled and links closed in the same transaction."""
    if plan.state == State.STOPPED:
        return
    move(plan, State.STOPPED, by=by, now=now, note=reason)
    for checkpoint in lock_open(plan):
        engine.plan(checkpoint, now=now)
        revoke_links(LinkPurpose.FOLLOW_UP, checkpoint, now=now)


@transaction.atomic
def reopen_plan(plan: FollowUpPlan, *, by, now: datetime, reason: str) -> None:
    move(plan, State.OPEN, by=by, now=now, note=reason)
    for checkpoint in lock_open(plan):
        engine.plan(checkpoint, now=now)


def close_when_complete(plan: FollowUpPlan, *, by, now: datetime) -> None:
    """The last checkpoint decided completes the plan."""
    if plan.state == State.OPEN and not plan.checkpoints.filter(state=Checkpoint.State.PLANNED).exists():
        move(plan, State.DONE, by=by, now=now)


def lock_open(plan: FollowUpPlan) -> list[Checkpoint]:
    rows = plan.checkpoints.filter(state=Checkpoint.State.PLANNED).order_by("pk").select_for_update(of=("self",))
    checkpoints = list(rows)
    for checkpoint in checkpoints:
        checkpoint.plan = plan
    return checkpoints
