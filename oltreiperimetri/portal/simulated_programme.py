"""What people, firms and the office do in a simulated year: each act at its moment, through the verbs of the portal."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from beneficiaries.domain import application as applications
from beneficiaries.domain.registration import Answers, register
from beneficiaries.models import Application, Person
from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.accounts.models import User
from oltreiperimetri.followups.domain import answer as answers
from oltreiperimetri.followups.enums import ContractKind, Situation
from oltreiperimetri.followups.models import Checkpoint
from oltreiperimetri.shared.dates import ROME, add_months, at_rome
from oltreiperimetri.shared.errors import DomainError
from oltreiperimetri.shared.models import Municipality
from orafo.domain import cohort as cohorts
from orafo.domain import membership as seats
from orafo.domain import proposal as proposals
from orafo.domain import session as meetings
from orafo.domain import traineeship as traineeships
from orafo.enums import DeclinedBy, DeclineReason, EndedBy, EndReason, Mark, Outcome, ReadyItem, SessionKind
from orafo.models import Cohort, Membership, Proposal, Session, Traineeship
from partners.domain import contact as contacts
from partners.domain import organisation, site, slot
from partners.enums import Kind, Sector
from partners.models import Slot

from .simulation import DAY, Year

FIRMS = 20
MEETINGS = 8
ALLOWANCE = Decimal(600)


class Programme:
    """The office, the firms, and what they put in the agenda of the year."""

    def __init__(self, year: Year):
        self.year, self.chance = year, year.chance
        self.towns = list(Municipality.objects.in_programme())
        self.office = User.objects.create_user("coordinatrice@example.org", roles=[Role.COORDINATOR])
        self.caseworkers = [self.caseworker(number) for number in range(3)]
        self.slots: list[Slot] = []
        self.promoter = self.tutor = None

    def caseworker(self, number: int) -> User:
        user = User.objects.create_user(f"operatore{number}@example.org", roles=[Role.CASEWORKER])
        user.municipalities.set(self.towns)
        return user

    def moment(self, day: date, *, first: int = 9, last: int = 17) -> datetime:
        return at_rome(day, self.chance.randint(first, last), self.chance.choice([0, 10, 20, 40, 50]))

    def after(self, now: datetime, *, least: int, most: int) -> datetime:
        day = now.astimezone(ROME).date() + timedelta(days=self.chance.randint(least, most))
        return max(self.moment(day), now + timedelta(minutes=1))

    def happens(self, share: float) -> bool:
        return self.chance.random() < share

    # Firms ------------------------------------------------------------------------------------
    def firm(self, number: int, now: datetime) -> None:
        created, _contact = organisation.enter(
            organisation={
                "name": f"Ditta Simulata {number} S.r.l.",
                "kind": Kind.TRADE_ASSOCIATION if number == 0 else Kind.FIRM,
                "email": f"ditta{number}@example.org",
                "can_promote": number == 0,
            },
            site=None,
            contact=None,
            by=self.office,
            now=now,
        )
        organisation.accredit(created, by=self.office, now=now)
        place = {
            "name": "Sede",
            "address": "Via Simulata 1",
            "municipality": self.chance.choice(self.towns),
            "headcount": 90,
        }
        where = site.add(created, place, by=self.office)
        values = {
            "first_name": "Elena",
            "last_name": f"Tutora{number}",
            "is_tutor": True,
            "email": f"tutor{number}@example.org",
        }
        tutor = contacts.add(created, values, by=self.office)
        if number == 0:
            self.promoter, self.tutor = created, tutor
            return
        for _slot in range(3):
            self.offer(created, where, tutor, now)

    def offer(self, owner, where, tutor, now: datetime) -> None:
        day = now.astimezone(ROME).date()
        values = {
            "title": "Aiuto",
            "sector": Sector.LOGISTICS,
            "site": where,
            "tasks": "Aiutare.",
            "weekly_hours": 30,
            "schedule": "lun-ven",
            "starts_on": day,
            "ends_on": add_months(day, 14),
            "quantity": 2,
            "tutor": tutor,
        }
        made = slot.draft(owner, values, by=self.office)
        slot.offer(made, by=self.office, now=now)
        self.slots.append(made)
        self.year.plan(self.after(now, least=58, most=100), lambda at: self.confirm(made, at))

    def confirm(self, made: Slot, now: datetime) -> None:
        """Most firms confirm when they are asked; some only after it has expired, some no more."""
        if self.happens(0.85):
            made.refresh_from_db()
            slot.confirm(made, by=self.office, now=now)
            self.year.plan(self.after(now, least=58, most=100), lambda at: self.confirm(made, at))

    # People -----------------------------------------------------------------------------------
    def arrive(self, number: int, now: datetime) -> None:
        day = now.astimezone(ROME).date()
        told = Answers(
            first_name="Persona",
            last_name=f"Simulata{number}",
            birth_date=date(1960 + number % 24, 1 + number % 12, 1 + number % 28),
            municipality=self.chance.choice(self.towns),
            email=f"persona{number}@example.org" if self.happens(0.85) else "",
            phone=f"02 0000 {number:04d}",
            working_now=False,
            last_job_ended_on=day - timedelta(days=self.chance.randint(10, 600)),
            has_licence=True,
            has_car=True,
        )
        application = register(told, channel=Application.Channel.ONLINE, by=None, now=now)
        self.year.plan(self.after(now, least=1, most=10), lambda at: self.decide(application, at))

    def decide(self, application: Application, now: datetime) -> None:
        by = self.chance.choice(self.caseworkers)
        applications.take_in_review(application, seen=application.state, by=by, now=now)
        to = Application.State.ADMITTED if self.happens(0.6) else Application.State.WAITING_LIST
        applications.decide(application, to, seen=application.state, message="Ti aspettiamo.", by=by, now=now)

    # Groups -----------------------------------------------------------------------------------
    def open_group(self, number: int, now: datetime) -> None:
        first = now.astimezone(ROME).date() + timedelta(days=21)
        values = {
            "name": f"Gruppo {number}",
            "place": "Op cafè",
            "municipality": self.towns[number % len(self.towns)],
            "starts_on": first,
            "ends_on": first + timedelta(days=150),
            "capacity": 12,
            "coordinator": self.chance.choice(self.caseworkers),
        }
        group = cohorts.create(values, by=self.office, now=now)
        cohorts.open_to_people(group, by=self.office, now=now)
        ready = Person.objects.filter(applications__state__in=["admitted", "waiting_list"], memberships=None).order_by("pk")
        people = list(ready.distinct()[:18])
        for person in people[:9]:
            self.try_to(seats.enrol, person, group, by=self.office, today=now.astimezone(ROME).date(), now=now)
        for person in people[9:]:
            waiting = self.try_to(seats.join_waiting_list, person, group, by=self.office, now=now)
            if waiting:
                self.year.plan(self.after(now, least=1, most=12), lambda at, one=waiting: self.offer_seat(one, at))
        for meeting in range(MEETINGS):
            self.plan_meeting(group, first + timedelta(days=meeting * 14), now)
        self.year.plan(self.moment(first + timedelta(days=14)), lambda at: self.match(group, at))

    def try_to(self, verb, *args, **kwargs):
        """A refusal is an answer like another: somebody was quicker, or the group is full."""
        try:
            return verb(*args, **kwargs)
        except DomainError:
            return None

    def offer_seat(self, waiting: Membership, now: datetime) -> None:
        if self.try_to(seats.offer_seat, waiting, by=self.office, now=now) and self.happens(0.7):
            self.year.plan(self.after(now, least=0, most=3), lambda at: self.answer_seat(waiting, at))

    def answer_seat(self, waiting: Membership, now: datetime) -> None:
        verb = seats.accept_offer if self.happens(0.8) else seats.decline_offer
        self.try_to(verb, waiting, by=None, now=now)
        waiting.refresh_from_db()
        if waiting.state != Membership.State.OFFERED:
            self.year.settle(waiting, now)

    def plan_meeting(self, group: Cohort, day: date, now: datetime) -> None:
        values = {
            "kind": SessionKind.ORIENTATION,
            "day": day,
            "start_time": time(9, 30),
            "end_time": time(12, 30),
            "place": group.place,
        }
        session = meetings.plan_session(group, values, by=self.office, now=now)
        change = self.chance.random()
        if change < 0.1:
            self.year.plan(self.moment(day - 5 * DAY), lambda at: self.cancel_meeting(session, at))
        elif change < 0.3:
            self.year.plan(self.moment(day - 3 * DAY), lambda at: self.move_meeting(session, at))
        self.year.plan(self.moment(day, first=17, last=18), lambda at: self.hold_meeting(session, at))

    def cancel_meeting(self, session: Session, now: datetime) -> None:
        meetings.cancel_session(session, by=self.office, now=now, note="La sala non è libera.")
        self.year.settle(session, now)

    def move_meeting(self, session: Session, now: datetime) -> None:
        meetings.change_session(session, {"day": session.day + 2 * DAY}, by=self.office, now=now)

    def hold_meeting(self, session: Session, now: datetime) -> None:
        session.refresh_from_db()
        if session.state != Session.State.PLANNED:
            return
        if session.day > now.astimezone(ROME).date():
            self.year.plan(self.moment(session.day, first=17, last=18), lambda at: self.hold_meeting(session, at))
            return
        marks = {member.pk: self.chance.choice(Mark.values) for member in meetings.members_on(session)}
        meetings.hold_session(session, marks, by=self.office, now=now)
        self.year.settle(session, now)

    # Traineeships -----------------------------------------------------------------------------
    def match(self, group: Cohort, now: datetime) -> None:
        for member in group.memberships.filter(state=Membership.State.ENROLLED).select_related("person"):
            self.year.plan(self.after(now, least=0, most=25), lambda at, one=member.person: self.propose(one, at))

    def propose(self, person: Person, now: datetime) -> None:
        offered = self.chance.choice(self.slots)
        proposal = self.try_to(proposals.propose, offered, person, by=self.office, now=now)
        if proposal is None:
            self.year.plan(self.after(now, least=3, most=9), lambda at: self.propose(person, at))
        elif self.happens(0.85):
            self.year.plan(self.after(now, least=0, most=9), lambda at: self.person_answers(proposal, at))

    def person_answers(self, proposal: Proposal, now: datetime) -> None:
        proposal.refresh_from_db()
        if proposal.state != Proposal.State.SHOWN_TO_PERSON or proposal.has_lapsed_on(now.astimezone(ROME).date()):
            return
        if self.happens(0.15):
            self.say_no(proposal, DeclinedBy.PERSON, now)
            return
        proposals.person_accepts(proposal, by=None, now=now)
        if self.happens(0.9):
            self.year.plan(self.after(now, least=0, most=9), lambda at: self.firm_answers(proposal, at))

    def firm_answers(self, proposal: Proposal, now: datetime) -> None:
        proposal.refresh_from_db()
        if proposal.state != Proposal.State.SENT_TO_FIRM or proposal.has_lapsed_on(now.astimezone(ROME).date()):
            return
        if self.happens(0.15):
            self.say_no(proposal, DeclinedBy.FIRM, now)
            return
        proposals.firm_accepts(proposal, by=None, now=now)
        self.year.settle(proposal, now)
        self.year.plan(self.after(now, least=2, most=6), lambda at: self.prepare(proposal, at))

    def say_no(self, proposal: Proposal, side: str, now: datetime) -> None:
        proposals.decline(proposal, declined_by=side, reason=DeclineReason.TIMES, by=None, now=now)
        self.year.settle(proposal, now)
        self.year.plan(self.after(now, least=3, most=9), lambda at: self.propose(proposal.person, at))

    def prepare(self, proposal: Proposal, now: datetime) -> None:
        starts_on = now.astimezone(ROME).date() + timedelta(days=self.chance.randint(10, 25))
        values = {
            "starts_on": starts_on,
            "ends_on": traineeships.usual_end(starts_on),
            "weekly_hours": 30,
            "days_a_week": 5,
            "monthly_allowance": ALLOWANCE,
            "has_meals": False,
            "on_income_support": False,
            "host_tutor": proposal.slot.tutor,
            "promoter": self.promoter,
            "promoter_tutor": self.tutor,
        }
        made = self.try_to(traineeships.prepare, proposal, values, by=self.office, now=now)
        if made:
            self.year.plan(self.after(now, least=1, most=8), lambda at: self.agree(made, at))

    def agree(self, made: Traineeship, now: datetime) -> None:
        for item in ReadyItem:
            traineeships.tick(made, item, done_on=now.astimezone(ROME).date(), by=self.office, now=now)
        self.try_to(traineeships.agree, made, by=self.office, now=now)
        if made.state != Traineeship.State.AGREED:
            return
        if self.happens(0.15):
            last_day = made.starts_on + timedelta(days=self.chance.randint(10, 60))
            self.year.plan(self.moment(last_day), lambda at: self.end_early(made, last_day, at))
        self.year.plan(self.moment(made.ends_on + 2 * DAY), lambda at: self.close(made, at))
        for checkpoint in made.plan.checkpoints.all():
            self.expect_answer(checkpoint)

    def end_early(self, made: Traineeship, last_day: date, now: datetime) -> None:
        facts = {"last_day": last_day, "ended_by": EndedBy.TRAINEE, "reason": EndReason.FOUND_WORK}
        traineeships.end_early(made, **facts, by=self.office, now=now)
        for checkpoint in made.plan.checkpoints.all():
            self.expect_answer(checkpoint)

    def close(self, made: Traineeship, now: datetime) -> None:
        made.refresh_from_db()
        outcome = Outcome.EARLY_END if made.early_end_on else self.chance.choice([Outcome.COMPLETED, Outcome.HIRED])
        traineeships.close(made, outcome=outcome, by=self.office, now=now)
        self.year.settle(made, now)

    # Follow-up --------------------------------------------------------------------------------
    def expect_answer(self, checkpoint: Checkpoint) -> None:
        """Most answer within two weeks, some by phone later, some not at all."""
        delay = self.chance.choice([0, 0, 1, 2, 4, 6, 8, 12, 16, 24, 31, 60])
        moment = self.moment(checkpoint.due_on + timedelta(days=delay), first=7, last=22)
        self.year.plan(moment, lambda at: self.answer(checkpoint, at))

    def answer(self, checkpoint: Checkpoint, now: datetime) -> None:
        checkpoint = Checkpoint.objects.select_related("plan").get(pk=checkpoint.pk)
        if not checkpoint.is_asked or checkpoint.due_on > now.astimezone(ROME).date():
            return
        if self.happens(0.06):
            answers.mark_refused(checkpoint, by=self.office, now=now, note="Preferisce di no.")
        else:
            data = {"situation": Situation.EMPLOYED, "contract_kind": ContractKind.FIXED_TERM, "same_firm": True}
            answers.answer(checkpoint, data, channel="link", by=None, now=now)
        self.year.settle(checkpoint, now)


def prepare(year: Year, *, people: int, groups: int) -> None:
    """Fill the agenda: firms at once, people through the year, groups at even distances."""
    programme = Programme(year)
    for number in range(FIRMS):
        programme.firm(number, at_rome(year.start, 8))
    span = year.days - 60
    for number in range(people):
        day = year.start + timedelta(days=int(number * span / people))
        moment = programme.moment(day, first=7, last=22)
        year.plan(moment, lambda at, one=number: programme.arrive(one, at))
    for number in range(groups):
        day = year.start + timedelta(days=25 + int(number * (span - 60) / groups))
        year.plan(at_rome(day, 10), lambda at, one=number: programme.open_group(one, at))
