"""Questions about applications and people, in words; what only the clock changes is computed, never stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.reminders.queries import refused_addresses
from oltreiperimetri.shared.dates import add_months

from ..models import Application, CriterionResult, Person, Screening
from .rules import orafo_rules

State = Application.State
OPEN_STATES = (State.RECEIVED, State.IN_REVIEW, State.INFO_REQUESTED, State.INTERVIEW, State.WAITING_LIST)
TO_WORK_ON = (State.RECEIVED, State.IN_REVIEW, State.INFO_REQUESTED, State.INTERVIEW)
CLOSING_SOON_DAYS = 60


def latest_screening(application: Application) -> Screening | None:
    return Screening.objects.filter(application=application).order_by("-pk").first()


def refusing_our_mail(people: QuerySet[Person]) -> QuerySet[Person]:
    """Those whose e-mail address sends our messages back: whatever we have to say, somebody has to call."""
    return people.alias(address_of_mail=Lower("email")).filter(address_of_mail__in=refused_addresses())


def with_outcome(applications: QuerySet) -> QuerySet:
    """Each with `screening_id` and `outcome` of its latest screening (None before the first)."""
    latest = Screening.objects.filter(application=OuterRef("pk")).order_by("-pk")
    return applications.annotate(
        screening_id=Subquery(latest.values("pk")[:1]), outcome=Subquery(latest.values("outcome")[:1])
    )


def attach_reasons(applications: Iterable[Application]) -> None:
    """Put on each application (of `with_outcome`) `screening` and `open_criteria`: those not met or not known."""
    applications = list(applications)
    screenings = Screening.objects.defer("facts").in_bulk(
        [application.screening_id for application in applications if application.screening_id]
    )
    criteria: dict[int, list[CriterionResult]] = {}
    doubtful = CriterionResult.objects.filter(screening__in=screenings).exclude(outcome=CriterionResult.Outcome.MET)
    for result in doubtful.order_by("pk"):
        criteria.setdefault(result.screening_id, []).append(result)
    for application in applications:
        application.screening = screenings.get(application.screening_id)
        application.open_criteria = criteria.get(application.screening_id, [])


def window_months(today: date) -> int:
    """How long after the last job one may join, by the rules in force; calendar months."""
    return orafo_rules(today)["unemployment_max_months"]


def last_job_end_for_window(ends_on: date, *, months: int) -> date:
    """The latest end of a job whose window closes on or before `ends_on` (29 February counts as the 28th)."""
    day = add_months(ends_on, -months)
    while add_months(day + timedelta(days=1), months) <= ends_on:
        day += timedelta(days=1)
    return day


def window_closing(applications: QuerySet, *, today: date, within_days: int = CLOSING_SOON_DAYS) -> QuerySet:
    """Still to be decided, out of work, and the window closes between today and `within_days` from now."""
    months = window_months(today)
    return applications.filter(
        state__in=OPEN_STATES,
        last_job_ended_on__gt=last_job_end_for_window(today - timedelta(days=1), months=months),
        last_job_ended_on__lte=last_job_end_for_window(today + timedelta(days=within_days), months=months),
    ).exclude(working_now=True)


def window_closed(applications: QuerySet, *, today: date) -> QuerySet:
    ended = last_job_end_for_window(today - timedelta(days=1), months=window_months(today))
    return applications.filter(state__in=OPEN_STATES, last_job_ended_on__lte=ended).exclude(working_now=True)


def overdue(applications: QuerySet, *, today: date) -> QuerySet:
    return applications.filter(state__in=OPEN_STATES, due_on__lt=today)


def days_waiting(application: Application, *, today: date) -> int:
    return (today - timezone.localtime(application.received_at).date()).days


@dataclass(frozen=True)
class Ball:
    """Who must move next: `holder` as in desk.Step, what they are to do, and by when."""

    holder: str
    task: str
    due_on: date | None
    is_late: bool = False


def ball_of(application: Application, *, today: date) -> Ball | None:
    """Who has the ball, as the application says it; None when nothing is awaited from anybody.

    Once the person's day has passed it is the caseworker's turn again: the clock says so, nobody writes it.
    """
    if application.state == State.ADMITTED:
        return Ball("office", _("Offer a place in a group."), None)
    if not application.ball:
        return None
    is_late = application.due_on < today
    holder = "caseworker" if is_late and application.ball == "person" else application.ball
    return Ball(holder, task_of(application, holder), application.due_on, is_late)


def task_of(application: Application, holder: str) -> str:
    """What `holder` is to do; in these two states the person's task becomes another when it comes back."""
    if application.ball == "person" != holder:
        return {
            State.INFO_REQUESTED: _("No answer has come: call, or decide with what is known."),
            State.INTERVIEW: _("Say how the interview went."),
        }[application.state]
    if application.state == State.INTERVIEW and holder == "caseworker":
        return _("Decide, ask for what is missing, or plan another interview.")
    return {
        State.RECEIVED: _("Read the application and take it in review."),
        State.IN_REVIEW: _("Decide, ask for what is missing, or plan an interview."),
        State.INFO_REQUESTED: _("Answer what the office asked."),
        State.INTERVIEW: _("Come to the interview."),
        State.WAITING_LIST: _("Look again whether there is room."),
    }[application.state]


def current_applications(person: Person) -> QuerySet:
    return Application.objects.filter(person=person).order_by("-received_at", "-pk")


def with_last_state(people: QuerySet) -> QuerySet:
    """Each person with `last_state`, `last_number` and `last_application` of the latest application (None without)."""
    latest = Application.objects.filter(person=OuterRef("pk")).order_by("-received_at", "-pk")
    return people.annotate(
        last_application=Subquery(latest.values("pk")[:1]),
        last_state=Subquery(latest.values("state")[:1]),
        last_number=Subquery(latest.values("number")[:1]),
    )


def reason_labels() -> dict[str, str]:
    """Every reason of every passage, in words."""
    return {code: label for transition in Application.TRANSITIONS.values() for code, label in transition.reasons}
