"""The part of this app in the person's own page: said to them, without what the team writes for itself."""

from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from oltreiperimetri.shared.desk import Panel, Record, Task

from . import desk_money, desk_papers, desk_rules, desk_work, desk_work_story
from .desk_appointments import appointment_records
from .desk_intake import intake_records
from .desk_lists import request_records
from .desk_referrals import referral_records
from .domain import queries, telling
from .domain.explanation import explain_screening
from .dossier import applications_of, interviews_of
from .models import Application, Notice, Person, Screening
from .words import label_of, value_of

State = Application.State
OWN_MESSAGES_SHOWN = 3


def own_panels(person: Person, *, today: date) -> list[Panel]:
    common = {"person": person, "for_staff": False}
    notices = list(person.notices.defer("body")[: OWN_MESSAGES_SHOWN + 1])
    return [
        Panel(
            _("My application"),
            "beneficiaries/people/_own_applications.html",
            common | {"applications": own_applications(person)},
            order=10,
            anchor="domanda",
        ),
        Panel(
            _("Messages from us"),
            "beneficiaries/people/_own_messages.html",
            common | {"notices": notices[:OWN_MESSAGES_SHOWN], "has_more": len(notices) > OWN_MESSAGES_SHOWN},
            order=15,
            anchor="messaggi",
        ),
        desk_money.own_money_panel(person, today=today),
        desk_papers.papers_panel(person, for_staff=False, today=today),
    ]


def own_applications(person: Person) -> list[Application]:
    """Each with `told` (its state in words), its latest `screening` (or None) and that one's `criteria` explained."""
    applications = applications_of(person)
    taken = Screening.objects.filter(application__in=applications).order_by("pk").prefetch_related("criteria")
    latest = {screening.application_id: screening for screening in taken}
    for application in applications:
        screening = application.screening = latest.get(application.pk)
        application.told = telling.state_told(application)
        application.criteria = explain_screening(screening, screening.criteria.all(), for_staff=False) if screening else []
    return applications


def own_tasks(person: Person) -> list[Task]:
    """The first stages of the path, of the latest application."""
    application = next(iter(applications_of(person)), None)
    tasks = [contacts_task(person), *desk_papers.papers_tasks(person)]
    if application is None:
        return [*tasks, Task(_("Registration"), "todo", url=reverse("beneficiaries:register"), order=1)]
    received = date_format(application.received_at, "j F Y")
    tasks.append(
        Task(
            _("Registration"),
            "done",
            note=_("%(number)s, on %(day)s") % {"number": application.number, "day": telling.in_sentence(received)},
            order=1,
        )
    )
    if application.state == State.INFO_REQUESTED:
        tasks.append(Task(_("Answer what we asked you"), "todo", until(application), reverse("portal:my_messages"), order=3))
    return [*tasks, interview_task(application), decision_task(application), *desk_work.own_tasks(person)]


def until(application: Application) -> str:
    day = telling.in_sentence(date_format(application.due_on, "l j F Y")) if application.due_on else ""
    return pgettext("day in words", "by %(day)s") % {"day": day} if day else ""


def contacts_task(person: Person) -> Task:
    state = "done" if person.phone or person.email else "todo"
    return Task(_("How to reach you"), state, url="" if state == "done" else reverse("portal:my_contacts"), order=2)


def interview_task(application: Application) -> Task:
    interviews = interviews_of(application)
    planned = [one for one in interviews if one.is_booked]
    held = [one for one in interviews if one.state == one.State.HONOURED]
    if planned:
        return Task(_("Interview"), "todo", telling.appointment_told(planned[0]), order=4)
    if held:
        return Task(_("Interview"), "done", order=4)
    decided = application.state not in queries.OPEN_STATES
    return Task(_("Interview"), "later", _("It was not needed.") if decided else _("Only if we need to meet."), order=4)


def decision_task(application: Application) -> Task:
    if application.state in queries.OPEN_STATES and application.state != State.WAITING_LIST:
        return Task(_("Our answer"), "waiting", order=5)
    return Task(_("Our answer"), "done", application.get_state_display(), order=5)


def person_records(person: Person) -> list[Record]:
    """All that this app keeps about a person and may give to them: not the notes of the team."""
    fields = ["first_name", "last_name", "birth_date", "sex", "tax_code", "email", "phone", "address", "other_town"]
    fields += ["resident_since", "contact_by", "preferred_language", "has_licence", "has_car"]
    own = [(label_of(person, name), value_of(person, name)) for name in fields]
    own.insert(8, (label_of(person, "municipality"), str(person.municipality or "")))
    applications = queries.current_applications(person)
    return [
        Record(_("Who I am and how to reach me"), tuple(own)),
        *[application_record(application) for application in applications],
        *intake_records(person),
        *appointment_records(person),
        *[message_record(notice) for notice in person.notices.all()],
        *desk_papers.papers_record(person),
        *desk_money.money_records(person),
        *desk_work_story.person_records(person),
        *referral_records(person),
        *request_records(person),
        *desk_rules.person_records(person),
    ]


def message_record(notice: Notice) -> Record:
    title = _("Message of %(day)s") % {"day": timezone.localtime(notice.sent_at).strftime("%d/%m/%Y")}
    return Record(title, ((_("subject"), notice.subject), (_("text"), notice.body)))


def application_record(application: Application) -> Record:
    fields = ["number", "state", "received_at", "channel", "working_now", "last_job_ended_on", "did_on", "loss_reason"]
    fields += ["known_to_services", "protocol_number", "protocol_on", "notice_version", "notice_at", "decided_at"]
    facts = [(label_of(application, name), value_of(application, name)) for name in fields]
    return Record(_("Application %(number)s") % {"number": application.number}, tuple(facts))
