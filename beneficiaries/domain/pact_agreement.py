"""A pact is read, agreed, looked at again and ends; whoever has something to do ticks it."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import move, record
from oltreiperimetri.reminders import engine
from oltreiperimetri.shared.errors import DomainError, refuse_unless

from ..access import may_work_with
from ..enums import Ball
from ..models import Pact, PactAction, PactGoal, Person
from .days import day_of
from .notes import write_note
from .notices import tell
from .pact import DRAFT_DAYS, IN_MAKING, State, agreed_pact, lock_in

CHANGE_DAYS = 7


def is_own(person: Person, by) -> bool:
    return by is not None and person.user_id is not None and person.user_id == by.pk


def check_complete(pact: Pact) -> None:
    """At least one goal, and for each goal somebody who does something."""
    goals = list(PactGoal.objects.filter(pact=pact).prefetch_related("actions"))
    if not goals:
        raise DomainError(_("Write at least one goal first."), code="no_goal")
    if any(not goal.actions.all() for goal in goals):
        raise DomainError(_("One goal has no action yet: say who does what, or take it away."), code="no_action")


def check_review(review_on: date, *, now: datetime) -> None:
    if review_on <= day_of(now):
        raise DomainError(_("Choose a day to come."), code="past", field="review_on")


@transaction.atomic
def propose(pact: Pact, *, answer_by: date, review_on: date, message: str = "", by, now: datetime) -> None:
    """Let the person read it on their own page and say yes, or what they would change."""
    refuse_unless(may_work_with(by, pact.person))
    lock_in(pact, State.DRAFT)
    check_complete(pact)
    check_review(review_on, now=now)
    if answer_by <= day_of(now):
        raise DomainError(_("Leave at least one day to answer."), code="too_soon", field="answer_by")
    if review_on <= answer_by:
        raise DomainError(_("The review comes after the answer."), code="too_soon", field="review_on")
    if pact.person.user_id is None:
        raise DomainError(
            _("This person has no account: agree face to face, or print the pact and sign it."), code="no_account"
        )
    move(pact, State.PROPOSED, by=by, now=now, ball=Ball.PERSON, due_on=answer_by, review_on=review_on, answer="")
    words = message.strip() or _(
        "We have written down what we said. Read it on your page and tell us whether it is all right."
    )
    tell(pact.person, _("Your pact is ready to be read"), words, by=by, now=now)


@transaction.atomic
def take_back(pact: Pact, *, by, now: datetime) -> None:
    """The office goes on writing."""
    refuse_unless(may_work_with(by, pact.person))
    lock_in(pact, State.PROPOSED)
    to_draft(pact, days=DRAFT_DAYS, by=by, now=now)


@transaction.atomic
def ask_for_change(pact: Pact, text: str, *, by, now: datetime) -> None:
    """The person says what they would change; it is the caseworker's turn for a week."""
    refuse_unless(is_own(pact.person, by))
    lock_in(pact, State.PROPOSED)
    if not text.strip():
        raise DomainError(_("Write what you would change, also in few words."), code="empty", field="text")
    to_draft(pact, days=CHANGE_DAYS, answer=text.strip(), by=by, now=now)


def to_draft(pact: Pact, *, days: int, by, now: datetime, **fields) -> None:
    move(pact, State.DRAFT, by=by, now=now, ball=Ball.CASEWORKER, due_on=day_of(now) + timedelta(days=days), **fields)


@transaction.atomic
def agree(pact: Pact, *, consent: str, agreed_on: date, review_on: date, by, now: datetime) -> None:
    """Both said yes face to face or signed on paper; the office writes down the day."""
    refuse_unless(may_work_with(by, pact.person))
    lock_in(pact, *IN_MAKING)
    if consent == Pact.Consent.ONLINE:
        raise ValueError("the person alone agrees online")
    if agreed_on > day_of(now):
        raise DomainError(_("This day is in the future. Check the year."), code="future", field="agreed_on")
    check_complete(pact)
    check_review(review_on, now=now)
    put_in_force(pact, consent=consent, agreed_on=agreed_on, review_on=review_on, by=by, now=now)


