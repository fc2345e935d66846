"""The case work on composed pages: phases and team, assessment, pact; for staff and for the person."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import available_moves
from oltreiperimetri.shared.desk import Panel, Step, Task

from . import dossier_work as dossier
from .domain.assessment import Look, courses
from .domain.case_file import phases_of, task_of
from .enums import Ball
from .models import CaseFile, Pact, PactAction, Person

ACTION = PactAction.State
# Phase -> the end of the address of its step (views/case_file.py reads it from here).
PHASE_SLUGS = {
    CaseFile.State.ASSESSMENT: "valutazione",
    CaseFile.State.PLAN: "progetto",
    CaseFile.State.DELIVERY: "attuazione",
    CaseFile.State.FINAL_EVALUATION: "valutazione-finale",
    CaseFile.State.CLOSED: "chiudi",
}
SOON_DAYS = 14


@dataclass(frozen=True)
class Progress:
    """Of the actions that count (not those dropped): how many are done."""

    done: int
    total: int


# For staff ---------------------------------------------------------------------------------------
def case_panel(person: Person, viewer) -> Panel:
    """The phases as a stepper, what moves the case on, and who is around the person."""
    case = dossier.case_of(person)
    context = {
        "person": person,
        "case": case,
        "phases": phases_of(case) if case else [],
        "moves": [
            {"url": reverse("beneficiaries:case_step", args=[case.pk, PHASE_SLUGS[to]]), "label": transition.label}
            for to, transition in available_moves(case, by=viewer)
        ]
        if case
        else [],
        "team": dossier.team_of(person),
    }
    return Panel(_("Case and team"), "beneficiaries/case_file/panel.html", context, order=5, anchor="presa-in-carico")


def assessment_panel(person: Person, *, for_staff: bool = True) -> Panel:
    looks = [one for one in dossier.assessments_of(person) if for_staff or one.assessment.is_shared]
    context = {"person": person, "for_staff": for_staff, "last": looks[-1].assessment if looks else None, **charted(looks)}
    title = _("Assessment by area") if for_staff else _("How things stand")
    return Panel(title, "beneficiaries/assessment/panel.html", context, order=20, anchor="valutazione")


def charted(looks: list[Look]) -> dict:
    """What the charts and their table draw: days, the course of each area, the notes of the last one."""
    last = looks[-1].levels.values() if looks else []
    return {
        "days": [one.assessment.taken_on for one in looks],
        "courses": courses(looks) if looks else [],
        "notes": [(one.get_area_display(), one.note) for one in last if one.note],
    }


def pact_panel(person: Person, *, today: date) -> Panel:
    pacts = [shown_pact(pact, content_of(pact), today=today) for pact in dossier.whole_pacts_of(person)]
    making = next((pact for pact in pacts if pact.state in (Pact.State.DRAFT, Pact.State.PROPOSED)), None)
    agreed = next((pact for pact in pacts if pact.state == Pact.State.AGREED), None)
    context = {
        "person": person,
        "making": making,
        "agreed": agreed,
        "earlier": [pact for pact in pacts if pact not in (making, agreed)],
    }
    return Panel(_("Pact"), "beneficiaries/pact/panel.html", context, order=25, anchor="patto")


def content_of(pact: Pact) -> dossier.Content:
    return [(goal, list(goal.actions.all())) for goal in pact.goals.all()]


def shown_pact(pact: Pact, content: dossier.Content, *, today: date, for_staff: bool = True) -> Pact:
    """With `shown_goals` and `progress`; each goal has `shown_actions`, each of them `is_late`, `is_own` and `doer`.

    Of what is late the person is not reminded in red: it is still to do.
    """
    is_agreed = pact.state == Pact.State.AGREED
    pact.shown_goals = [goal for goal, _actions in content]
    counted = []
    for goal, actions in content:
        goal.shown_actions = actions
        for action in actions:
            action.is_late = for_staff and is_agreed and action.state == ACTION.TODO and action.due_on < today
            action.is_own = action.ball == Ball.PERSON
            action.doer = doer_of(action, for_staff=for_staff)
            if action.state != ACTION.DROPPED:
                counted.append(action)
    pact.progress = Progress(sum(action.state == ACTION.DONE for action in counted), len(counted))
    pact.is_draft = pact.state == Pact.State.DRAFT
    pact.is_proposed = pact.state == Pact.State.PROPOSED
    pact.is_agreed = is_agreed
    return pact


def doer_of(action: PactAction, *, for_staff: bool) -> str:
    """Who does it, said to the reader."""
    if action.partner_name:
        return action.partner_name
    if for_staff:
        return action.get_ball_display()
    return _("You") if action.ball == Ball.PERSON else _("We of the office")


# For the person ----------------------------------------------------------------------------------
def own_panels(person: Person, *, today: date) -> list[Panel]:
    """The pact to read or in force; how things stand, when the office shares it."""
    panels = []
    own = dossier.own_pacts_of(person)
    if own:
        context = {"pacts": [shown_pact(pact, content, today=today, for_staff=False) for pact, content in own]}
        panels.append(Panel(_("My pact"), "beneficiaries/pact/own.html", context, order=12, anchor="patto"))
    if any(one.assessment.is_shared for one in dossier.assessments_of(person)):
        panels.append(assessment_panel(person, for_staff=False))
    return panels


def own_tasks(person: Person) -> list[Task]:
    """The pact among the stages of the path, once there is one to read."""
    states = {pact.state for pact, _content in dossier.own_pacts_of(person)}
    if Pact.State.PROPOSED in states:
        return [Task(_("Read our pact"), "todo", url="#patto", order=7)]
    return [Task(_("Our pact"), "done", url="#patto", order=7)] if states else []


# Next steps --------------------------------------------------------------------------------------
def next_steps(person: Person, *, for_staff: bool, today: date) -> list[Step]:
    if not for_staff:
        return own_steps(person, today=today)
    steps = [step for pact in dossier.pacts_of(person) if (step := pact_step(pact, for_staff=True, today=today))]
    late = [one for one in dossier.todo_of(person) if one.due_on < today]
    steps += [action_step(action, for_staff=True, today=today) for action in late]
    case = dossier.case_of(person)
    if case and case.is_open:
        is_late = case.due_on < today
        steps.append(
            Step(task_of(case), url="#presa-in-carico", ball=case.ball, due_on=case.due_on, urgency=15 if is_late else 3)
        )
    return steps


def own_steps(person: Person, *, today: date) -> list[Step]:
    """The pact to read, and everything of theirs that is still to do."""
    own = dossier.own_pacts_of(person)
    steps = [step for pact, _content in own if (step := pact_step(pact, for_staff=False, today=today))]
    todo = [
        action
        for pact, content in own
        for _goal, actions in content
        for action in actions
        if pact.state == Pact.State.AGREED and action.state == ACTION.TODO and action.ball == Ball.PERSON
    ]
    return steps + [action_step(action, for_staff=False, today=today) for action in todo]


def action_step(action: PactAction, *, for_staff: bool, today: date) -> Step:
    is_late = action.due_on < today
    title = _("Pact: %(what)s") % {"what": action.text} if for_staff else action.text
    return Step(
        title,
        url=reverse("beneficiaries:pact", args=[action.goal.pact_id]) if for_staff else "#patto",
        ball=action.ball,
        due_on=action.due_on if for_staff or not is_late else None,
        urgency=18 if is_late else 12,
        note=action.partner_name,
    )


def pact_step(pact: Pact, *, for_staff: bool, today: date) -> Step | None:
    """Whose turn it is on the pact; of a review staff alone hear, two weeks before."""
    if pact.state == Pact.State.PROPOSED:
        return proposed_step(pact, for_staff=for_staff, today=today)
    if not for_staff:
        return None
    url = pact.get_absolute_url()
    if pact.state == Pact.State.DRAFT:
        title = _("The person would change something in the pact.") if pact.answer else _("Finish writing the pact.")
        return Step(title, url=url, ball=pact.ball, due_on=pact.due_on, urgency=16 if pact.answer else 8)
    if pact.state == Pact.State.AGREED and (pact.due_on - today).days <= SOON_DAYS:
        is_late = pact.due_on < today
        return Step(
            _("Look at the pact together."), url=url, ball=pact.ball, due_on=pact.due_on, urgency=17 if is_late else 9
        )
    return None


def proposed_step(pact: Pact, *, for_staff: bool, today: date) -> Step:
    """Once the person's day has passed it is the caseworker's turn: the clock says so, nobody writes it."""
    if pact.due_on < today:
        title = _("No answer on the pact: call.") if for_staff else _("We call you to read the pact together.")
        url = pact.get_absolute_url() if for_staff else "#patto"
        return Step(title, url=url, ball="caseworker", due_on=pact.due_on if for_staff else None, urgency=19)
    if for_staff:
        title = _("The person is reading the pact.")
        return Step(title, url=pact.get_absolute_url(), ball="person", due_on=pact.due_on, urgency=6)
    return Step(_("Read our pact and say whether it is all right."), url="#patto", due_on=pact.due_on, urgency=25)
