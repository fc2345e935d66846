"""The pact as it is written together: a draft, its goals, who does what by when."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import record
from oltreiperimetri.shared.errors import DomainError, refuse_unless

from ..access import may_work_with
from ..enums import Ball
from ..models import Pact, PactAction, PactGoal, Person
from .days import day_of

State = Pact.State
IN_MAKING = (State.DRAFT, State.PROPOSED)
DRAFT_DAYS = 15


def lock(pact: Pact) -> None:
    """Person first, then the pact: two versions never change at once."""
    Person.objects.select_for_update(of=("self",)).get(pk=pact.person_id)
    pact.refresh_from_db(from_queryset=Pact.objects.select_for_update(of=("self",)).select_related("person"))


def lock_in(pact: Pact, *states: str) -> None:
    lock(pact)
    if pact.state not in states:
        raise DomainError(
            _("This step is no longer possible: the pact is now “%(state)s”.") % {"state": pact.get_state_display()},
            code="changed_meanwhile",
        )


@transaction.atomic
def start_pact(person: Person, *, by, now: datetime) -> Pact:
    """The version being written; without one, a new one that begins as a copy of the agreed one."""
    refuse_unless(may_work_with(by, person))
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if found := person.pacts.filter(state__in=IN_MAKING).first():
        return found
    last = person.pacts.aggregate(last=Max("version"))["last"] or 0
    pact = Pact.objects.create(
        person=person,
        version=last + 1,
        drafted_by=by,
        ball=Ball.CASEWORKER,
        due_on=day_of(now) + timedelta(days=DRAFT_DAYS),
    )
    if agreed := agreed_pact(person):
        carry_over(agreed, pact)
    record("start_pact", pact, by=by, changes={"version": pact.version}, at=now)
    return pact


def agreed_pact(person: Person) -> Pact | None:
    return person.pacts.filter(state=State.AGREED).with_content().first()


def carry_over(agreed: Pact, pact: Pact) -> None:
    """Goals and actions, also those done: what was reached stays in sight. What was dropped stays behind."""
    for goal in agreed.goals.all():
        copy = PactGoal.objects.create(pact=pact, area=goal.area, text=goal.text)
        PactAction.objects.bulk_create(
            PactAction(
                goal=copy,
                text=one.text,
                ball=one.ball,
                partner_name=one.partner_name,
                due_on=one.due_on,
                state=one.state,
                done_on=one.done_on,
                done_by=one.done_by,
                carried_from=one,
            )
            for one in goal.actions.all()
            if one.state != PactAction.State.DROPPED
        )


@transaction.atomic
def write_goal(pact: Pact, *, area: str, text: str, goal: PactGoal | None = None, by, now: datetime) -> PactGoal:
    """Add a goal to a draft, or correct `goal`."""
    refuse_unless(may_work_with(by, pact.person))
    lock_in(pact, State.DRAFT)
    goal = goal or PactGoal(pact=pact)
    goal.area, goal.text = area, text.strip()
    goal.save()
    record("write_goal", pact, by=by, changes={"area": area}, at=now)
    return goal


@transaction.atomic
def write_action(
    goal: PactGoal,
    *,
    text: str,
    ball: str,
    partner_name: str = "",
    due_on: date,
    action: PactAction | None = None,
    by,
    now: datetime,
) -> PactAction:
    """Add to a goal of a draft who does what by when, or correct `action`. `ball`: person, caseworker or partner."""
    refuse_unless(may_work_with(by, goal.pact.person))
    lock_in(goal.pact, State.DRAFT)
    if ball == Ball.PARTNER and not partner_name.strip():
        raise DomainError(_("Say which partner."), code="empty", field="partner_name")
    if (action is None or action.due_on != due_on) and due_on < day_of(now):
        raise DomainError(_("This day has already passed."), code="past", field="due_on")
    action = action or PactAction(goal=goal)
    action.text, action.ball, action.due_on = text.strip(), ball, due_on
    action.partner_name = partner_name.strip() if ball == Ball.PARTNER else ""
    action.save()
    record("write_action", goal.pact, by=by, changes={"ball": ball, "due_on": str(due_on)}, at=now)
    return action


@transaction.atomic
def remove(part: PactGoal | PactAction, *, by, now: datetime) -> None:
    """Take a goal with its actions, or one action, out of a draft."""
    pact = part.pact if isinstance(part, PactGoal) else part.goal.pact
    refuse_unless(may_work_with(by, pact.person))
    lock_in(pact, State.DRAFT)
    record("remove_from_pact", pact, by=by, changes={"what": part._meta.model_name}, at=now)
    part.delete()
