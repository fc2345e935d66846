"""More of everything that a list can show, within the reach of the personas of the little world."""

from datetime import timedelta

from django.utils import timezone

from beneficiaries.domain.people_import import upload
from beneficiaries.domain.search import index_person
from beneficiaries.domain.twins import pair_of
from beneficiaries.models import Notice, Person, TwinPair
from generazioni.models import Decision
from oltreiperimetri.audit.trail import record_read
from oltreiperimetri.followups.domain.plan import open_plan
from oltreiperimetri.portal.models import DemoMail
from oltreiperimetri.reminders.models import ForecastLine, Message, Reminder
from orafo.domain.traineeship import PATH as TRAINEESHIP
from orafo.models import Attendance, Session
from partners.models import JoinRequest
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import (
    ApplicationFactory,
    DocumentFactory,
    NoteFactory,
    NoticeFactory,
    PersonFactory,
    ScreeningFactory,
)
from tests.factories.beneficiaries_lists import DataRequestFactory, DisposalFactory, HoldFactory, SavedViewFactory
from tests.factories.beneficiaries_meetings import InterviewFactory
from tests.factories.beneficiaries_money import (
    BudgetFactory,
    DebtFactory,
    MoneyPathFactory,
    MoneySessionFactory,
    ServiceReferralFactory,
)
from tests.factories.beneficiaries_papers import InboundReferralFactory
from tests.factories.beneficiaries_rules import WaiverFactory
from tests.factories.beneficiaries_work import (
    ActionFactory,
    AssessmentFactory,
    CaseFactory,
    ContactEntryFactory,
    GoalFactory,
    PactFactory,
    TeamMemberFactory,
)
from tests.factories.evenings import EveningFactory, GuestFactory
from tests.factories.generazioni import (
    EditionFactory,
    IdeaFactory,
    JurorFactory,
    MentoringFactory,
    NeedFactory,
    ReviewFactory,
)
from tests.factories.orafo import CohortFactory, MembershipFactory, ProposalFactory, SessionFactory, TraineeshipFactory
from tests.factories.partners import ContactFactory, OrganisationFactory, SiteFactory, SlotFactory

SEARCHED = "Crescente"


def grow(world, rows: int) -> None:
    """Add `rows` of each thing: to the lists of everybody, and to what one person, firm, group, idea or evening has."""
    for _row in range(rows):
        grow_people(world)
        grow_file_of_one_person(world)
        grow_household_economy(world)
        grow_network(world)
        grow_groups(world)
        grow_placements(world)
        grow_contest(world)
        grow_evenings(world)
        grow_post(world)
        grow_requests(world)
        grow_intake(world)


def grow_requests(world):
    DataRequestFactory()
    DisposalFactory(proposed_by=world.users["admin"])
    HoldFactory()
    SavedViewFactory(owner=world.users["coordinator"])
    UserFactory(caseworker=True)
    old = ApplicationFactory(
        state="withdrawn", ball="", due_on=None, decided_at="2015-01-10T09:00Z", received_at="2015-01-02T09:00Z"
    )
    ApplicationFactory(owner=world.users["caseworker"], in_review=True)
    Person.objects.filter(pk=old.person_id).update(created_at="2015-01-02T09:00Z")


def grow_intake(world):
    """People sent by a body, and files that look alike."""
    InboundReferralFactory(organisation=world.organisation, sent_by=world.users["firm"])
    pair_of(PersonFactory().pk, PersonFactory().pk, TwinPair.Reason.BIRTH).save()
    upload(b"Cognome;Nome\nCrescente;Ada\n", "elenco.csv", by=world.users["caseworker"], now=timezone.now())
    first = world.people_import.rows.get(line=world.import_row.line)
    first.pk, first.line = None, world.people_import.rows.count() + first.line
    first.save()


def grow_people(world):
    now = timezone.now()
    person = PersonFactory(last_name=SEARCHED)
    index_person(person)
    application = ApplicationFactory(person=person, received_at=now, due_on=now.date(), owner=world.users["caseworker"])
    ScreeningFactory(application=application)
    WaiverFactory(application=application, asked_by=world.users["caseworker"])
    changed = {"before": "eligible", "after": "not_eligible"}
    world.rules_draft.rehearsal.changes.create(application=application, **changed)
    NoticeFactory(person=person, delivery=Notice.Delivery.CALL)
    invited = ApplicationFactory(interview=True, received_at=now, due_on=now.date())
    InterviewFactory(application=invited, starts_at=now + timedelta(hours=1))
    ApplicationFactory(admitted=True, decided_at=now, person=PersonFactory())


def grow_file_of_one_person(world):
    person, author = world.person, world.users["caseworker"]
    NoteFactory(person=person, author=author)
    NoticeFactory(person=person, sent_by=author)
    NoticeFactory(person=person, sent_by=author, delivery=Notice.Delivery.CALL)
    DocumentFactory(person=person, added_by=author)
    ScreeningFactory(application=world.application)
    record_read(person, by=author)
    grow_work_with_one_person(world)


def grow_work_with_one_person(world):
    person, author, today = world.person, world.users["caseworker"], timezone.localdate()
    AssessmentFactory(person=person, by=author)
    CaseFactory(person=person, closed=True)
    PactFactory(person=person, replaced=True)
    ActionFactory(goal=world.goal, due_on=today - timedelta(days=3))
    GoalFactory(pact=world.pact)
    GoalFactory(pact=world.proposed_pact)
    TeamMemberFactory(person=person)
    for reader in ("caseworker", "coordinator"):
        ContactEntryFactory(person=person, by=world.users[reader], day=today)


