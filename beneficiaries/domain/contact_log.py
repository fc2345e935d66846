"""The contact log: written in ten seconds, counted in the reports."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Case, Count, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import record
from oltreiperimetri.shared.errors import DomainError, refuse_unless
from oltreiperimetri.shared.models import Municipality

from ..access import people_visible_to
from ..models import ContactEntry, Person

UNDO_FOR = timedelta(days=1)


@transaction.atomic
def note_contact(
    *,
    kind: str,
    topic: str = "",
    day: date,
    place: Municipality,
    minutes: int | None = None,
    person: Person | None = None,
    municipality: Municipality | None = None,
    age_band: str = "",
    by,
    now: datetime,
) -> ContactEntry:
    """One line of the log. Of a person the town is the person's; of nobody in particular, what was said of them."""
    refuse_unless(by.is_staff_member and (not person or people_visible_to(by).filter(pk=person.pk).exists()))
    if day > timezone.localtime(now).date():
        raise DomainError(_("This day is in the future. Check the year."), code="future", field="day")
    entry = ContactEntry.objects.create(
        kind=kind,
        topic=topic,
        day=day,
        place=place,
        minutes=minutes,
        person=person,
        municipality=person.municipality if person else municipality,
        age_band="" if person else age_band,
        by=by,
    )
    record("note_contact", entry, by=by, changes={"kind": str(kind), "day": str(day)}, at=now)
    return entry


@transaction.atomic
def take_back(entry: ContactEntry, *, by, now: datetime) -> None:
    """Who wrote a line takes it away within a day: a wrong tap leaves only its trace in the record of acts."""
    if entry.by_id != by.pk:
        raise DomainError(_("Only who wrote this line can take it back."), code="not_author")
    if not may_take_back(entry, by=by, now=now):
        raise DomainError(_("More than a day has passed: tell the coordinator."), code="too_late")
    record("take_back_contact", entry, by=by, changes={"kind": entry.kind, "day": str(entry.day)}, at=now)
    entry.delete()


def may_take_back(entry: ContactEntry, *, by, now: datetime) -> bool:
    return entry.by_id == by.pk and now - entry.created_at <= UNDO_FOR


def last_place(user) -> Municipality | None:
    """Where this colleague wrote the last line."""
    last = ContactEntry.objects.filter(by=user).order_by("-pk").select_related("place").first()
    return last.place if last else None


def counted(start: date, end: date) -> QuerySet:
    """(town, area, indicator, total) of the days from `start` to `end`, both included, as the half-year sheet names them.

    A cafè is counted where it is; everything else where the person lives or, when that is not known, where it happened.
    """
    is_cafe, is_advice = Q(kind=ContactEntry.Kind.CAFE), Q(kind=ContactEntry.Kind.CONSULTATION)
    rows = ContactEntry.objects.filter(day__gte=start, day__lte=end).order_by()
    return (
        rows.annotate(
            town=Case(When(is_cafe, then="place_id"), default=Coalesce("municipality_id", "place_id")),
            in_area=Case(When(is_advice, then="topic"), default=Value("places")),
            of_what=Case(
                When(is_advice, then=Value("consultations")),
                When(is_cafe, then=Value("cafe_accesses")),
                When(kind=ContactEntry.Kind.DESK, then=Value("desk_visits")),
                default=Value("calls"),
            ),
        )
        .values("town", "in_area", "of_what")
        .annotate(total=Count("pk"))
        .values_list("town", "in_area", "of_what", "total")
    )
