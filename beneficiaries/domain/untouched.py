"""Files that nobody has touched for weeks, and people without a caseworker: what a queue hides."""

from datetime import datetime, timedelta

from django.db.models import F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from ..models import Application, ContactEntry, Note, Notice
from .queries import OPEN_STATES, TO_WORK_ON

UNTOUCHED_WEEKS = 4
UNASSIGNED_DAYS = 3
TOUCHES = (Note, Notice, ContactEntry)


def with_last_touch(applications: QuerySet) -> QuerySet:
    """Each with `last_touch`: its own last change, or the last note, message or contact of its person."""
    touches = [
        Coalesce(
            Subquery(
                model.objects.filter(person=OuterRef("person"))
                .order_by()
                .values("person")
                .annotate(last=Max("created_at"))
                .values("last")
            ),
            F("updated_at"),
        )
        for model in TOUCHES
    ]
    return applications.annotate(last_touch=Greatest("updated_at", *touches))


def last_touch_of(application: Application) -> datetime:
    """As `with_last_touch` found it, else asked now."""
    found = getattr(application, "last_touch", None)
    return found or with_last_touch(Application.objects.filter(pk=application.pk)).get().last_touch


def untouched(applications: QuerySet, *, now: datetime) -> QuerySet:
    """To be worked on, and left alone for `UNTOUCHED_WEEKS` or more."""
    rows = applications.filter(state__in=TO_WORK_ON, updated_at__lte=now - timedelta(weeks=UNTOUCHED_WEEKS))
    return with_last_touch(rows).filter(last_touch__lte=now - timedelta(weeks=UNTOUCHED_WEEKS))


def unassigned(applications: QuerySet) -> QuerySet:
    """Under way, and followed by nobody who still works here."""
    return applications.filter(state__in=OPEN_STATES).exclude(owner__is_active=True)
