"""Cards of the home page that only say how many: all their counts in one query."""

from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.followups.models import FollowUpPlan
from oltreiperimetri.followups.panels import answer_records
from oltreiperimetri.shared.desk import Card, CardItem, Panel, Record
from oltreiperimetri.shared.models import Municipality

from .domain.attention import Sort
from .domain.hand_over import terms_of
from .domain.queries import refusing_our_mail
from .domain.retention import keeping_of
from .domain.window import window_seen
from .dossier import applications_of
from .models import DataRequest, Disposal, Person, ServiceReferral
from .words import label_of, value_of


def queue_url(**filters) -> str:
    return f"{reverse('beneficiaries:applications')}?{urlencode(filters)}"


def count_of(rows: QuerySet) -> Coalesce:
    """How many rows, as a part of another query."""
    total = rows.order_by().annotate(all_of_them=Value(1)).values("all_of_them").annotate(total=Count("pk")).values("total")
    return Coalesce(Subquery(total, output_field=IntegerField()), 0)


def counts(**rows: QuerySet) -> dict[str, int]:
    """How many rows each has, in one query."""
    asked = {name: count_of(one) for name, one in rows.items()}
    return Municipality.objects.order_by("pk").annotate(**asked).values(*asked).first() or dict.fromkeys(asked, 0)


def count_cards(viewer, *, today: date) -> list[Card]:
    people = Person.objects.visible_to(viewer)
    rows = {
        "refused": refusing_our_mail(people),
        "unanswered": ServiceReferral.objects.overdue(today).filter(person__in=people),
    }
    if viewer.sees_all_towns:
        rows |= {
            "requests": DataRequest.objects.open(),
            "late_requests": DataRequest.objects.open().filter(due_on__lt=today),
            "disposals": Disposal.objects.filter(state=Disposal.State.PROPOSED).exclude(proposed_by=viewer),
        }
    found = counts(**rows)
    cards = [
        Card(
            _("Their e-mail address refuses our messages: call them"),
            url=f"{reverse('beneficiaries:people')}?posta=rifiutata",
            count=found["refused"],
            urgency=63,
            icon="it-mail",
        ),
        Card(
            _("Services that have not answered in time"),
            url=reverse("beneficiaries:referrals"),
            count=found["unanswered"],
            urgency=58,
            icon="it-exchange-circle",
        ),
    ]
    return [*cards, *coordinator_cards(found)] if viewer.sees_all_towns else cards


def coordinator_cards(found: dict[str, int]) -> list[Card]:
    return [
        Card(
            _("Requests about one's own data: the law gives a month"),
            url=reverse("beneficiaries:data_requests"),
            count=found["requests"],
            urgency=95 if found["late_requests"] else 62,
            icon="it-lock",
        ),
        Card(
            _("Files to be erased: a second person approves"),
            url=reverse("beneficiaries:disposals"),
            count=found["disposals"],
            urgency=30,
            icon="it-delete",
        ),
    ]


def queue_cards(found: dict[str, Sort], *, today: date) -> list[Card]:
    """What a queue hides: nobody follows it, nobody has touched it, somebody too young soon is not."""
    return [
        Card(
            _("Applications that nobody follows"),
            url=queue_url(assegnata="nessuno"),
            count=found["unassigned"].in_all,
            items=items_of(found["unassigned"], lambda one: timezone.localtime(one.received_at).strftime("%d/%m/%Y")),
            urgency=75,
            icon="it-user",
        ),
        Card(
            _("Nobody has touched them for 4 weeks"),
            url=queue_url(scadenza="ferme"),
            count=found["untouched"].in_all,
            items=items_of(found["untouched"], lambda one: one.number),
            urgency=72,
            icon="it-clock",
        ),
        Card(
            _("They turn 40 within 60 days"),
            url=queue_url(scadenza="quaranta", ordina="quaranta"),
            count=found["young"].in_all,
            items=items_of(found["young"], lambda one: window_seen(one, today=today).turns_on.strftime("%d/%m/%Y")),
            urgency=50,
            icon="it-calendar",
        ),
    ]


def items_of(sort: Sort, note) -> tuple[CardItem, ...]:
    return tuple(CardItem(one.person.full_name, url=one.get_absolute_url(), note=note(one)) for one in sort.rows)


def file_panel(person: Person, viewer, today: date) -> Panel:
    """Who has followed each application, from when to when, and how long the file is kept."""
    context = {
        "person": person,
        "terms": [(one, term) for one in applications_of(person) for term in terms_of(one)],
        "keeping": keeping_of(person, today=today),
        "may_hold": viewer.sees_all_towns,
    }
    return Panel(_("Who has followed, and how long it is kept"), "beneficiaries/people/_panel_file.html", context, order=10)


def request_records(person: Person) -> list[Record]:
    """What the person asked about their own data, and what they answered after a path of the household economy."""
    answers = answer_records(FollowUpPlan.objects.filter(money_path__person=person))
    names = ("kind", "text", "asked_at", "due_on", "extension_reason", "state", "answer", "answered_at")
    return [
        Record(_("What you asked us"), tuple((label_of(one, name), value_of(one, name)) for name in names))
        for one in person.data_requests.order_by("asked_at", "pk")
    ] + answers
