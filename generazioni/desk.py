"""What this app shows on pages composed by the portal."""

from datetime import date

from oltreiperimetri.shared.desk import Card, CardItem, Figure, Panel, Record
from partners.models import Organisation

from . import desk_contest, desk_evenings


def public_evenings(today: date) -> list[CardItem]:
    return desk_evenings.public_evenings(today)


def cards(viewer, *, today: date) -> list[Card]:
    return desk_contest.cards(viewer, today=today) + desk_evenings.cards(viewer, today=today)


def organisation_panels(organisation: Organisation, viewer, *, today: date) -> list[Panel]:
    return desk_contest.organisation_panels(organisation, viewer, today=today)


def report_rows(start: date, end: date) -> list[Figure]:
    return desk_contest.report_rows(start, end) + desk_evenings.report_rows(start, end)


def person_records(person) -> list[Record]:
    """The ideas of the person's account, and the evenings they signed up for with its address."""
    if person.user_id is None:
        return []
    return desk_contest.idea_records(person.user) + desk_evenings.guest_records(person.user.email)
