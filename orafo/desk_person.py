"""The part of groups and traineeships in a person's page: said to the team, or to the person."""

from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from beneficiaries.models import Person
from oltreiperimetri.audit.models import StateChange
from oltreiperimetri.followups.models import FollowUpPlan
from oltreiperimetri.followups.panels import answer_records, plan_panel
from oltreiperimetri.shared.desk import Event, Panel, Record, Tab

from .conditions import condition_of
from .dossier import is_for_staff, may_read, meetings_to_come, name_of, of, participation_of
from .models import Membership, Traineeship

MEETINGS_SHOWN = 3


def person_panels(person: Person, viewer, *, today: date, tab: Tab | None = None) -> list[Panel]:
    """All of it stands on the sheet of the path."""
    if tab not in (None, Tab.PATH) or not may_read(person, viewer):
        return []
    of(person)
    for_staff = is_for_staff(person, viewer)
    common = {"person": person, "for_staff": for_staff, "today": today}
    proposals, traineeships = person.proposals.all(), list(person.traineeships.all())
    if not for_staff:
        traineeships = [traineeship for traineeship in traineeships if traineeship.state != Traineeship.State.VOID]
    for traineeship in traineeships:
        traineeship.condition = condition_of(traineeship, today)
    panels = [group_panel(person, common, today)]
    if proposals:
        title = _("Proposals") if for_staff else _("Traineeships proposed to me")
        context = common | {"proposals": proposals}
        panels.append(Panel(title, "orafo/panels/proposals.html", context, order=35, anchor="proposte"))
    if traineeships:
        title = _("Traineeship") if for_staff else _("My traineeship")
        context = common | {"traineeships": traineeships}
        panels.append(Panel(title, "orafo/panels/traineeships.html", context, order=40, anchor="tirocinio"))
    plans = [row.plan for row in [*traineeships, *person.memberships.all()] if row.plan]
    return [*panels, *(plan_panel(plan, viewer, today, order=45) for plan in plans)]


def group_panel(person: Person, common: dict, today: date) -> Panel:
    places = list(person.memberships.all())
    for place in places:
        place.participation = participation_of(place)
        place.meetings = meetings_to_come(place, today)[:MEETINGS_SHOWN]
        place.may_answer = place.state == Membership.State.OFFERED and not place.has_lapsed_on(today)
    title = _("Group") if common["for_staff"] else _("My group")
    return Panel(title, "orafo/panels/group.html", common | {"places": places}, order=30, anchor="gruppo")


def person_events(person: Person, viewer) -> list[Event]:
    """Every passage of places, proposals and traineeships; reasons and names for the team only."""
    if not may_read(person, viewer):
        return []
    of(person)
    subjects = {
        (type(row)._meta.label_lower, row.pk): row
        for row in [*person.memberships.all(), *person.proposals.all(), *person.traineeships.all()]
    }
    if not subjects:
        return []
    about = Q()
    for kind in {kind for kind, _pk in subjects}:
        about |= Q(object_type=kind, object_id__in=[pk for other, pk in subjects if other == kind])
    changes = StateChange.objects.filter(about).select_related("by")
    for_staff = is_for_staff(person, viewer)
    return [event_of(change, subjects[change.object_type, change.object_id], for_staff) for change in changes]


def event_of(change: StateChange, row, for_staff: bool) -> Event:
    state = dict(type(row).State.choices).get(change.to_state, change.to_state)
    return Event(
        change.at,
        f"{name_of(row)}: {state}",
        body=change.note if for_staff else "",
        by=str(change.by or "") if for_staff else "",
        url=row.get_absolute_url() if for_staff else "",
        icon="it-calendar",
    )


def person_records(person: Person) -> list[Record]:
    """All that this app keeps about a person and may give to them."""
    of(person)
    return [
        *[record_of(name_of(row), row, PLACE_FIELDS) for row in person.memberships.all()],
        *[record_of(name_of(row), row, PROPOSAL_FIELDS) for row in person.proposals.all()],
        *[record_of(name_of(row), row, TRAINEESHIP_FIELDS) for row in person.traineeships.all()],
        *answer_records(FollowUpPlan.objects.filter(Q(membership__person=person) | Q(traineeship__person=person))),
    ]


PLACE_FIELDS = ("state", "seat", "position", "listed_on", "offer_until", "enrolled_on", "left_on")
PROPOSAL_FIELDS = ("state", "proposed_on", "answer_by", "person_answered_at", "firm_answered_at")
TRAINEESHIP_FIELDS = (
    "state",
    "starts_on",
    "ends_on",
    "early_end_on",
    "weekly_hours",
    "days_a_week",
    "monthly_allowance",
    "outcome",
    "closed_on",
)


def record_of(title: str, row, fields: tuple[str, ...]) -> Record:
    facts = [(str(row._meta.get_field(name).verbose_name), in_words(row, name)) for name in fields]
    return Record(title, tuple((name, value) for name, value in facts if value))


def in_words(row, name: str) -> str:
    """Labels of choices, ISO dates; empty when not known."""
    value = getattr(row, name)
    if value is None or value == "":
        return ""
    choices = row._meta.get_field(name).choices
    if choices:
        return str(dict(choices).get(value, value))
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)
