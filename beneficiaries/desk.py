"""What this app shows on pages composed by the portal."""

from datetime import date, timedelta

from django.db.models import Count, F, Value, Window
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.shared.dates import at_rome
from oltreiperimetri.shared.desk import Card, CardItem, Figure

from . import desk_money
from .desk_appointments import to_come as appointments
from .desk_lists import count_cards, items_of, queue_cards, queue_url
from .desk_own import own_tasks, person_records
from .desk_person import next_steps, person_events, person_panels
from .desk_referrals import organisation_panels
from .domain import contact_log
from .domain.attention import Sort, needing_somebody
from .models import Application, Appointment, Notice, Person

__all__ = [
    "appointments",
    "cards",
    "next_steps",
    "organisation_panels",
    "own_tasks",
    "person_events",
    "person_panels",
    "person_records",
    "report_rows",
]

State = Application.State
ITEMS = 5
INDICATORS = ("people", "consultations", "cafe_accesses", "desk_visits", "calls", "referrals")


def cards(viewer, *, today: date) -> list[Card]:
    if not viewer.is_staff_member:
        return []
    reach = Application.objects.visible_to(viewer)
    found = needing_somebody(reach, today=today, first=ITEMS)
    return [
        late_card(found["late"]),
        closing_card(found["closing"]),
        new_card(found["new"]),
        interviews_card(reach, found["interview"], today=today),
        calls_card(viewer),
        *queue_cards(found, today=today),
        *count_cards(viewer, today=today),
        awaited_card(found["awaited"]),
    ]


def late_card(late: Sort) -> Card:
    return Card(
        _("Applications whose next step is late"),
        url=queue_url(scadenza="passata", ordina="passo"),
        count=late.in_all,
        items=items_of(late, lambda one: _("since %(day)s") % {"day": one.due_on.strftime("%d/%m/%Y")}),
        urgency=90,
        icon="it-warning-circle",
    )


def closing_card(closing: Sort) -> Card:
    return Card(
        _("24 months that end within 60 days"),
        url=queue_url(scadenza="finestra", ordina="finestra"),
        count=closing.in_all,
        items=items_of(closing, lambda one: one.window_ends_on.strftime("%d/%m/%Y")),
        urgency=80,
        icon="it-clock",
    )


def new_card(new: Sort) -> Card:
    return Card(
        _("New applications"),
        url=queue_url(stato=State.RECEIVED.value),
        count=new.in_all,
        items=items_of(new, lambda one: timezone.localtime(one.received_at).strftime("%d/%m/%Y")),
        urgency=70,
        icon="it-inbox",
    )


def interviews_card(reach, waiting: Sort, *, today) -> Card:
    planned = Appointment.objects.planned().filter(application__in=reach).order_by("starts_at", "pk")
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
        count=waiting.in_all,
        items=items,
        urgency=60,
        icon="it-calendar",
    )


def calls_card(viewer) -> Card:
    waiting = Notice.objects.to_call().filter(person__in=Person.objects.visible_to(viewer)).order_by("sent_at", "pk")
    rows = list(waiting.annotate(in_all=Window(Count("pk"))).select_related("person")[:ITEMS])
    items = tuple(CardItem(one.person.full_name, url=one.person.get_absolute_url(), note=one.person.phone) for one in rows)
    return Card(
        _("People to call"),
        url=reverse("beneficiaries:calls"),
        count=rows[0].in_all if rows else 0,
        items=items,
        urgency=65,
        icon="it-telephone",
    )


def awaited_card(awaited: Sort) -> Card:
    return Card(
        _("Answers we wait for"),
        url=queue_url(stato=State.INFO_REQUESTED.value, ordina="passo"),
        count=awaited.in_all,
        items=items_of(awaited, lambda one: _("by %(day)s") % {"day": one.due_on.strftime("%d/%m/%Y")}),
        urgency=40,
        icon="it-clock",
    )


def report_rows(start: date, end: date) -> list[Figure]:
    """People registered, consultations, calls, visits and accesses between two days, both included, by town: one query."""
    first, after = at_rome(start), at_rome(end + timedelta(days=1))
    registered = Person.objects.filter(applications__received_at__gte=first, applications__received_at__lt=after)
    held = Appointment.objects.held().interviews().filter(starts_at__gte=first, starts_at__lt=after)
    rows = counted(registered, "municipality_id", "people").union(
        counted(held, "person__municipality_id", "consultations"),
        contact_log.counted(start, end),
        *desk_money.counted(start, end),
        all=True,
    )
    figures = [Figure(town, area, indicator, total) for town, area, indicator, total in rows]
    return sorted(figures, key=lambda one: (INDICATORS.index(one.indicator), one.area, one.municipality or ""))


def counted(rows, town: str, indicator: str):
    """(town, area, indicator, total) of what belongs to the work of the programme."""
    labels = {"in_area": Value("work"), "of_what": Value(indicator)}
    found = rows.order_by().annotate(town=F(town), **labels).values("town", "in_area", "of_what")
    return found.annotate(total=Count("pk", distinct=True)).values_list("town", "in_area", "of_what", "total")