def grow_household_economy(world):
    today, person = timezone.localdate(), world.person
    ended = {"state": "ended", "opened_on": today, "ended_on": today, "outcome": "left"}
    for kind in ("course", "debt"):
        path = MoneyPathFactory(person=person, kind=kind, **ended)
        MoneySessionFactory(path=path, educator=world.users["caseworker"])
    BudgetFactory(person=person, by=world.users["caseworker"])
    waiting = {"ball": "partner", "due_on": today}
    DebtFactory(person=person, state="contacted", **waiting)
    ServiceReferralFactory(
        person=person, state="sent", sending="email", sent_on=today, by=world.users["caseworker"], **waiting
    )


def grow_network(world):
    today = timezone.localdate()
    OrganisationFactory(listed=True)
    OrganisationFactory(pending=True)
    SiteFactory(organisation=world.organisation)
    ContactFactory(organisation=world.organisation, tutor=True)
    offered = {"confirmed_on": today, "starts_on": None, "ends_on": None}
    SlotFactory(**offered)
    SlotFactory(organisation=world.organisation, site=world.site, tutor=world.contact, **offered)
    JoinRequest.objects.create(
        organisation=world.organisation,
        first_name="Ada",
        last_name="Chiede",
        email="ada@example.org",
        asked_at=timezone.now(),
    )


def grow_groups(world):
    today = timezone.localdate()
    CohortFactory(starts_on=today - timedelta(days=7), ends_on=today + timedelta(days=60))
    MembershipFactory(cohort=world.cohort, waiting=True)
    SessionFactory(cohort=world.cohort, day=today)
    held = SessionFactory(cohort=world.cohort, day=today - timedelta(days=2), state=Session.State.HELD)
    Attendance.objects.create(session=held, membership=world.membership, mark="present", noted_at=timezone.now())


def grow_placements(world):
    today = timezone.localdate()
    offered = {"confirmed_on": today, "starts_on": None, "ends_on": None}
    own = {"organisation": world.organisation, "site": world.site, "tutor": world.contact, **offered}
    asked = {"proposed_on": today, "answer_by": today + timedelta(days=5)}
    declined = {"state": "declined", "declined_by": "person", "decline_reason": "other"}
    ProposalFactory(slot=SlotFactory(**own), at_firm=True, **asked)
    ProposalFactory(slot=SlotFactory(**own), agreed=True, **asked)
    ProposalFactory(person=world.person, slot=SlotFactory(**offered), **declined, **asked)
    running = TraineeshipFactory(slot=SlotFactory(**own), state="agreed", starts_on=today - timedelta(days=30))
    TraineeshipFactory(slot=SlotFactory(**own), starts_on=today + timedelta(days=5))
    ended = TraineeshipFactory(slot=SlotFactory(**own), state="agreed", starts_on=today - timedelta(days=120))
    open_plan(TRAINEESHIP, anchor_on=today - timedelta(days=15), by=None, now=timezone.now(), attach=ended.follow_by)
    ended.save()
    open_plan(TRAINEESHIP, anchor_on=today - timedelta(days=40), by=None, now=timezone.now(), attach=running.follow_by)
    running.save()


def grow_contest(world):
    today = timezone.localdate()
    NeedFactory(edition=world.edition, organisation=world.organisation)
    NeedFactory(edition=world.edition, organisation=world.organisation, proposed=True)
    idea = IdeaFactory(sent=True, edition=world.edition)
    idea.needs.add(world.need)
    ReviewFactory(idea=world.idea, juror=JurorFactory(edition=world.edition))
    ReviewFactory(idea=idea, juror=world.juror_seat)
    IdeaFactory(sent=True, edition=world.edition)
    IdeaFactory(edition=world.edition, author=world.users["beneficiary"])
    EditionFactory(today=today - timedelta(days=2000), phase="decision")
    followed = IdeaFactory(chosen=True, edition=world.mentoring.idea.edition)
    Decision.objects.create(idea=followed, outcome="chosen", message="Brava.", at=timezone.now())
    MentoringFactory(idea=followed, mentor=world.users["mentor"], started_on=today)


def grow_evenings(world):
    tomorrow = timezone.now() + timedelta(days=1)
    EveningFactory(starts_at=tomorrow)
    EveningFactory(draft=True, starts_at=tomorrow)
    EveningFactory(held=True, starts_at=tomorrow - timedelta(days=9))
    GuestFactory(evening=world.evening, waiting=True)


def grow_post(world):
    now, number = timezone.now(), Message.objects.count()
    soon = now + timedelta(days=2)
    Message.objects.create(
        dedupe_key=f"growth-{number}",
        recipient=world.person.email,
        template="followups/form",
        subject="Prova",
        body="Prova",
        message_id=f"<growth-{number}@example.org>",
        state=Message.State.FAILED,
        queued_at=now,
        person_key=world.person.audit_key,
    )
    step = Reminder.objects.create(
        kind="partners.slot_expiring",
        subject_type="partners.slot",
        subject_id=number,
        audience="firm",
        wave=0,
        wanted_at=soon,
        due_at=soon,
        planned_at=now,
        person_key=world.person.audit_key,
    )
    ForecastLine.objects.create(reminder=step, at=soon, goes=True, title="Prova", recipients="firm", foreseen_at=now)
    DemoMail.objects.create(to="ada@example.org", subject="Prova", body="Prova")
