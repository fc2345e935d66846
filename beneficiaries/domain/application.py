"""The passages of an application. The computer advises; a person decides and says why, and the applicant is told.

Every verb takes `seen`, the state its page showed: when a colleague was quicker, the second act is refused with a
sentence instead of landing on a state nobody looked at.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import move, state_changes
from oltreiperimetri.shared.errors import DomainError, refuse_unless

from ..access import may_decide
from ..models import Application, Appointment, Screening
from . import appointment as appointments
from .appointment_told import mark_told
from .case_file import open_at_admission
from .days import day_of
from .interview import REVIEW_DAYS
from .notes import write_note
from .notices import tell
from .queries import OPEN_STATES, latest_screening

State = Application.State
FARTHEST_INTERVIEW_DAYS = 183
WAITING_LIST_DAYS = 30
DECISIONS = (State.ADMITTED, State.WAITING_LIST, State.NOT_ADMITTED)


def lock(application: Application, *, seen: str, by) -> None:
    """Take the row, and refuse when it is not as `by` saw it or not theirs to decide."""
    application.refresh_from_db(from_queryset=Application.objects.select_for_update(of=("self",)))
    refuse_unless(may_decide(by, application))
    if application.state != seen:
        last = state_changes(application).first()
        raise DomainError(
            _("Meanwhile %(who)s has changed this application: now it is “%(state)s”. Read it again before you go on.")
            % {"who": (last and last.by) or _("a colleague"), "state": application.get_state_display()},
            code="changed_meanwhile",
        )


def spoken(day: date) -> str:
    """A day inside a sentence: giovedì 12 marzo 2026."""
    return date_format(day, "l j F Y")


def keep_internal_note(application: Application, note: str, *, by, now: datetime) -> None:
    if note.strip():
        title = _("Application %(number)s: %(state)s") % {
            "number": application.number,
            "state": application.get_state_display(),
        }
        write_note(application.person, title=title, text=note.strip(), by=by, now=now)


def tell_if_written(application: Application, message: str, *, by, now: datetime) -> None:
    if message.strip():
        subject = _("Your application %(number)s") % {"number": application.number}
        tell(application.person, subject, message.strip(), by=by, now=now)


@transaction.atomic
def take_in_review(
    application: Application, *, seen: str, reason: str = "", message: str = "", note: str = "", by, now: datetime
) -> None:
    """Somebody starts (or starts again) to look at it; without an owner it becomes theirs."""
    lock(application, seen=seen, by=by)
    others = Application.objects.filter(person=application.person_id, state__in=OPEN_STATES).exclude(pk=application.pk)
    if application.state not in OPEN_STATES and others.exists():
        raise DomainError(_("This person has another application under way: go on with that one."), code="other_open")
    move(
        application,
        State.IN_REVIEW,
        by=by,
        now=now,
        reason=reason,
        owner=application.owner or by,
        ball=Application.BALLS[State.IN_REVIEW],
        due_on=day_of(now) + timedelta(days=REVIEW_DAYS),
        decided_at=None,
    )
    cancel_planned_interview(application, by=by, now=now)
    keep_internal_note(application, note, by=by, now=now)
    tell_if_written(application, message, by=by, now=now)


@transaction.atomic
def request_information(
    application: Application, *, seen: str, answer_by: date, message: str, note: str = "", by, now: datetime
) -> None:
    """Ask the person for something; from now until `answer_by` the ball is theirs."""
    lock(application, seen=seen, by=by)
    if answer_by <= day_of(now):
        raise DomainError(_("Leave at least one day to answer."), code="too_soon", field="answer_by")
    if not message.strip():
        raise DomainError(_("Write what you ask for: the person reads these words."), code="empty", field="message")
    move(
        application,
        State.INFO_REQUESTED,
        by=by,
        now=now,
        owner=application.owner or by,
        ball=Application.BALLS[State.INFO_REQUESTED],
        due_on=answer_by,
    )
    cancel_planned_interview(application, by=by, now=now)
    keep_internal_note(application, note, by=by, now=now)
    until = _("Please answer by %(day)s.") % {"day": spoken(answer_by)}
    tell_if_written(application, f"{message.strip()}\n\n{until}", by=by, now=now)


@transaction.atomic
def plan_interview(
    application: Application,
    *,
    seen: str,
    starts_at: datetime,
    place: str,
    message: str = "",
    note: str = "",
    by,
    now: datetime,
) -> Appointment:
    """Expect the person on a day and hour; an interview planned before is moved."""
    lock(application, seen=seen, by=by)
    if starts_at <= now:
        raise DomainError(_("This day and time have already passed."), code="past", field="day")
    day = day_of(starts_at)
    if day > day_of(now) + timedelta(days=FARTHEST_INTERVIEW_DAYS):
        raise DomainError(_("This day is more than six months away: check month and year."), code="too_far", field="day")
    interview = appointments.expect_at(application, starts_at=starts_at, place=place, by=by, now=now)
    keep_internal_note(application, note, by=by, now=now)
    appointment = _("We expect you on %(day)s at %(time)s: %(place)s.") % {
        "day": spoken(day),
        "time": date_format(timezone.localtime(starts_at), "H:i"),
        "place": place,
    }
    tell_if_written(application, f"{appointment}\n\n{message.strip()}".strip(), by=by, now=now)
    mark_told(interview, now=now)
    return interview


@transaction.atomic
def close_interview(interview: Appointment, outcome: str, *, note: str = "", by, now: datetime) -> None:
    """Say whether it took place; then it is the caseworker's turn again."""
    refuse_unless(may_decide(by, interview.application))
    appointments.close(interview, outcome, by=by, now=now)
    keep_internal_note(interview.application, note, by=by, now=now)


