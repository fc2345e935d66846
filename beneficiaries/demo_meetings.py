"""free times in the next two weeks, who is booked, invited, and who did not come"""

from datetime import date, datetime, time, timedelta

from oltreiperimetri.reminders.window import is_office_day
from oltreiperimetri.shared.dates import at_rome

from .demo_words import PLACES
from .domain import appointment as verbs
from .domain.free_time import offered_to, publish
from .domain.invitation import book_for, invite
from .domain.place import place_named
from .enums import MeetingKind
from .models import Appointment, FreeTime, MeetingPlace, Person

State = Appointment.State
RHO, PERO = "015182", "015170"
DIRECTIONS = {RHO: "Dalla stazione cinque minuti a piedi. Citofono «#Op cafè», piano terra, senza gradini."}


def build(world, *, today: date) -> None:
    place = place_in(RHO, world)
    caseworker = world.users["caseworker"]
    past, coming = working_days(today, -1, 4)[::-1], working_days(today, 1, 10)
    held = [one for day in past for one in publish_at(world, place, caseworker, "talk", day, at=day_before(day, 6))]
    for number, day in enumerate(coming):
        kind = list(MeetingKind)[number % 3]
        publish_at(world, place, caseworker, kind, day, at=day_before(today, 1))
    publish_at(world, place, caseworker, "budget", coming[3], at=day_before(today, 1), capacity=4, hour=14)
    publish_at(world, place_in(PERO, world), world.users["caseworker2"], "talk", coming[1], at=day_before(today, 1))
    followed = [one for one in world.admitted if one.municipality_id in caseworker.municipality_codes]
    people = [one for one in followed if one != world.beneficiary and one.email]
    ended(held, people, by=caseworker)
    for_the_coming_days(world, people[4:], today=today)


def working_days(today: date, step: int, wanted: int) -> list[date]:
    days, day = [], today
    while len(days) < wanted:
        day += timedelta(days=step)
        if is_office_day(day):
            days.append(day)
    return days


def day_before(day: date, days: int) -> datetime:
    return at_rome(day - timedelta(days=days), 9)


def place_in(town: str, world) -> MeetingPlace:
    name, address = PLACES[town].split(", ", 1)
    title = f"#Op cafè {name}" if "#Op" in address else f"Sportello {name}"
    place = place_named((title, ""), by=None, now=world.now)
    place.address, place.municipality_id = address.split(", ", 1)[1] + f", {name}", town
    place.directions = DIRECTIONS.get(town, "")
    place.save()
    return place


def publish_at(world, place, host, kind, day, *, at: datetime, capacity: int = 1, hour: int = 9) -> list[FreeTime]:
    hours = {"first": time(hour), "last": time(hour + 3), "minutes": 45, "capacity": capacity}
    return publish(place, kind=kind, host=host, day=day, by=host, now=min(at, world.now), **hours).made


def ended(held: list[FreeTime], people: list[Person], *, by) -> None:
    """Last week: two met, one did not come, one had told us."""
    outcomes = [State.HONOURED, State.NO_SHOW, State.HONOURED, State.EXCUSED]
    for person, free_time, outcome in zip(people, held[::3], outcomes, strict=False):
        booked = book_for(person, free_time, by=by, now=free_time.starts_at - timedelta(days=5))
        verbs.close(booked, outcome, by=by, now=free_time.ends_at)


def for_the_coming_days(world, people: list[Person], *, today: date) -> None:
    """Some booked by the office, some by themselves after an invitation, some who have not chosen yet, one who cancelled."""
    caseworker, yesterday = world.users["caseworker"], day_before(today, 1)
    for turn, person in enumerate([world.beneficiary, *people[:3]]):
        free_time = offered_to(person, MeetingKind.TALK, now=world.now)[turn * 2]
        book_for(person, free_time, by=caseworker, now=yesterday + timedelta(minutes=turn))
    invited = invite(people[3:9], MeetingKind.ASSESSMENT, by=caseworker, now=yesterday)
    choosing = [one.appointment for one in invited if one.is_invited]
    for turn, appointment in enumerate(choosing[:2]):
        at = yesterday + timedelta(hours=3 + turn)
        verbs.choose(appointment, offered_to(appointment.person, appointment.kind, now=world.now)[turn], by=None, now=at)
    for appointment in choosing[2:3]:
        verbs.cancel(appointment, by=None, now=yesterday + timedelta(hours=6))
    invite(people[9:12], MeetingKind.PAPERS, by=caseworker, now=yesterday)
