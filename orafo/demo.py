"""three groups: one that has finished, one in traineeship, one that is filling"""

from datetime import date, time, timedelta

from django.db.models import F, Q

from beneficiaries.domain.notices import mark_called
from beneficiaries.models import Notice
from oltreiperimetri.reminders.models import Message
from oltreiperimetri.shared.dates import at_rome

from . import demo_placements as placements
from .domain import cohort as cohorts
from .domain import membership as seats
from .domain import session as meetings
from .enums import LeavingReason, Mark, SessionKind
from .models import Cohort, Proposal

RHO, LAINATE, PERO = "015182", "015116", "015170"
PLACES = {
    RHO: "#Op cafè di Rho, Via dell'Esempio 20",
    LAINATE: "#Op cafè di Lainate, Largo della Prova 3",
    PERO: "Sala civica di Pero, Piazza dell'Esempio 1",
}
TRAINERS = ["Elena Formatrice", "Marco Orienta", "Giulia Risorse"]
MARKS = {Mark.PRESENT: 82, Mark.LATE: 6, Mark.EXCUSED: 8, Mark.ABSENT: 4}
KINDS = list(SessionKind)


def build(world, *, today: date) -> None:
    """Adds `world.groups`: finished, running, filling. Told by the verbs of the portal, each act on its own day."""
    before = set(Notice.objects.to_call().values_list("pk", flat=True))
    others = [person for person in world.admitted if person.pk != world.beneficiary.pk]
    finished = finished_group(world, others[:12], today=today)
    running = running_group(world, [world.beneficiary, *others[12:23]], today=today)
    filling = filling_group(world, others[23:], today=today)
    world.groups = [finished, running, filling]
    letters_have_left(world)
    told_by_voice(world, before, today=today)


