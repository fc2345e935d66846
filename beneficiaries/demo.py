"""about 120 people who asked for a hand, and how far each has come"""

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image, ImageDraw

from oltreiperimetri.accounts.models import User
from oltreiperimetri.audit.trail import record
from oltreiperimetri.shared.dates import at_rome

from . import demo_intake, demo_lists, demo_meetings, demo_money, demo_papers, demo_rules, demo_twins, demo_work
from .demo_cast import Character, cast
from .demo_words import (
    ADMITTED,
    ASKED,
    FOUND_OUT,
    INVITED,
    LISTED,
    NEARLY_FORTY,
    NOTES,
    PLACES,
    PRIVATE_NOTES,
    REFUSED,
    TAKEN,
    WITHDRAWN,
)
from .domain import application as verbs
from .domain.assignment import set_protocol
from .domain.notes import write_note
from .domain.notices import mark_called, mark_read, tell
from .domain.registration import Answers, register
from .domain.screening import correct_facts
from .domain.unsent_page import add_page, send_pages
from .enums import AdviceReason, RefusalReason, WithdrawalReason
from .models import Application, Appointment, Notice, Person, PersonDocument

State = Application.State
WORKDAYS = 5
# The hour of each interview to come: two today, two tomorrow, then one a day; the first of the list is over.
INTERVIEW_DAYS = ((-1, 15), (0, 10), (0, 15), (1, 9), (1, 11), (2, 10), (4, 9), (5, 14), (7, 10), (8, 15))


def build(world, *, today: date) -> None:
    """Adds `world.people` and `world.admitted` (Person, first registered first) and `world.beneficiary`."""
    stories = [Story(world, one, today=today) for one in cast(world.random, today)]
    world.people = [story.person for story in stories]
    world.admitted = [story.person for story in stories if story.who.fate == "admitted"]
    world.beneficiary = Person.objects.get(user=world.users["beneficiary"])
    for turn, fate in enumerate_fates(stories):
        FATES[fate.who.fate](fate, turn)
    read_and_call(world, today=today)
    papers_of(world.beneficiary, world, today=today)
    demo_intake.build(world, today=today)
    demo_work.build(world, today=today)
    demo_twins.build(world, today=today)
    demo_meetings.build(world, today=today)
    demo_money.build(world, today=today)
    demo_papers.build(world, today=today)
    demo_lists.build(world, today=today)
    demo_rules.build(world, today=today)


def enumerate_fates(stories: list["Story"]):
    """Each story with its place among those of the same fate."""
    seen: dict[str, int] = {}
    for story in stories:
        turn = seen[story.who.fate] = seen.get(story.who.fate, -1) + 1
        yield turn, story


class Story:
    """One person, their application and who follows it; `after` gives working moments that never pass the present."""

    def __init__(self, world, who: Character, *, today: date):
        self.world, self.who, self.today = world, who, today
        self.caseworker = caseworker_for(world, who.town)
        self.application = register(
            self.answers(), channel=who.channel, by=self.filled_by(), now=self.after(0, who.hour_and_minute[0])
        )
        self.person = self.application.person

    def answers(self) -> Answers:
        told = {name: getattr(self.who, name) for name in Answers.__dataclass_fields__ if hasattr(self.who, name)}
        return Answers(**told, municipality=self.world.towns.get(self.who.town), notice_version="2026-11-01")

    def filled_by(self) -> User | None:
        if self.who.email == self.world.users["beneficiary"].email:
            return self.world.users["beneficiary"]
        return None if self.who.channel == "online" else self.caseworker

    def after(self, days: int, hour: int = 11) -> datetime:
        """`days` after the registration, moved on to Monday from a weekend, and never later than now."""
        day = self.who.registered_on + timedelta(days=days)
        if days and day.weekday() >= WORKDAYS:
            day += timedelta(days=7 - day.weekday())
        return min(at_rome(day, hour, self.who.number % 60), self.world.now - timedelta(minutes=1 + self.who.number % 20))

    def take(self, *, days: int = 2) -> None:
        self.tell(verbs.take_in_review, message=TAKEN, now=self.after(days))

    def tell(self, verb: Callable, *args, now: datetime, **kwargs):
        return verb(self.application, *args, seen=self.application.state, by=self.caseworker, now=now, **kwargs)

    def meet(self, *, days: int) -> None:
        """Invite, meet and write down that it took place; what is left of the time decides how long it took."""
        invited = self.after(days)
        starts_at = at_rome(timezone.localtime(self.after(days + 9)).date(), 9 + self.who.number % 6)
        place = PLACES.get(self.who.town, PLACES["015182"])
        interview = self.tell(verbs.plan_interview, starts_at=starts_at, place=place, message=INVITED, now=invited)
        note = self.world.random.choice(NOTES)
        verbs.close_interview(
            interview, Appointment.State.HONOURED, note=note, by=self.caseworker, now=starts_at + timedelta(hours=1)
        )

    def protocol(self, *, days: int) -> None:
        now = self.after(days)
        set_protocol(self.application, f"{self.who.number:07d}", timezone.localtime(now).date(), by=self.caseworker, now=now)


def caseworker_for(world, town: str) -> User:
    key = "caseworker2" if town in world.users["caseworker2"].municipality_codes else "caseworker"
    return world.users[key]


