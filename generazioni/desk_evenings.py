"""Themed evenings on the pages composed by the portal."""

from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oltreiperimetri.shared.dates import at_rome
from oltreiperimetri.shared.desk import Card, CardItem, Figure, Record

from .models import Evening, Guest

SHOWN = 5
AREA = "enterprise"


def public_evenings(today: date) -> list[CardItem]:
    """The next evenings for everybody, those of today included: title, page, when and where, seats left."""
    rows = Evening.objects.upcoming(at_rome(today)).with_counts()[:SHOWN]
    return [
        CardItem(evening.title, evening.get_absolute_url(), f"{when_and_where(evening)} · {seats(evening)}")
        for evening in rows
    ]


def when_and_where(evening: Evening) -> str:
    moment = timezone.localtime(evening.starts_at)
    return _("%(day)s at %(time)s, %(town)s") % {
        "day": date_format(moment, "l j F").lower(),
        "time": date_format(moment, "H:i"),
        "town": evening.municipality.name,
    }


def seats(evening: Evening) -> str:
    left = evening.seats_left
    if not left:
        return _("full: waiting list")
    return ngettext("%(count)s seat left", "%(count)s seats left", left) % {"count": left}


def cards(viewer, *, today: date) -> list[Card]:
    """Three cards from one query: what is announced and not closed, and whatever somebody must still be called about."""
    if not viewer.is_staff_member:
        return []
    to_call = Count("guests", filter=~Q(guests__call_about=""))
    rows = Evening.objects.with_counts().annotate(to_call=to_call).order_by("starts_at", "pk")
    evenings = list(rows.filter(Q(state=Evening.State.PUBLISHED) | Q(to_call__gt=0)))
    published, midnight = [evening for evening in evenings if evening.is_published], at_rome(today)
    return [
        people_to_call([evening for evening in evenings if evening.to_call]),
        evenings_to_close([evening for evening in published if evening.is_over_at(midnight)]),
        next_evenings([evening for evening in published if not evening.is_over_at(midnight)]),
    ]


def people_to_call(evenings: list[Evening]) -> Card:
    """Those without an e-mail address, when something changed for them."""
    items = tuple(
        CardItem(
            evening.title,
            office_page(evening),
            ngettext("%(count)s person to call", "%(count)s people to call", evening.to_call) % {"count": evening.to_call},
            urgent=True,
        )
        for evening in evenings[:SHOWN]
    )
    return Card(title=_("Evenings: people to call"), items=items, urgency=55, icon="it-telephone")


def evenings_to_close(evenings: list[Evening]) -> Card:
    """Over before today, without the list of who came."""
    items = tuple(
        CardItem(evening.title, register_page(evening), date_format(evening.day, "j F Y")) for evening in evenings[:SHOWN]
    )
    return Card(title=_("Evenings: who came?"), items=items, urgency=30, icon="it-check-circle")


def next_evenings(evenings: list[Evening]) -> Card:
    items = tuple(CardItem(evening.title, office_page(evening), staff_note(evening)) for evening in evenings[:SHOWN])
    url = reverse("generazioni:evenings_office") + "?stato=next"
    return Card(title=_("Next evenings"), url=url, items=items, urgency=10, icon="it-calendar")


def staff_note(evening: Evening) -> str:
    note = _("%(seated)s of %(seats)s seats taken") % {"seated": evening.seated, "seats": evening.capacity}
    if evening.waiting:
        note += ", " + _("%(count)s waiting") % {"count": evening.waiting}
    return f"{when_and_where(evening)} · {note}"


def register_page(evening: Evening) -> str:
    return reverse("generazioni:evening_who_came", args=[evening.pk])


def office_page(evening: Evening) -> str:
    return reverse("generazioni:evening_office", args=[evening.pk])


def report_rows(start: date, end: date) -> list[Figure]:
    """Evenings held in the period and the people who came, by town. Only closed lists count."""
    held = Evening.objects.held().starting_between(start, end).order_by()
    evenings = held.values("municipality").annotate(count=Count("pk"))
    came = Guest.objects.filter(evening__in=held, came=True).order_by()
    people = came.values("evening__municipality").annotate(count=Count("pk"))
    return [
        *[Figure(row["municipality"], AREA, "evenings", row["count"]) for row in evenings],
        *[Figure(row["evening__municipality"], AREA, "participants", row["count"]) for row in people],
    ]


def guest_records(email: str) -> list[Record]:
    """The evenings somebody signed up for with this address, in the copy of their data."""
    rows = Guest.objects.filter(email__iexact=email).select_related("evening").order_by("signed_up_at", "pk")
    return [
        Record(_("My evenings"), ((str(guest.evening), guest.get_state_display()), (_("name"), guest.name)))
        for guest in rows
    ]
