"""What this app shows on pages composed by the portal: cards and figures; a person's part is in desk_person, desk_steps."""

from datetime import date, timedelta

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext as _

from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.shared.desk import Card, CardItem, Figure, Panel
from partners.models import Organisation

from . import access
from .conditions import condition_of
from .desk_person import person_events, person_panels, person_records
from .desk_steps import appointments, next_steps, own_tasks
from .domain.queries import with_counts
from .enums import Outcome
from .models import Cohort, Membership, Proposal, Session, Traineeship

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

SHOWN = 5
AREA = "work"


def cards(viewer, *, today: date) -> list[Card]:
    found = []
    if viewer.is_staff_member:
        found += [
            lapsing_offers(viewer, today),
            *proposals_of_staff(viewer, today),
            registers_to_fill(viewer, today),
            *traineeships_of_staff(viewer, today),
            free_seats(viewer, today),
        ]
    if viewer.has_role(Role.FIRM_CONTACT):
        found.append(proposals_to_answer(viewer, today))
    return found


def first_of_each(rows: QuerySet, *order: str, sort: str | None = None) -> list:
    """The first rows, of each sort where there are several; each knows how many there are `in_all`. One query."""
    partition = {"partition_by": F(sort)} if sort else {}
    rows = rows.annotate(number=Window(RowNumber(), order_by=order, **partition), in_all=Window(Count("pk"), **partition))
    return list(rows.filter(number__lte=SHOWN).order_by("number"))


def in_all(rows: list) -> int:
    return rows[0].in_all if rows else 0


def by_day(day: date) -> str:
    return _("by %(day)s") % {"day": day.strftime("%d/%m/%Y")}


def listed(name: str, state: str) -> str:
    return f"{reverse(name)}?stato={state}"


def lapsing_offers(viewer, today: date) -> Card:
    offers = Membership.objects.visible_to(viewer).offered().filter(offer_until__lte=today + timedelta(days=1))
    rows = first_of_each(offers.select_related("person", "cohort"), "offer_until", "pk")
    items = tuple(
        CardItem(row.person.full_name, row.get_absolute_url(), by_day(row.offer_until), row.offer_until < today)
        for row in rows
    )
    return Card(_("Seats offered, answer due"), count=in_all(rows), items=items, urgency=75, icon="it-clock")


def proposals_of_staff(viewer, today: date) -> list[Card]:
    """Those whose answer is due, and those to which both said yes."""
    state = Proposal.State.FIRM_OK
    wanted = Proposal.objects.visible_to(viewer).filter(
        Q(pk__in=Proposal.objects.lapsing(today).values("pk")) | Q(state=state)
    )
    sorted_rows = wanted.annotate(is_ready=Q(state=state)).select_related("person", "slot__organisation")
    rows = first_of_each(sorted_rows, "answer_by", "pk", sort="is_ready")
    ready, due = [row for row in rows if row.is_ready], [row for row in rows if not row.is_ready]
    return [
        Card(
            _("Proposals whose answer is due"),
            url=listed("orafo:proposals", "lapsing"),
            count=in_all(due),
            items=tuple(
                CardItem(row.person.full_name, row.get_absolute_url(), by_day(row.answer_by), row.has_lapsed_on(today))
                for row in due
            ),
            urgency=68,
            icon="it-hourglass",
        ),
        Card(
            _("Both say yes: prepare the traineeship"),
            url=listed("orafo:proposals", state),
            count=in_all(ready),
            items=tuple(CardItem(row.person.full_name, row.get_absolute_url(), row.slot.organisation.name) for row in ready),
            urgency=72,
            icon="it-pencil",
        ),
    ]


def registers_to_fill(viewer, today: date) -> Card:
    sessions = Session.objects.visible_to(viewer).without_register(today).select_related("cohort")
    rows = first_of_each(sessions, "day", "start_time", "pk")
    items = tuple(
        CardItem(row.cohort.name, row.get_absolute_url(), str(row), urgent=row.day < today - timedelta(days=2))
        for row in rows
    )
    return Card(_("Registers to fill"), count=in_all(rows), items=items, urgency=62, icon="it-list")