def working_day(day: date) -> date:
    """The day itself, or the Monday after a week-end."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def found(world, name: str, town: str, *, days: tuple[int, int], leader: str, today: date) -> Cohort:
    """A group open to people, prepared a month before its first day."""
    first, last = (working_day(today + timedelta(days=number)) for number in days)
    prepared = at_rome(min(first - timedelta(days=30), today - timedelta(days=14)), 10)
    values = {
        "name": name,
        "place": PLACES[town],
        "municipality": world.towns[town],
        "starts_on": first,
        "ends_on": last,
        "capacity": 12,
        "coordinator": world.users[leader],
    }
    cohort = cohorts.create(values, by=world.users["coordinator"], now=prepared)
    cohorts.open_to_people(cohort, by=world.users["coordinator"], now=prepared)
    return cohort


def seat(world, cohort: Cohort, people: list, *, before: int) -> None:
    """Give seats one after the other, the last one `before` days before the first meeting."""
    for number, person in enumerate(people):
        day = cohort.starts_on - timedelta(days=before + (len(people) - number) // 2)
        seats.enrol(person, cohort, by=cohort.coordinator, today=day, now=at_rome(day, 11))


def plan_meetings(world, cohort: Cohort, offsets, *, now) -> list:
    """One meeting for each number of days from the first day; the kinds follow the path."""
    made = []
    for number, offset in enumerate(offsets):
        values = {
            "kind": KINDS[number * len(KINDS) // len(offsets)],
            "day": working_day(cohort.starts_on + timedelta(days=offset)),
            "start_time": time(9, 30),
            "end_time": time(12, 30),
            "place": cohort.place,
            "trainer": TRAINERS[number % len(TRAINERS)],
        }
        made.append(meetings.plan_session(cohort, values, by=cohort.coordinator, now=now))
    return made


def hold(world, session) -> None:
    marks = {
        member.pk: world.random.choices(list(MARKS), weights=list(MARKS.values()))[0]
        for member in meetings.members_on(session)
    }
    meetings.hold_session(session, marks, by=session.cohort.coordinator, now=at_rome(session.day, 17))


def finished_group(world, people: list, *, today: date) -> Cohort:
    """Over for months: most had a traineeship, one left for a job, and the follow-up is asking."""
    cohort = found(world, "Ripartenza 1", LAINATE, days=(-470, -255), leader="caseworker", today=today)
    seat(world, cohort, people, before=3)
    sessions = plan_meetings(world, cohort, range(0, 200, 13), now=at_rome(cohort.starts_on - timedelta(days=10), 15))
    cohorts.confirm(cohort, by=cohort.coordinator, now=at_rome(cohort.starts_on, 9))
    leaver = cohort.memberships.get(person=people[-1])
    for session in sessions:
        if session.day > cohort.starts_on + timedelta(days=60) and leaver.left_on is None:
            now = at_rome(cohort.starts_on + timedelta(days=60), 10)
            seats.withdraw(leaver, by=cohort.coordinator, now=now, reason=LeavingReason.FOUND_WORK)
        hold(world, session)
    placements.finished(world, cohort, today=today)
    cohorts.close(cohort, by=cohort.coordinator, now=at_rome(cohort.ends_on + timedelta(days=1), 12))
    return cohort


def running_group(world, people: list, *, today: date) -> Cohort:
    """Months of meetings behind it; now most are in a traineeship and the others are being matched."""
    cohort = found(world, "Ripartenza 2", RHO, days=(-185, 45), leader="caseworker", today=today)
    seat(world, cohort, people, before=2)
    cohorts.confirm(cohort, by=cohort.coordinator, now=at_rome(cohort.starts_on, 9))
    to_come = [(today - cohort.starts_on).days + days for days in (4, 18, 32)]
    offsets = [*range(0, 168, 12), *to_come]
    for session in plan_meetings(world, cohort, offsets, now=at_rome(cohort.starts_on - timedelta(days=7), 15)):
        if session.day < today:
            hold(world, session)
    placements.running(world, cohort, today=today)
    return cohort


def filling_group(world, people: list, *, today: date) -> Cohort:
    """Seven seats taken, one offered yesterday, and people who wait."""
    cohort = found(world, "Ripartenza 3", PERO, days=(13, 150), leader="caseworker2", today=today)
    for number, person in enumerate(people[:7]):
        day = today - timedelta(days=9 - number)
        seats.enrol(person, cohort, by=cohort.coordinator, today=day, now=at_rome(day, 11))
    plan_meetings(world, cohort, range(0, 66, 11), now=at_rome(today - timedelta(days=9), 15))
    waiting = [
        seats.join_waiting_list(person, cohort, by=cohort.coordinator, now=at_rome(today - timedelta(days=6 - number), 12))
        for number, person in enumerate(people[7:12])
    ]
    seats.offer_seat(waiting[0], by=cohort.coordinator, now=at_rome(today - timedelta(days=1), 16))
    return cohort


def letters_have_left(world) -> None:
    """Old mail was sent then. Only the two proposals of today's accounts leave now, so that their links can be tried."""
    own = Q(person=world.beneficiary) | Q(slot__organisation=world.firm, state=Proposal.State.SENT_TO_FIRM)
    fresh = Proposal.objects.open().filter(own).values("pk")
    Message.objects.filter(state=Message.State.QUEUED).exclude(
        template__in=["orafo/proposal_person", "orafo/proposal_firm"],
        about_type=Proposal._meta.label_lower,
        about_id__in=fresh,
        recipient__in=[world.users["beneficiary"].email, world.users["firm"].email],
    ).update(state=Message.State.SENT, sent_at=F("queued_at"), handed_over_at=F("queued_at"), attempt=1)


def told_by_voice(world, before: set[int], *, today: date) -> None:
    """People without an address were called the day after; what is fresher still waits for somebody to call."""
    old = Notice.objects.to_call().exclude(pk__in=before).filter(sent_at__lt=at_rome(today - timedelta(days=4)))
    for notice in old.order_by("sent_at", "pk"):
        mark_called(notice, by=world.users["caseworker"], now=notice.sent_at + timedelta(days=1))
