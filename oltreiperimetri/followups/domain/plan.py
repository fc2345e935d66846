"""Open, change, move and stop a plan. Due days are always counted from the anchor, never from the step before."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.accounts.enums import LinkPurpose
from oltreiperimetri.accounts.links import revoke_links
from oltreiperimetri.audit.trail import move, record
from oltreiperimetri.followups import paths
from oltreiperimetri.reminders import engine
from oltreiperimetri.shared.dates import add_months
from oltreiperimetri.shared.errors import DomainError

from ..models import LAST_MONTH, MOST_SHIFTED, Checkpoint, FollowUpPlan, Witness

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
        create_checkpoint(plan, months, now=now)
    return plan


def create_checkpoint(plan: FollowUpPlan, months: int, *, now: datetime) -> Checkpoint:
    """With its witness where the path wants one, and the reminders of both."""
    checkpoint = Checkpoint.objects.create(plan=plan, months=months, due_on=add_months(plan.anchor_on, months))
    beside = paths.get(plan.path).beside
    if beside and months in beside.months:
        Witness.objects.create(checkpoint=checkpoint)
    plan_reminders(checkpoint, now=now)
    return checkpoint


def plan_reminders(checkpoint: Checkpoint, *, now: datetime) -> None:
    """The reminders of the checkpoint and of who is asked beside the person."""
    engine.plan(checkpoint, now=now)
    witness = getattr(checkpoint, "witness", None)
    if witness:
        witness.checkpoint = checkpoint
        engine.plan(witness, now=now)


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
        put_where_the_plan_says(checkpoint, now=now)
    record("move_anchor", plan, by=by, changes={"anchor_on": [str(before), str(anchor_on)]}, at=now)


def put_where_the_plan_says(checkpoint: Checkpoint, *, now: datetime) -> None:
    checkpoint.due_on = checkpoint.due_by_the_plan
    checkpoint.save(update_fields=["due_on", "shift_days", "updated_at"])
    plan_reminders(checkpoint, now=now)


@transaction.atomic
def add_checkpoint(plan: FollowUpPlan, months: int, *, by, now: datetime) -> Checkpoint:
    """One more question for this subject only. A completed plan is open again; a stopped one refuses."""
    locked = FollowUpPlan.objects.select_for_update().get(pk=plan.pk)
    if locked.state == State.STOPPED:
        raise DomainError(_("The monitoring was stopped: open it again first."), code="stopped")
    if not 1 <= months <= LAST_MONTH:
        raise DomainError(
            _("Choose a number of months from 1 to %(last)s.") % {"last": LAST_MONTH}, code="out_of_range", field="months"
        )
    if plan.checkpoints.filter(months=months).exists():
        raise DomainError(_("This checkpoint is in the plan already."), code="there_already", field="months")
    due_on = add_months(locked.anchor_on, months)
    refuse_the_past(due_on, today=timezone.localdate(now), field="months")
    if locked.state == State.DONE:
        move(plan, State.OPEN, by=by, now=now)
    checkpoint = create_checkpoint(plan, months, now=now)
    record("add_checkpoint", plan, by=by, changes={"months": months, "due_on": str(due_on)}, at=now)
    return checkpoint


@transaction.atomic
def move_checkpoint(checkpoint: Checkpoint, due_on: date, *, by, now: datetime) -> None:
    """Ask some days earlier or later; it stays the checkpoint of its month, and follows the anchor if that moves."""
    plan = FollowUpPlan.objects.select_for_update().get(pk=checkpoint.plan_id)
    stored = Checkpoint.objects.select_for_update(of=("self",)).get(pk=checkpoint.pk)
    if plan.state != State.OPEN or stored.state != Checkpoint.State.PLANNED:
        raise DomainError(_("This checkpoint is settled already."), code="settled")
    if due_on == stored.due_on:
        return
    refuse_the_past(due_on, today=timezone.localdate(now), field="due_on")
    days = (due_on - add_months(plan.anchor_on, stored.months)).days
    if abs(days) > MOST_SHIFTED:
        raise DomainError(
            _("At most four weeks from the day of the plan: for another time add a checkpoint."),
            code="too_far",
            field="due_on",
        )
    checkpoint.plan, checkpoint.shift_days = plan, days
    put_where_the_plan_says(checkpoint, now=now)
    record("move_checkpoint", checkpoint, by=by, changes={"due_on": [str(stored.due_on), str(due_on)]}, at=now)


def refuse_the_past(due_on: date, *, today: date, field: str) -> None:
    if due_on < today:
        raise DomainError(_("This day has passed: choose a day to come."), code="past", field=field)


@transaction.atomic
def stop_plan(plan: FollowUpPlan, *, by, now: datetime, reason: str) -> None:
    """Nothing more is asked: reminders are cancelled and links closed in the same transaction."""
    if plan.state == State.STOPPED:
        return
    move(plan, State.STOPPED, by=by, now=now, note=reason)
    for checkpoint in plan.checkpoints.order_by("pk").select_for_update(of=("self",)):
        checkpoint.plan = plan
        plan_reminders(checkpoint, now=now)
        close_links(checkpoint, now=now)


@transaction.atomic
def reopen_plan(plan: FollowUpPlan, *, by, now: datetime, reason: str) -> None:
    move(plan, State.OPEN, by=by, now=now, note=reason)
    for checkpoint in lock_open(plan):
        plan_reminders(checkpoint, now=now)


def close_when_complete(plan: FollowUpPlan, *, by, now: datetime) -> None:
    """The last checkpoint decided completes the plan."""
    if plan.state == State.OPEN and not plan.checkpoints.filter(state=Checkpoint.State.PLANNED).exists():
        move(plan, State.DONE, by=by, now=now)


def close_links(checkpoint: Checkpoint, *, now: datetime) -> None:
    revoke_links(LinkPurpose.FOLLOW_UP, checkpoint, now=now)
    witness = getattr(checkpoint, "witness", None)
    if witness:
        revoke_links(LinkPurpose.WITNESS, witness, now=now)


def lock_open(plan: FollowUpPlan) -> list[Checkpoint]:
    rows = plan.checkpoints.filter(state=Checkpoint.State.PLANNED).order_by("pk").select_for_update(of=("self",))
    checkpoints = list(rows)
    for checkpoint in checkpoints:
        checkpoint.plan = plan
    return checkpoints
