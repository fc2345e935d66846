"""Calendar files (RFC 5545): the same UID for the same thing, a growing SEQUENCE, CANCELLED kept."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from icalendar import Calendar, Event

from oltreiperimetri.shared.dates import ROME


@dataclass(frozen=True)
class Entry:
    """One appointment. `uid` is stable (for instance "evening-12@oltreiperimetri"); titles hold no personal data.

    `organizer` and `attendee`: e-mail addresses, for the invitations (REQUEST, CANCEL) that RFC 5546 wants with both.
    """

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    description: str = ""
    url: str = ""
    sequence: int = 0
    is_cancelled: bool = False
    organizer: str = ""
    attendee: str = ""


def ics(entries: list[Entry], *, now: datetime, method: str = "PUBLISH") -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Oltreiperimetri//portal//IT")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for entry in entries:
        event = Event()
        event.add("uid", entry.uid)
        event.add("dtstamp", now)
        event.add("dtstart", entry.starts_at.astimezone(ROME))
        event.add("dtend", entry.ends_at.astimezone(ROME))
        event.add("summary", entry.title)
        event.add("sequence", entry.sequence)
        event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
        for name, value in (("location", entry.place), ("description", entry.description), ("url", entry.url)):
            if value:
                event.add(name, value)
        for name, address in (("organizer", entry.organizer), ("attendee", entry.attendee)):
            if address:
                event.add(name, f"mailto:{address}")
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()


def response(entries: list[Entry], *, now: datetime, filename: str, method: str = "PUBLISH") -> HttpResponse:
    answer = HttpResponse(ics(entries, now=now, method=method), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{filename}.ics"'
    return answer
