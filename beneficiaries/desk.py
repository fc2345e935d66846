"""What this app shows on pages composed by the portal."""

from datetime import date, timedelta
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.audit.models import StateChange
from oltreiperimetri.shared.dates import at_rome
from oltreiperimetri.shared.desk import Card, CardItem, Event, Figure, Panel, Step

from .domain import queries
from .models import Application, Interview, Note, Notice, Person

State = Application.State
ITEMS = 5


def queue_url(**filters) -> str:
    return f"{reverse('beneficiaries:applications')}?{urlencode(filters)}"


def cards(viewer, *, today: date) -> list[Card]:
    if not viewer.is_staff_member:
        return []
    reach = Application.objects.visible_to(viewer)
    return [
        late_card(reach, today=today),
        closing_card(reach, today=today),
        new_card(reach, today=today),
        interviews_card(reach, today=today),
        calls_card(viewer),
        awaited_card(reach, today=today),
    ]


def items_of(applications, note) -> tuple[CardItem, ...]:
    return tuple(
        CardItem(one.person.full_name, url=one.get_absolute_url(), note=note(one))
        for one in applications.select_related("person")[:ITEMS]
    )


def late_card(reach, *, today) -> Card:
    late = queries.overdue(reach, today=today).order_by("due_on", "pk")
    return Card(
        _("Applications whose next step is late"),
        url=queue_url(scadenza="passata", ordina="passo"),
        count=late.count(),
        items=items_of(late, lambda one: _("since %(day)s") % {"day": one.due_on.strftime("%d/%m/%Y")}),
        urgency=90,
        icon="it-warning-circle",
    )


def closing_card(reach, *, today) -> Card:
    closing = queries.window_closing(reach, today=today).order_by("last_job_ended_on", "pk")
    return Card(
        _("24 months that end within 60 days"),
        url=queue_url(scadenza="finestra", ordina="finestra"),
        count=closing.count(),
        items=items_of(closing, lambda one: one.window_ends_on.strftime("%d/%m/%Y")),
        urgency=80,
        icon="it-clock",
    )


def new_card(reach, *, today) -> Card:
    new = reach.filter(state=State.RECEIVED).order_by("received_at", "pk")
    return Card(
        _("New applications"),
        url=queue_url(stato=State.RECEIVED.value),
        count=new.count(),
        items=items_of(new, lambda one: timezone.localtime(one.received_at).strftime("%d/%m/%Y")),
        urgency=70,
        icon="it-inbox",
    )


def interviews_card(reach, *, today) -> Card:
    planned = Interview.objects.planned().filter(application__in=reach).order_by("starts_at", "pk")
    items = tuple(
        CardItem(
            one.application.person.full_name,
            url=one.application.get_absolute_url(),
            note=timezone.localtime(one.starts_at).strftime("%d/%m/%Y %H:%M"),
            urgent=timezone.localtime(one.starts_at).date() < today,
        )
        for one in planned.select_related("application__person")[:ITEMS]
    )
    return Card(
        _("Interviews to do"),
        url=queue_url(stato=State.INTERVIEW.value, ordina="passo"),
        count=reach.filter(state=State.INTERVIEW).count(),
        items=items,
        urgency=60,
        icon="it-calendar",
    )


def calls_card(viewer) -> Card:
    waiting = Notice.objects.to_call().filter(person__in=Person.objects.visible_to(viewer)).order_by("sent_at", "pk")
    items = tuple(
        CardItem(one.person.full_name, url=one.person.get_absolute_url(), note=one.person.phone)
        for one in waiting.select_related("person")[:ITEMS]
    )
    return Card(
        _("People to call"),
        url=reverse("beneficiaries:calls"),
        count=waiting.count(),
        items=items,
        urgency=65,
        icon="it-telephone",
    )


def awaited_card(reach, *, today) -> Card:
    awaited = reach.filter(state=State.INFO_REQUESTED).order_by("due_on", "pk")
    return Card(
        _("Answers we wait for"),
        url=queue_url(stato=State.INFO_REQUESTED.value, ordina="passo"),
        count=awaited.count(),
        items=items_of(awaited, lambda one: _("by %(day)s") % {"day": one.due_on.strftime("%d/%m/%Y")}),
        urgency=40,
        icon="it-hourglass",
    )