def admitted(story: Story, turn: int) -> None:
    story.take()
    if story.who.detail.get("found_out"):
        found = {"last_job_ended_on": story.who.registered_on - timedelta(days=200 + 30 * turn % 90)}
        correct_facts(story.application, found, by=story.caseworker, now=story.after(3))
        write_note(story.person, title="Carte del lavoro", text=FOUND_OUT, by=story.caseworker, now=story.after(3))
    if turn % 5 != 4:
        story.meet(days=4)
    story.tell(verbs.decide, State.ADMITTED, message=ADMITTED, now=story.after(19))
    if turn % 2:
        story.protocol(days=20)


def received(story: Story, turn: int) -> None:
    """Nobody has opened it yet."""


def in_review(story: Story, turn: int) -> None:
    story.take(days=2 + turn % 3)
    if turn % 3 == 0:
        write_note(
            story.person,
            title="Prima telefonata",
            text=story.world.random.choice(NOTES),
            by=story.caseworker,
            now=story.after(4),
        )
    if turn % 4 == 0:
        text = story.world.random.choice(PRIVATE_NOTES)
        write_note(story.person, title="Per me", text=text, is_private=True, by=story.caseworker, now=story.after(4))


def info_requested(story: Story, turn: int) -> None:
    story.take()
    asked = story.after(4)
    answer_by = timezone.localtime(asked).date() + timedelta(days=14)
    message = ASKED[0] if story.who.last_job_ended_on is None else ASKED[1]
    story.tell(verbs.request_information, answer_by=answer_by, message=message, now=asked)


def interview(story: Story, turn: int) -> None:
    story.take()
    days, hour = INTERVIEW_DAYS[turn]
    starts_at = at_rome(story.today + timedelta(days=days), hour)
    place = PLACES.get(story.who.town, PLACES["015182"])
    story.tell(verbs.plan_interview, starts_at=starts_at, place=place, message=INVITED, now=story.after(5))


def waiting_list(story: Story, turn: int) -> None:
    story.take()
    story.meet(days=4)
    story.tell(verbs.decide, State.WAITING_LIST, message=LISTED, now=story.after(18 + 12 * (turn % 4)))


def coming_of_age(story: Story, turn: int) -> None:
    story.take()
    story.meet(days=3)
    reason = AdviceReason.WAITING_FOR_DAY
    story.tell(verbs.decide, State.WAITING_LIST, reason=reason, message=LISTED, note=NEARLY_FORTY, now=story.after(16))


def not_admitted(story: Story, turn: int) -> None:
    reason = story.who.detail["reason"]
    story.take()
    in_vain = reason == RefusalReason.NO_ANSWER
    note = "Tre telefonate in giorni e ore diverse, un messaggio: nessuna risposta." if in_vain else ""
    decided = story.after(30 if in_vain else 8)
    story.tell(verbs.decide, State.NOT_ADMITTED, reason=reason, message=REFUSED[reason], note=note, now=decided)


def withdrawn(story: Story, turn: int) -> None:
    if turn % 3:
        story.take()
    reason = list(WithdrawalReason)[turn % len(WithdrawalReason)]
    story.tell(verbs.withdraw, reason=reason, message=WITHDRAWN, now=story.after(12 + turn))


FATES: dict[str, Callable[[Story, int], None]] = {
    verb.__name__: verb
    for verb in (
        admitted,
        received,
        in_review,
        info_requested,
        interview,
        waiting_list,
        coming_of_age,
        not_admitted,
        withdrawn,
    )
}


def read_and_call(world, *, today: date) -> None:
    """Most messages were read or told; the newest ones without an e-mail address are still calls to make."""
    recent = at_rome(today - timedelta(days=9))
    for number, notice in enumerate(Notice.objects.select_related("person").order_by("sent_at", "pk")):
        later = min(notice.sent_at + timedelta(days=1, hours=number % 7), world.now)
        if notice.delivery == Notice.Delivery.EMAIL and number % 4:
            mark_read(notice.person, notices=[notice], now=later)
        elif notice.waits_for_call and notice.sent_at < recent:
            mark_called(notice, by=notice.sent_by, now=later)


def papers_of(person: Person, world, *, today: date) -> None:
    """Two papers, a new message, and who opened the file in these weeks: so that the own page has something to show."""
    kinds = [(PersonDocument.Kind.CV, person.user, 40), (PersonDocument.Kind.UNEMPLOYMENT, world.users["caseworker"], 33)]
    for kind, by, days in kinds:
        picture = ContentFile(drawn_page(str(kind.label)), name=f"{kind.value}.jpg")
        sent = at_rome(today - timedelta(days=days), 17, 12)
        add_page(person, picture, by=by, now=sent)
        send_pages(person, kind=kind, by=by, now=sent)
    for key, days in (("caseworker", 40), ("coordinator", 21), ("caseworker", 2)):
        record("read", person, by=world.users[key], at=at_rome(today - timedelta(days=days), 10, 20))
    sent = at_rome(today - timedelta(days=3), 16)
    tell(person, "Come sta andando?", INVITED_TO_TALK, by=world.users["caseworker"], now=sent)


INVITED_TO_TALK = (
    "Volevo sapere come ti trovi.\n\nSe vuoi parlarne, chiamami: il martedì e il giovedì mattina sono allo sportello di Rho."
)


def drawn_page(text: str) -> bytes:
    """A white page that says what it stands for."""
    page = Image.new("RGB", (620, 877), "white")
    drawing = ImageDraw.Draw(page)
    drawing.rectangle((30, 30, 590, 847), outline="#5a6872", width=2)
    drawing.text((60, 60), f"{text}\n\n(documento inventato)".encode("ascii", "ignore").decode(), fill="#17324d")
    output = io.BytesIO()
    page.save(output, format="JPEG")
    return output.getvalue()
