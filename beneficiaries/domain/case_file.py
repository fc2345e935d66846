"""A case goes through five phases; each passage is somebody's decision and leaves its day and its name."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import move, record
from oltreiperimetri.shared.errors import DomainError, refuse_unless

from ..access import may_work_with
from ..enums import Ball
from ..models import CaseFile, Person
from .notes import write_note
from .pact_agreement import end_pacts

State = CaseFile.State
# How long a phase may last before somebody looks again; the guidelines give no number, these are the office's own.
PHASE_DAYS = {State.ACCESS: 15, State.ASSESSMENT: 30, State.PLAN: 30, State.DELIVERY: 180, State.FINAL_EVALUATION: 30}


@dataclass(frozen=True)
class Phase:
    """One step of the stepper; `when` is done, now or later."""

    label: str
    when: str


def lock_person(person: Person) -> None:
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)


@transaction.atomic
def open_case(person: Person, *, phase: str = State.ACCESS, by, now: datetime) -> CaseFile:
    """Begin to work with a person. One case at a time: of two colleagues the second is told."""
    refuse_unless(may_work_with(by, person))
    lock_person(person)
    if person.cases.open().exists():
        raise DomainError(_("This person already has an open case."), code="already_open")
    today = timezone.localtime(now).date()
    case = CaseFile.objects.create(
        person=person,
        state=phase,
        opened_on=today,
        opened_by=by,
        ball=Ball.CASEWORKER,
        due_on=today + timedelta(days=PHASE_DAYS[phase]),
    )
    record("open_case", case, by=by, changes={"state": [None, str(phase)]}, at=now)
    return case


def open_at_admission(person: Person, *, by, now: datetime) -> None:
    """The application was the access: the case of who is admitted begins with the assessment, unless it is open already."""
    lock_person(person)
    if not person.cases.open().exists():
        open_case(person, phase=State.ASSESSMENT, by=by, now=now)


@transaction.atomic
def go_to(case: CaseFile, to: str, *, seen: str, reason: str = "", note: str = "", by, now: datetime) -> None:
    """Move to another phase, close (reason and circumstances are due) or open again. `seen`: the phase the page showed."""
    refuse_unless(may_work_with(by, case.person))
    lock_person(case.person)
    case.refresh_from_db(from_queryset=CaseFile.objects.select_for_update(of=("self",)))
    if case.state != seen:
        raise DomainError(
            _("Meanwhile a colleague has moved this case: now it is “%(phase)s”.") % {"phase": case.get_state_display()},
            code="changed_meanwhile",
        )
    if to == State.CLOSED and not note.strip():
        raise DomainError(_("Write how it ended: who opens the case again reads these words."), code="empty", field="note")
    if case.state == State.CLOSED and case.person.cases.open().exists():
        raise DomainError(_("This person already has an open case."), code="already_open")
    move(case, to, by=by, now=now, reason=reason, **facts_of(to, reason=reason, now=now))
    if to == State.CLOSED:
        end_pacts(case.person, by=by, now=now)
    if note.strip():
        title = _("Case: %(phase)s") % {"phase": case.get_state_display()}
        write_note(case.person, title=title, text=note.strip(), by=by, now=now)


def facts_of(to: str, *, reason: str, now: datetime) -> dict:
    """What a case in phase `to` says of its turn and its end."""
    today = timezone.localtime(now).date()
    if to == State.CLOSED:
        return {"ball": "", "due_on": None, "closed_on": today, "closing_reason": reason}
    due_on = today + timedelta(days=PHASE_DAYS[to])
    return {"ball": Ball.CASEWORKER, "due_on": due_on, "closed_on": None, "closing_reason": ""}


def phases_of(case: CaseFile) -> list[Phase]:
    """The five phases in order; of a closed case all are behind."""
    if not case.is_open:
        return [Phase(str(phase.label), "done") for phase in CaseFile.PHASES]
    here = CaseFile.PHASES.index(case.state)
    return [
        Phase(str(phase.label), "done" if place < here else "now" if place == here else "later")
        for place, phase in enumerate(CaseFile.PHASES)
    ]


def task_of(case: CaseFile) -> str:
    """What the phase asks of the caseworker."""
    return {
        State.ACCESS: _("Meet the person and understand what they ask for."),
        State.ASSESSMENT: _("Look together at how things stand, area by area."),
        State.PLAN: _("Write the pact together."),
        State.DELIVERY: _("Follow the pact, and see whether it is time for the final evaluation."),
        State.FINAL_EVALUATION: _("Look together at what has changed, then close the case."),
    }[case.state]
