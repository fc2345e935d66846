"""What an interview does to its application: whose turn it is, and by when, follows the appointment."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from oltreiperimetri.audit.trail import move, record

from ..enums import Ball
from ..models import Application

State = Application.State
REVIEW_DAYS = 15
AFTER_INTERVIEW_DAYS = 7
# From these states somebody may be asked to an interview.
MAY_BE_INVITED = frozenset(source for source, target in Application.TRANSITIONS if target == State.INTERVIEW) | {
    State.INTERVIEW
}


def await_person(application: Application, *, until: date, by, now: datetime) -> None:
    """The person is expected (or is to choose a day) by `until`: it is their turn. `by=None`: by their own link."""
    ball = Application.BALLS[State.INTERVIEW]
    if application.state == State.INTERVIEW:
        application.ball, application.due_on = ball, until
        application.save(update_fields=["ball", "due_on", "updated_at"])
        record("move_interview", application, by=by, changes={"due_on": str(until)}, at=now)
    else:
        move(application, State.INTERVIEW, by=by, now=now, owner=application.owner or by, ball=ball, due_on=until)


def back_in_review(application: Application, *, now: datetime) -> None:
    """The person called the interview off: the office looks at the application again."""
    if application.state == State.INTERVIEW:
        due_on = timezone.localdate(now) + timedelta(days=REVIEW_DAYS)
        ball = Application.BALLS[State.IN_REVIEW]
        move(application, State.IN_REVIEW, by=None, now=now, ball=ball, due_on=due_on)


def await_decision(application: Application, *, now: datetime) -> None:
    """They met, or should have: now the caseworker decides how it goes on."""
    if application.state == State.INTERVIEW:
        application.ball = Ball.CASEWORKER
        application.due_on = timezone.localdate(now) + timedelta(days=AFTER_INTERVIEW_DAYS)
        application.save(update_fields=["ball", "due_on", "updated_at"])
