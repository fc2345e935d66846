"""Composition: asks every app's desk for its part of a page. An app without a part is skipped."""

from datetime import date
from importlib import import_module
from itertools import chain

from oltreiperimetri.shared.desk import Card, Event, Figure, Panel, Step

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


def person_panels(person, viewer, *, today: date) -> list[Panel]:
    return sorted(ask("person_panels", person, viewer, today=today), key=lambda panel: panel.order)


def person_events(person, viewer) -> list[Event]:
    return sorted(ask("person_events", person, viewer), key=lambda event: event.at, reverse=True)


def next_steps(person, viewer, *, today: date) -> list[Step]:
    steps = ask("next_steps", person, viewer, today=today)
    return sorted(steps, key=lambda step: (-step.urgency, step.due_on or date.max))


def organisation_panels(organisation, viewer, *, today: date) -> list[Panel]:
    return sorted(ask("organisation_panels", organisation, viewer, today=today), key=lambda panel: panel.order)


def report_rows(start: date, end: date) -> list[Figure]:
    return ask("report_rows", start, end)
