"""What this app shows on pages composed by the portal."""

from datetime import date

from oltreiperimetri.shared.desk import Card, CardItem, Figure

from . import desk_evenings


def public_evenings(today: date) -> list[CardItem]:
    return desk_evenings.public_evenings(today)


def cards(viewer, *, today: date) -> list[Card]:
    return desk_evenings.cards(viewer, today=today)


def report_rows(start: date, end: date) -> list[Figure]:
    return desk_evenings.report_rows(start, end)
