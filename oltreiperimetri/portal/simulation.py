"""A year of the programme on a fake clock: what people, firms and the office do, and what the engine does about it.

Everything goes through the verbs of the portal and the real engine, with outages, a mail server that refuses one mail
in ten for the moment, both clock changes and the holidays. What is counted comes from the mails that were delivered and
from what the acts noted down, never from the engine's own states.
"""

import heapq
import random
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from smtplib import SMTPRecipientsRefused

from django.core.mail.backends.base import BaseEmailBackend
from django.test.utils import override_settings

from oltreiperimetri.reminders import engine
from oltreiperimetri.reminders.deciding import PER_DAY, PER_WEEK
from oltreiperimetri.reminders.models import Message, Reminder
from oltreiperimetri.reminders.window import is_open
from oltreiperimetri.shared.dates import ROME, at_rome

TICK = timedelta(hours=1)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
# First and last tick of a day in which mail may leave, and two at night, when none may.
TICKS = (time(2, 30), *(time(hour, 30) for hour in range(7, 20)), time(23, 30))


@dataclass(frozen=True)
class Delivered:
    at: datetime
    recipient: str
    message_id: str


@dataclass
class Post:
    """The mail server of the year: what it took, and how often it says "later"."""

    chance: random.Random
    refusing: float = 0.1
    now: datetime | None = None
    taken: list[Delivered] = field(default_factory=list)
    refused: int = 0


POST: Post | None = None


class SimulatedServer(BaseEmailBackend):
    def send_messages(self, email_messages):
        for mail in email_messages:
            if POST.chance.random() < POST.refusing:
                POST.refused += 1
                raise SMTPRecipientsRefused({mail.to[0]: (451, b"later")})
            POST.taken.append(Delivered(POST.now, mail.to[0], mail.extra_headers["Message-ID"]))
        return len(email_messages)


@dataclass
class Year:
    """The clock, the agenda of acts to come, and what the acts noted: when each subject needed no more reminders."""

    start: date
    days: int
    chance: random.Random
    outages: tuple[tuple[datetime, datetime], ...]
    agenda: list = field(default_factory=list)
    settled: dict[tuple[str, int], datetime] = field(default_factory=dict)
    order: count = field(default_factory=count)

    @property
    def end(self) -> datetime:
        return at_rome(self.start + timedelta(days=self.days))

    def plan(self, moment: datetime, act: Callable[[datetime], None]) -> None:
        heapq.heappush(self.agenda, (moment, next(self.order), act))

    def settle(self, subject, now: datetime) -> None:
        self.settled[subject._meta.label_lower, subject.pk] = now

    def reopen(self, subject) -> None:
        self.settled.pop((subject._meta.label_lower, subject.pk), None)

    def is_out(self, moment: datetime) -> bool:
        return any(first <= moment < last for first, last in self.outages)

    def run(self) -> None:
        for number in range(self.days):
            day = self.start + timedelta(days=number)
            for clock in TICKS:
                self.tick(datetime.combine(day, clock, tzinfo=ROME), first_of_day=clock == TICKS[0])

    def tick(self, now: datetime, *, first_of_day: bool) -> None:
        while self.agenda and self.agenda[0][0] <= now:
            moment, _order, act = heapq.heappop(self.agenda)
            act(moment)
        if self.is_out(now):
            return
        POST.now = now
        if first_of_day:
            engine.plan_all(now=now)
        engine.sweep(now=now)
        engine.emit_due(now=now)
        engine.send_digests(now=now)
        engine.deliver(now=now)


@dataclass(frozen=True)
class Report:
    """What the year came to. All but the first six must be zero."""

    due: int
    sent: int
    on_time: int
    late_after_an_outage: int
    not_sent: Counter
    refused_for_the_moment: int
    doubled: int
    lost: int
    to_finished_cases: int
    outside_hours: int
    over_the_caps: int

    @property
    def failures(self) -> dict[str, int]:
        names = ("doubled", "lost", "to_finished_cases", "outside_hours", "over_the_caps")
        return {name: getattr(self, name) for name in names if getattr(self, name)}


def simulate(*, people: int, groups: int, start: date, days: int, seed: int = 2016) -> Report:
    """Live through `days` from `start` on the current, empty database; returns what was counted."""
    global POST  # noqa: PLW0603 - Django makes the backend itself, and passes it nothing
    from . import simulated_programme  # it needs the names above

    chance = random.Random(seed)
    year = Year(start, days, chance, outages_of(start, days))
    POST = Post(chance)
    server = f"{__name__}.SimulatedServer"
    with override_settings(EMAIL_BACKEND=server, QUIET_HOURS=True, SMS_ENABLED=False):
        simulated_programme.prepare(year, people=people, groups=groups)
        year.run()
        POST.refusing = 0
        settle_down(year)
    return report(year)


def outages_of(start: date, days: int) -> tuple[tuple[datetime, datetime], ...]:
    """Three days without a worker in each third of the year, over a week-end the second time."""
    first = [start + timedelta(days=days * third // 4) for third in (1, 2, 3)]
    return tuple((at_rome(day, 7), at_rome(day + timedelta(days=3), 12)) for day in first)


def settle_down(year: Year) -> None:
    """Two quiet days after the last: what was on its way arrives."""
    year.agenda.clear()
    for number in range(6):
        for clock in TICKS:
            day = year.start + timedelta(days=year.days + number)
            year.tick(datetime.combine(day, clock, tzinfo=ROME), first_of_day=clock == TICKS[0])


def report(year: Year) -> Report:
    messages = {message.message_id: message for message in Message.objects.select_related("reminder").defer("body", "html")}
    reminders = [(sent, messages[sent.message_id]) for sent in POST.taken if messages[sent.message_id].reminder_id]
    due = Reminder.objects.filter(due_at__lt=year.end)
    late = [sent for sent, message in reminders if sent.at - message.reminder.due_at > 2 * TICK]
    still_here = Message.objects.exclude(state__in=["sent", "aborted"])
    return Report(
        due=due.count(),
        sent=len(POST.taken),
        on_time=len(reminders) - len(late),
        late_after_an_outage=len(late),
        not_sent=Counter(due.exclude(state="emitted").values_list("state", flat=True)),
        refused_for_the_moment=POST.refused,
        doubled=beyond_the_first(sent.message_id for sent in POST.taken)
        + beyond_the_first((message.dedupe_key, sent.recipient) for sent, message in reminders),
        lost=due.filter(state="planned", held_at=None).count() + still_here.count(),
        to_finished_cases=sum(is_settled(year, sent, message.reminder) for sent, message in reminders),
        outside_hours=sum(not is_open(sent.at) for sent, _message in reminders),
        over_the_caps=over_the_caps(reminders),
    )


def beyond_the_first(keys) -> int:
    """How many times something came again."""
    return sum(times - 1 for times in Counter(keys).values())


def is_settled(year: Year, sent: Delivered, reminder: Reminder) -> bool:
    settled = year.settled.get((reminder.subject_type, reminder.subject_id))
    return settled is not None and settled < sent.at - TICK


def over_the_caps(reminders) -> int:
    """How often somebody outside the office was written to more than once a day or three times a week.

    Counted when the mail was written: one that the server refused for the moment arrives later.
    """
    written = defaultdict(list)
    for sent, message in reminders:
        written[sent.recipient].append(message.queued_at)
    found = 0
    for times in written.values():
        times.sort()
        per_day = Counter(at.astimezone(ROME).date() for at in times)
        found += sum(number > PER_DAY for number in per_day.values())
        found += sum(sum(at - WEEK < other <= at for other in times) > PER_WEEK for at in times)
    return found
