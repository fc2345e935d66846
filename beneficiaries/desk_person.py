"""The part of this app in a person's page: panels, timeline and next steps, for staff and for the person."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from oltreiperimetri.audit.models import StateChange
from oltreiperimetri.shared.desk import Event, Panel, Step, Tab, panels_on

from . import (
    desk_appointments,
    desk_intake,
    desk_lists,
    desk_money,
    desk_own,
    desk_papers,
    desk_rules,
    desk_twins,
    desk_work,
    desk_work_story,
)
from .domain import queries, telling
from .domain.window import window_seen
from .dossier import applications_of, interviews_of, notes_of, notices_of
from .models import Application, Appointment, Person

State = Application.State
MESSAGES_SHOWN, NOTES_SHOWN = 50, 100


def may_read(person: Person, viewer) -> bool:
    return viewer.is_staff_member or is_themselves(person, viewer)


def is_themselves(person: Person, viewer) -> bool:
    return person.user_id is not None and person.user_id == viewer.pk


def person_panels(person: Person, viewer, *, today: date, tab: Tab | None = None) -> list[Panel]:
    if is_themselves(person, viewer):
        return desk_own.own_panels(person, today=today) + desk_work.own_panels(person, today=today)
    return panels_on(tab, STAFF_SHEETS, person, viewer, today) if viewer.is_staff_member else []


def application_panel(person: Person, viewer, today: date) -> Panel:
    context = {"person": person, "for_staff": True, "applications": shown_applications(person, today=today)}
    return Panel(_("Application"), "beneficiaries/people/_panel_applications.html", context, order=10, anchor="domanda")


def notes_panel(person: Person, viewer, today: date) -> Panel:
    context = {"person": person, "viewer": viewer, "for_staff": True, "notes": notes_of(person, viewer)[:NOTES_SHOWN]}
    return Panel(_("Notes"), "beneficiaries/people/_panel_notes.html", context, order=70, anchor="note")


def messages_panel(person: Person, viewer, today: date) -> Panel:
    context = {"person": person, "for_staff": True, "notices": notices_of(person)[:MESSAGES_SHOWN]}
    return Panel(_("Messages"), "beneficiaries/people/_panel_messages.html", context, order=80, anchor="messaggi")


def documents_panel(person: Person, viewer, today: date) -> Panel:
    return desk_papers.papers_panel(person, for_staff=True, checked_by_viewer=True, today=today)


def case_panel(person: Person, viewer, today: date) -> Panel:
    return desk_work.case_panel(person, viewer)


def assessment_panel(person: Person, viewer, today: date) -> Panel:
    return desk_work.assessment_panel(person)


def pact_panel(person: Person, viewer, today: date) -> Panel:
    return desk_work.pact_panel(person, today=today)


def family_panel(person: Person, viewer, today: date) -> Panel:
    return desk_intake.family_panel(person, for_staff=True, today=today)


def appointments_panel(person: Person, viewer, today: date) -> Panel:
    return desk_appointments.appointments_panel(person)


# Sheet of the file -> what draws its panels, each called with (person, viewer, today).
STAFF_SHEETS = {
    Tab.ELIGIBILITY: (desk_rules.eligibility_panel,),
    Tab.OVERVIEW: (desk_twins.twins_panel, case_panel, application_panel),
    Tab.ASSESSMENT: (assessment_panel,),
    Tab.PACT: (pact_panel,),
    Tab.HOUSEHOLD: (family_panel, desk_money.money_panel),
    Tab.PATH: (desk_money.plan_panels,),
    Tab.APPOINTMENTS: (appointments_panel,),
    Tab.DOCUMENTS: (documents_panel,),
    Tab.NOTES: (notes_panel,),
    Tab.TIMELINE: (desk_lists.file_panel,),
    Tab.MESSAGES: (messages_panel,),
}


def shown_applications(person: Person, *, today: date) -> list[Application]:
    applications = applications_of(person)
    queries.attach_reasons(applications)
    for application in applications:
        application.person = person
        application.window = window_seen(application, today=today)
        application.appointments = [one for one in interviews_of(application) if one.starts_at]
    return applications


def person_events(person: Person, viewer) -> list[Event]:
    if not may_read(person, viewer):
        return []
    for_staff = not is_themselves(person, viewer)
    applications = {one.pk: one for one in applications_of(person)}
    events = [received_event(one) for one in applications.values()]
    events += state_events(applications, for_staff=for_staff)
    events += [
        Event(
            notice.sent_at,
            notice.subject,
            by=str(notice.sent_by or ""),
            icon="it-mail",
            url=person.tab_url(Tab.MESSAGES) if for_staff else "#messaggi",
        )
        for notice in notices_of(person)
    ]
    events += desk_papers.papers_events(person, for_staff=for_staff)
    events += desk_money.money_events(person, for_staff=for_staff)
    events += desk_appointments.appointment_events(person, for_staff=for_staff)
    if for_staff:
        events += desk_twins.merge_events(person)
        events += [
            Event(
                note.written_at,
                note.title,
                by=str(note.author),
                icon="it-note",
                url=person.tab_url(Tab.NOTES),
                is_private=note.is_private,
            )
            for note in notes_of(person, viewer)
        ]
    return events + desk_work_story.person_events(person, for_staff=for_staff)


def received_event(application: Application) -> Event:
    title = _("Application %(number)s received") % {"number": application.number}
    return Event(application.received_at, title, body=application.get_channel_display(), icon="it-inbox")


def state_events(applications: dict[int, Application], *, for_staff: bool) -> list[Event]:
    """Staff read who and why; the person reads what happened."""
    states, reasons = dict(State.choices), queries.reason_labels()
    changes = StateChange.objects.filter(
        object_type=Application._meta.label_lower, object_id__in=applications
    ).select_related("by")
    return [
        Event(
            change.at,
            _("Application: %(state)s") % {"state": states.get(change.to_state, change.to_state)},
            body=str(reasons.get(change.reason, "")) if for_staff else "",
            by=str(change.by or "") if for_staff else "",
            icon="it-check-circle",
        )
        for change in changes
    ]


def next_steps(person: Person, viewer, *, today: date) -> list[Step]:
    """Every open application says who has the ball and by when."""
    if not may_read(person, viewer):
        return []
    for_staff = not is_themselves(person, viewer)
    steps = desk_papers.papers_steps(person, for_staff=for_staff, today=today)
    steps += desk_money.money_steps(person, for_staff=for_staff, today=today)
    steps += desk_work.next_steps(person, for_staff=for_staff, today=today)
    steps += desk_appointments.appointment_steps(person, for_staff=for_staff, today=today)
    for application in applications_of(person):
        ball = queries.ball_of(application, today=today)
        if ball is None:
            continue
        planned = planned_interview(application) if application.state == State.INTERVIEW else None
        steps.append(
            Step(
                ball.task if for_staff else telling.step_told(application, ball, planned),
                url=application.get_absolute_url() if for_staff else url_told(application),
                ball=ball.holder,
                # The day of an interview is already in its words; of what is late we do not remind the person.
                due_on=ball.due_on if for_staff or not (planned or ball.is_late) else None,
                urgency=-10 if application.state == State.ADMITTED else 20 if ball.is_late else 10,
            )
        )
    return steps


def planned_interview(application: Application) -> Appointment | None:
    return next((one for one in interviews_of(application) if one.is_booked), None)


def url_told(application: Application) -> str:
    return reverse("portal:my_messages") if application.state == State.INFO_REQUESTED else ""