def traineeships_of_staff(viewer, today: date) -> list[Card]:
    """Papers missing before the first day, and those that are over; one query."""
    over = Traineeship.objects.to_close(today).values("pk")
    wanted = (
        Traineeship.objects.visible_to(viewer)
        .filter(Q(pk__in=Traineeship.objects.lacking_papers(today).values("pk")) | Q(pk__in=over))
        .annotate(is_over=Q(pk__in=over))
        .select_related("person")
    )
    rows = first_of_each(wanted, "starts_on", "pk", sort="is_over")
    ended, lacking = [row for row in rows if row.is_over], [row for row in rows if not row.is_over]
    return [
        Card(
            _("Papers missing before a traineeship"),
            url=listed("orafo:traineeships", "papers"),
            count=in_all(lacking),
            items=tuple(
                CardItem(
                    row.person.full_name,
                    f"{row.get_absolute_url()}#documenti",
                    _("begins on %(day)s") % {"day": row.starts_on.strftime("%d/%m/%Y")},
                    urgent=row.starts_on <= today + timedelta(days=2),
                )
                for row in lacking
            ),
            urgency=78,
            icon="it-files",
        ),
        Card(
            _("Traineeships to close"),
            url=listed("orafo:traineeships", "to_close"),
            count=in_all(ended),
            items=tuple(
                CardItem(
                    row.person.full_name,
                    row.get_absolute_url(),
                    _("ended on %(day)s") % {"day": row.effective_end.strftime("%d/%m/%Y")},
                )
                for row in ended
            ),
            urgency=58,
            icon="it-check-circle",
        ),
    ]


def free_seats(viewer, today: date) -> Card:
    """Groups with a free seat while somebody waits."""
    groups = with_counts(Cohort.objects.visible_to(viewer).taking_people(today))
    waiting = groups.filter(waiting__gt=0, capacity__gt=F("taken") + F("offered")).order_by("starts_on", "pk")
    items = tuple(
        CardItem(
            row.name,
            row.get_absolute_url(),
            _("free seats: %(free)s, waiting: %(waiting)s")
            % {"free": row.capacity - row.taken - row.offered, "waiting": row.waiting},
        )
        for row in waiting[:SHOWN]
    )
    return Card(_("People waiting, and seats free"), items=items, urgency=50, icon="it-user")


def proposals_to_answer(viewer, today: date) -> Card:
    """The first thing a firm is asked."""
    asked = access.proposals_to_firm(viewer).filter(state=Proposal.State.SENT_TO_FIRM, answer_by__gte=today)
    rows = first_of_each(asked.select_related("person", "slot"), "answer_by", "pk")
    items = tuple(
        CardItem(
            _("%(name)s for “%(title)s”") % {"name": row.person.full_name, "title": row.slot.title},
            reverse("orafo:firm_proposal", args=[row.pk]),
            by_day(row.answer_by),
            urgent=row.answer_by <= today + timedelta(days=2),
        )
        for row in rows
    )
    return Card(_("A person for you: answer"), items=items, urgency=95, icon="it-user")


def organisation_panels(organisation: Organisation, viewer, *, today: date) -> list[Panel]:
    """Who works there as a trainee. Staff see those in their reach; the firm its own, by name and days only."""
    for_staff = viewer.is_staff_member
    reach = Traineeship.objects.visible_to(viewer) if for_staff else access.own_trainees(viewer)
    rows = list(reach.filter(organisation=organisation).select_related("person", "slot").order_by("-starts_on", "-pk")[:30])
    for row in rows:
        row.condition = condition_of(row, today)
        row.page = row.get_absolute_url() if for_staff else reverse("orafo:trainee", args=[row.pk])
    context = {"trainees": rows}
    return [Panel(_("My trainees"), "orafo/panels/trainees.html", context, order=30, anchor="tirocinanti")]


def report_rows(start: date, end: date) -> list[Figure]:
    """Groups begun and meetings held, by town of the group; traineeships begun and people hired, by town of the person.

    A hire counts in the half year in which the traineeship ended.
    """
    state = Cohort.State
    groups = Cohort.objects.filter(state__in=[state.CONFIRMED, state.CLOSED], starts_on__range=(start, end))
    sessions = Session.objects.held().filter(day__range=(start, end))
    live = Traineeship.objects.live().with_effective_end()
    hired = live.filter(outcome=Outcome.HIRED, last_day__range=(start, end))
    return [
        *figures(groups, "municipality", "groups"),
        *figures(sessions, "cohort__municipality", "sessions"),
        *figures(live.filter(starts_on__range=(start, end)), "person__municipality", "traineeships"),
        *figures(hired, "person__municipality", "hires"),
    ]


def figures(rows: QuerySet, town: str, indicator: str) -> list[Figure]:
    """One number for each town; somebody whose town is not known counts in the whole alone."""
    counts = rows.order_by().values(town).annotate(count=Count("pk")).values_list(town, "count")
    return [Figure(code or "", AREA, indicator, count) for code, count in counts]