def cancel_planned_interview(application: Application, *, by, now: datetime) -> None:
    for interview in application.interviews.open():
        appointments.cancel(interview, by=by, now=now, in_silence=True)


def goes_against_advice(application: Application, to: str) -> bool:
    """Whether the decision differs from what the latest screening advises (or nothing was screened yet)."""
    screening = latest_screening(application)
    outcome = screening.outcome if screening else Screening.Outcome.TO_ASSESS
    if to in (State.ADMITTED, State.WAITING_LIST):
        return outcome != Screening.Outcome.ELIGIBLE
    return to == State.NOT_ADMITTED and outcome == Screening.Outcome.ELIGIBLE


@transaction.atomic
def decide(
    application: Application, to: str, *, seen: str, reason: str = "", message: str, note: str = "", by, now: datetime
) -> None:
    """Admitted, on the waiting list, or not admitted: said by a person, with a reason when the screening differs."""
    if to not in DECISIONS:
        raise ValueError(f"not a decision: {to}")
    lock(application, seen=seen, by=by)
    if not message.strip():
        raise DomainError(
            _("Write what the person will read: nobody learns a decision from a form."), code="empty", field="message"
        )
    if goes_against_advice(application, to) and not (reason and note.strip()):
        raise DomainError(
            _("The screening says something else: choose the reason and explain it in the internal note."),
            code="against_advice",
            field="reason" if not reason else "note",
        )
    waiting = to == State.WAITING_LIST
    move(
        application,
        to,
        by=by,
        now=now,
        reason=reason,
        owner=application.owner or by,
        decided_at=None if waiting else now,
        ball=Application.BALLS[to],
        due_on=day_of(now) + timedelta(days=WAITING_LIST_DAYS) if waiting else None,
    )
    if to == State.ADMITTED:
        open_at_admission(application.person, by=by, now=now)
    cancel_planned_interview(application, by=by, now=now)
    keep_internal_note(application, note, by=by, now=now)
    tell_if_written(application, message, by=by, now=now)


@transaction.atomic
def withdraw(
    application: Application, *, seen: str, reason: str, message: str = "", note: str = "", by, now: datetime
) -> None:
    """The person does not want to go on; the office writes it down. The door stays open."""
    lock(application, seen=seen, by=by)
    move(application, State.WITHDRAWN, by=by, now=now, reason=reason, decided_at=now, ball="", due_on=None)
    cancel_planned_interview(application, by=by, now=now)
    keep_internal_note(application, note, by=by, now=now)
    tell_if_written(application, message, by=by, now=now)
