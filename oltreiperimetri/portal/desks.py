"""Composition: asks every app's desk for its part of a page. An app without a part is skipped."""

from datetime import date, datetime
from importlib import import_module
from itertools import chain

from oltreiperimetri.shared.desk import Appointment, Card, Event, Figure, Panel, Record, Step, Tab, Task

DESKS = ("beneficiaries.desk", "orafo.desk", "generazioni.desk", "partners.desk", "oltreiperimetri.followups.desk")


def ask(function: str, *args, **kwargs) -> list:
    answers = []
    for name in DESKS:
        part = getattr(import_module(name), function, None)
        if part:
            answers.append(part(*args, **kwargs))
    return list(chain.from_iterable(answers))


def cards(viewer, *, today: date) -> list[Card]:
    worth_showing = [card for card in ask("cards", viewer, today=today) if card.is_worth_showing]
    return sorted(worth_showing, key=lambda card: -card.urgency)


def person_panels(person, viewer, *, today: date, tab: Tab | None = None) -> list[Panel]:
    """The panels of one sheet of the file, or of all. To the person's own page no sheet applies."""
    return sorted(ask("person_panels", person, viewer, today=today, tab=tab), key=lambda panel: panel.order)


def person_events(person, viewer) -> list[Event]:
    return sorted(ask("person_events", person, viewer), key=lambda event: event.at, reverse=True)


def next_steps(person, viewer, *, today: date) -> list[Step]:
    """The most urgent first. A step of negative urgency only fills the gap when no app has another."""
    steps = sorted(ask("next_steps", person, viewer, today=today), key=lambda step: (-step.urgency, step.due_on or date.max))
    return [step for step in steps if step.urgency >= 0] or steps


def own_tasks(person) -> list[Task]:
    return sorted(ask("own_tasks", person), key=lambda task: task.order)


def appointments(person, *, now: datetime) -> list[Appointment]:
    return sorted(ask("appointments", person, now=now), key=lambda appointment: appointment.at)


def person_records(person) -> list[Record]:
    """All that the apps keep about a person and may give to them."""
    return ask("person_records", person)


def organisation_panels(organisation, viewer, *, today: date) -> list[Panel]:
    return sorted(ask("organisation_panels", organisation, viewer, today=today), key=lambda panel: panel.order)


def report_rows(start: date, end: date) -> list[Figure]:
    return ask("report_rows", start, end)