def may_read(person: Person, viewer) -> bool:
    return viewer.is_staff_member or (person.user_id is not None and person.user_id == viewer.pk)


def person_panels(person: Person, viewer, *, today: date) -> list[Panel]:
    if not may_read(person, viewer):
        return []
    for_staff = viewer.is_staff_member and person.user_id != viewer.pk
    common = {"person": person, "viewer": viewer, "for_staff": for_staff}
    panels = [
        Panel(
            _("Application"),
            "beneficiaries/people/_panel_applications.html",
            common | {"applications": shown_applications(person, today=today), "closing_days": queries.CLOSING_SOON_DAYS},
            order=10,
            anchor="domanda",
        ),
        Panel(
            _("Messages"),
            "beneficiaries/people/_panel_messages.html",
            common | {"notices": person.notices.all()[:50]},
            order=80,
            anchor="messaggi",
        ),
    ]
    if for_staff:
        notes = Note.objects.filter(person=person).readable_by(viewer).select_related("author")[:100]
        panels.append(
            Panel(_("Notes"), "beneficiaries/people/_panel_notes.html", common | {"notes": notes}, order=70, anchor="note")
        )
    return panels


def shown_applications(person: Person, *, today: date) -> list[Application]:
    applications = list(
        queries.with_outcome(queries.current_applications(person)).select_related("owner").prefetch_related("interviews")
    )
    queries.attach_reasons(applications)
    for application in applications:
        application.window_left = queries.window_days_left(application, today=today)
        application.window_over = -application.window_left if application.window_left else 0
        application.appointments = application.interviews.all()
    return applications


def person_events(person: Person, viewer) -> list[Event]:
    if not may_read(person, viewer):
        return []
    for_staff = viewer.is_staff_member and person.user_id != viewer.pk
    applications = {one.pk: one for one in queries.current_applications(person)}
    events = [received_event(one) for one in applications.values()]
    events += state_events(applications, for_staff=for_staff)
    events += [
        Event(notice.sent_at, notice.subject, by=str(notice.sent_by or ""), icon="it-mail", url="#messaggi")
        for notice in person.notices.select_related("sent_by")
    ]
    if for_staff:
        notes = Note.objects.filter(person=person).readable_by(viewer).select_related("author").defer("text")
        events += [Event(note.written_at, note.title, by=str(note.author), icon="it-note", url="#note") for note in notes]
    return events


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
    for_staff = viewer.is_staff_member and person.user_id != viewer.pk
    steps = []
    for application in queries.current_applications(person):
        ball = queries.ball_of(application, today=today)
        if ball:
            steps.append(
                Step(
                    ball.task if for_staff else queries.said_to_person(application, ball),
                    url=application.get_absolute_url() if for_staff else "",
                    ball=ball.holder,
                    due_on=ball.due_on,
                    urgency=-10 if application.state == State.ADMITTED else 20 if ball.is_late else 10,
                )
            )
    return steps


def report_rows(start: date, end: date) -> list[Figure]:
    """People registered and interviews held between two days, both included, by town."""
    first, after = at_rome(start), at_rome(end + timedelta(days=1))
    registered = (
        Person.objects.filter(applications__received_at__gte=first, applications__received_at__lt=after)
        .values("municipality")
        .annotate(total=Count("pk", distinct=True))
        .order_by("municipality")
    )
    held = (
        Interview.objects.held()
        .filter(Q(starts_at__gte=first) & Q(starts_at__lt=after))
        .values("application__person__municipality")
        .annotate(total=Count("pk"))
        .order_by("application__person__municipality")
    )
    area = "Oltreiperimetri"
    return [
        *[Figure(row["municipality"], area, "people_registered", row["total"]) for row in registered],
        *[Figure(row["application__person__municipality"], area, "consultations", row["total"]) for row in held],
    ]
