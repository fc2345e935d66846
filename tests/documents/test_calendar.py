from datetime import UTC, datetime

import icalendar

from oltreiperimetri.documents.calendar import Entry, ics

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ENTRY = Entry(
    uid="evening-1@oltreiperimetri",
    title="Serata",
    starts_at=datetime(2026, 12, 1, 19, 0, tzinfo=UTC),
    ends_at=datetime(2026, 12, 1, 21, 0, tzinfo=UTC),
    sequence=2,
    is_cancelled=True,
)


def test_an_entry_keeps_its_identity_and_says_it_is_cancelled():
    calendar = icalendar.Calendar.from_ical(ics([ENTRY], now=NOW))
    event = calendar.walk("VEVENT")[0]
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (ENTRY.uid, 2, "CANCELLED")


def test_times_are_those_of_rome_with_their_zone():
    content = ics([ENTRY], now=NOW).decode()
    assert "DTSTART;TZID=Europe/Rome:20261201T200000" in content
    assert "BEGIN:VTIMEZONE" in content
