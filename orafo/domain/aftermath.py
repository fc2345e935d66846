"""After a group without a traineeship: asked how things go, until a traineeship is agreed."""

from datetime import datetime

from django.utils.translation import gettext as _

from beneficiaries.models import Person
from oltreiperimetri.followups.domain.plan import move_anchor, open_plan, reopen_plan, stop_plan
from oltreiperimetri.followups.models import FollowUpPlan

from ..enums import ATTENDED
from ..models import Membership

NO_TRAINEESHIP = "orafo.no_traineeship"


def follow_exit(membership: Membership, *, by, now: datetime) -> None:
    """Open the plan of somebody who leaves a group without a traineeship; call it in the transaction that ends the place.

    Nothing happens for who never took part, or has a traineeship agreed or closed. Of an earlier group only the newest
    exit is followed.
    """
    if not took_part(membership) or membership.person.traineeships.live().exists():
        return
    newer = _("The person has left another group since.")
    stop_following(membership.person, by=by, now=now, reason=newer, but_not=membership.plan_id)
    if membership.plan is None:
        open_plan(NO_TRAINEESHIP, anchor_on=membership.last_day, by=by, now=now, attach=membership.follow_by)
        membership.save(update_fields=["plan", "updated_at"])
        return
    if membership.plan.state == FollowUpPlan.State.STOPPED:
        reopen_plan(membership.plan, by=by, now=now, reason=_("There is no traineeship any more."))
    move_anchor(membership.plan, membership.last_day, by=by, now=now)


def took_part(membership: Membership) -> bool:
    return membership.attendances.filter(mark__in=ATTENDED).exists()


def stop_following(person: Person, *, by, now: datetime, reason: str, but_not: int | None = None) -> None:
    """A traineeship, or a newer group, asks from now on: what the earlier plan has still to ask is not asked twice."""
    plans = FollowUpPlan.objects.filter(path=NO_TRAINEESHIP, membership__person=person, state=FollowUpPlan.State.OPEN)
    for plan in plans.exclude(pk=but_not).order_by("pk"):
        stop_plan(plan, by=by, now=now, reason=reason)


def follow_again(person: Person, *, by, now: datetime) -> None:
    """The traineeship does not start after all: the last group that the person left is followed again."""
    ended = [Membership.State.COMPLETED, Membership.State.WITHDRAWN, Membership.State.EXCLUDED]
    left = person.memberships.filter(state__in=ended).select_related("cohort", "person", "plan")
    newest = max(left, key=lambda membership: membership.last_day, default=None)
    if newest:
        follow_exit(newest, by=by, now=now)
