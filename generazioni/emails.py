"""Everything this app can say by e-mail, one function a message."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from oltreiperimetri.accounts.enums import LinkPurpose
from oltreiperimetri.accounts.links import issue_link
from oltreiperimetri.reminders.engine import queue_mail

from .models import Guest


# Themed evenings ------------------------------------------------------------------------------------
def evening_place(guest: Guest, *, now: datetime) -> None:
    """The seat, or the waiting list: at most one such mail an hour, however often somebody signs up again."""
    to_guest(guest, "evening_place", f"{guest.state}:{now:%Y%m%d%H}", now=now)


def evening_promoted(guest: Guest, *, now: datetime) -> None:
    to_guest(guest, "evening_promoted", now.isoformat(), now=now)


def evening_moved(guest: Guest, *, now: datetime) -> None:
    to_guest(guest, "evening_moved", str(guest.evening.sequence), now=now)


def evening_cancelled(guest: Guest, *, now: datetime) -> None:
    """Carries no link to the place: there is nothing to give back any more."""
    to_guest(guest, "evening_cancelled", str(guest.evening.sequence), now=now)


def evening_tomorrow(guest: Guest) -> tuple[str, dict]:
    """Composed when the reminder leaves."""
    return "generazioni/evening_tomorrow", evening_context(guest)


def to_guest(guest: Guest, template: str, occasion: str, *, now: datetime) -> None:
    """Nothing leaves without an address: those who gave only a number are called."""
    if not guest.email:
        return
    queue_mail(
        f"generazioni/{template}",
        evening_context(guest),
        to=guest.email,
        name=guest.name,
        dedupe_key=f"generazioni.{template}:{guest.pk}:{occasion}",
        now=now,
        about=guest.evening,
    )


def evening_context(guest: Guest) -> dict:
    evening = guest.evening
    return {
        "name": guest.name,
        "evening": evening,
        "guest": guest,
        "place_url": "" if evening.is_cancelled else place_url(guest),
        "agenda_url": settings.SITE_URL + reverse("generazioni:evenings"),
        "calendar_url": settings.SITE_URL + reverse("generazioni:evening_calendar", args=[evening.pk]),
    }


def place_url(guest: Guest) -> str:
    """A fresh link, good until the evening ends."""
    token = issue_link(LinkPurpose.EVENING, guest, expires_at=guest.evening.ends_at)
    return settings.SITE_URL + reverse("generazioni:evening_place", args=[token])