@transaction.atomic
def agree_online(pact: Pact, *, by, now: datetime) -> None:
    """The person says yes on their own page."""
    refuse_unless(is_own(pact.person, by))
    lock_in(pact, State.PROPOSED)
    review_on = max(pact.review_on, day_of(now) + timedelta(days=1))
    put_in_force(pact, consent=Pact.Consent.ONLINE, agreed_on=day_of(now), review_on=review_on, by=by, now=now)


def put_in_force(pact: Pact, *, consent: str, agreed_on: date, review_on: date, by, now: datetime) -> None:
    """The version before steps aside, and what was ticked on it meanwhile counts on this one."""
    before = agreed_pact(pact.person)
    if before:
        move(before, State.REPLACED, by=by, now=now, ball="", due_on=None)
        plan_reminders(before, now=now)
        bring_up_to_date(pact)
    move(
        pact,
        State.AGREED,
        by=by,
        now=now,
        ball=Ball.CASEWORKER,
        due_on=review_on,
        review_on=review_on,
        agreed_on=agreed_on,
        consent=consent,
        answer="",
    )
    plan_reminders(pact, now=now)


def bring_up_to_date(pact: Pact) -> None:
    for action in PactAction.objects.filter(goal__pact=pact).exclude(carried_from=None).select_related("carried_from"):
        former = action.carried_from
        action.state, action.done_on, action.done_by_id = former.state, former.done_on, former.done_by_id
        action.save(update_fields=["state", "done_on", "done_by", "updated_at"])


@transaction.atomic
def set_review(pact: Pact, *, review_on: date, note: str = "", by, now: datetime) -> None:
    """They have looked at it together: when the next time, and in a note of the team how it went."""
    refuse_unless(may_work_with(by, pact.person))
    lock_in(pact, State.AGREED)
    check_review(review_on, now=now)
    before = pact.review_on
    pact.review_on = pact.due_on = review_on
    pact.save(update_fields=["review_on", "due_on", "updated_at"])
    record("review_pact", pact, by=by, changes={"review_on": [str(before), str(review_on)]}, at=now)
    if note.strip():
        write_note(pact.person, title=_("Pact looked at again"), text=note.strip(), by=by, now=now)
    engine.plan(pact, now=now)


@transaction.atomic
def end_pacts(person: Person, *, by, now: datetime) -> None:
    """When the case closes nothing is awaited any more; what was agreed stays readable."""
    for pact in person.pacts.filter(state__in=[*IN_MAKING, State.AGREED]):
        move(pact, State.ENDED, by=by, now=now, ball="", due_on=None)
        plan_reminders(pact, now=now)


@transaction.atomic
def tick(action: PactAction, to: str, *, by, now: datetime) -> None:
    """Done, not done after all, no longer needed. The person ticks and unticks their own; staff anybody's."""
    pact = action.goal.pact
    own = is_own(pact.person, by) and action.ball == Ball.PERSON and to != PactAction.State.DROPPED
    refuse_unless(own or may_work_with(by, pact.person))
    lock_in(pact, State.AGREED)
    action.refresh_from_db(fields=["state"])
    if action.state == to:
        return
    is_done = to == PactAction.State.DONE
    move(action, to, by=by, now=now, done_on=day_of(now) if is_done else None, done_by=by if is_done else None)
    engine.plan(action, now=now)


def plan_reminders(pact: Pact, *, now: datetime) -> None:
    engine.plan(pact, now=now)
    for action in PactAction.objects.filter(goal__pact=pact).select_related("goal__pact__person"):
        engine.plan(action, now=now)


def actions_under_way(person: Person) -> QuerySet[PactAction]:
    """Of the agreed pact: still to do, the nearest day first."""
    return (
        PactAction.objects.filter(goal__pact__person=person, goal__pact__state=State.AGREED, state=PactAction.State.TODO)
        .select_related("goal")
        .order_by("due_on", "pk")
    )
