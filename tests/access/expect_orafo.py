from datetime import date, timedelta

from django.utils import timezone

from oltreiperimetri.accounts.enums import LinkPurpose
from oltreiperimetri.accounts.links import issue_link
from oltreiperimetri.followups.domain.plan import open_plan
from orafo.domain.traineeship import PATH as TRAINEESHIP
from orafo.models import Attendance, Proposal, Session
from tests.factories.orafo import CohortFactory, MembershipFactory, ProposalFactory, SessionFactory, TraineeshipFactory
from tests.factories.partners import SlotFactory

from .matrix import SIGNED_IN, STAFF_ALL, STAFF_IN_REACH, everybody, only, refused
from .world import RHO

ARESE = "015009"


def build(world):
    """A group in Rho with the first person; one in a third town with both, where each caseworker sees one name only."""
    today = timezone.localdate()
    world.cohort = running(today, municipality_id=RHO, state="confirmed")
    world.membership = MembershipFactory(cohort=world.cohort, person=world.person)
    world.session = SessionFactory(cohort=world.cohort, day=today)
    held = SessionFactory(cohort=world.cohort, day=today - timedelta(days=2), state=Session.State.HELD)
    Attendance.objects.create(session=held, membership=world.membership, mark="present", noted_at=timezone.now())
    world.elsewhere = running(today, municipality_id=ARESE, state="open")
    MembershipFactory(cohort=world.elsewhere, person=world.person, waiting=True, seat=None)
    MembershipFactory(cohort=world.elsewhere, person=world.other_person)
    SessionFactory(cohort=world.elsewhere, day=today + timedelta(days=1))
    offered = MembershipFactory(cohort=world.elsewhere, offered=True, offer_until=today + timedelta(days=2))
    world.seat_token = issue_link(LinkPurpose.SEAT_OFFER, offered, expires_at=timezone.now() + timedelta(days=2))
    build_placements(world, today)


def build_placements(world, today: date):
    """The first person waits for the firm, and is its trainee; the second still decides about it, which it must not know.

    The link and the form belong to people without a canary.
    """
    day = {"proposed_on": today, "answer_by": today + timedelta(days=5)}
    free = {"organisation": world.organisation, "site": world.site, "tutor": world.contact}
    slots = [SlotFactory(confirmed_on=today, starts_on=None, ends_on=None, **free) for _number in range(3)]
    world.proposal = ProposalFactory(person=world.person, membership=world.membership, slot=world.slot, at_firm=True, **day)
    ProposalFactory(person=world.other_person, slot=slots[0], **day)
    world.ready = ProposalFactory(slot=slots[1], agreed=True, **day)
    world.shown = ProposalFactory(slot=slots[2], **day)
    world.proposal_token = issue_link(
        LinkPurpose.PROPOSAL, Proposal.objects.get(pk=world.shown.pk), expires_at=timezone.now() + timedelta(days=2)
    )
    world.traineeship = TraineeshipFactory(
        person=world.person,
        slot=world.slot,
        membership=world.membership,
        state="agreed",
        starts_on=today - timedelta(days=30),
    )
    open_plan(TRAINEESHIP, anchor_on=today, by=None, now=timezone.now(), attach=world.traineeship.follow_by)
    world.traineeship.save()
    elsewhere = SlotFactory(confirmed_on=today)
    TraineeshipFactory(person=world.other_person, slot=elsewhere, starts_on=today + timedelta(days=3))


def running(today: date, **fields):
    return CohortFactory(starts_on=today - timedelta(days=7), ends_on=today + timedelta(days=60), **fields)


def of(name):
    return lambda world: {"pk": getattr(world, name).pk}


STAFF = only(STAFF_ALL)
THEIRS = only(STAFF_IN_REACH, hidden={"other_caseworker"})
PARTICIPANTS = frozenset({"beneficiary", "other_beneficiary"})
OWN_SEAT = only({"beneficiary"}, hidden=SIGNED_IN - {"beneficiary"})

COHORT_PAGES = ["cohort", "register", "register_sheet", "calendar"]
COHORT_FORMS = ["cohort_edit", "cohort_add", "session_new"]
SESSION_FORMS = ["session_edit", "session_cancel", "session_register"]
PROPOSAL_ACTS = ["proposal_answer", "proposal_close"]
TRAINEESHIP_PAGES = ["traineeship", "traineeship_plan"]
TRAINEESHIP_FORMS = ["traineeship_edit", "traineeship_void", "traineeship_end_early", "traineeship_close"]
TRAINEESHIP_ACTS = ["traineeship_tick", "traineeship_agree"]
MINE = only({"beneficiary"}, hidden={"other_beneficiary"})
THEIR_FIRM = only({"firm"}, hidden={"other_firm"})

KWARGS = {
    **{f"orafo:{name}": of("cohort") for name in COHORT_PAGES + COHORT_FORMS},
    "orafo:cohort_step": lambda world: {"pk": world.cohort.pk, "slug": "chiudi"},
    **{f"orafo:{name}": of("session") for name in ["session", *SESSION_FORMS]},
    "orafo:membership": of("membership"),
    "orafo:membership_step": lambda world: {"pk": world.membership.pk, "slug": "lascia"},
    "orafo:answer_seat": lambda world: {"token": world.seat_token},
    "orafo:my_seat": of("membership"),
    "orafo:matching": of("cohort"),
    "orafo:propose": lambda world: {
        "pk": world.cohort.pk,
        "membership_pk": world.membership.pk,
        "slot_pk": world.slot.pk,
    },
    **{f"orafo:{name}": of("proposal") for name in ["proposal", "my_proposal", "firm_proposal", *PROPOSAL_ACTS]},
    "orafo:traineeship_new": of("ready"),
    "orafo:answer_proposal": lambda world: {"token": world.proposal_token},
    "orafo:trainee": of("traineeship"),
    **{f"orafo:{name}": of("traineeship") for name in TRAINEESHIP_PAGES + TRAINEESHIP_FORMS + TRAINEESHIP_ACTS},
}

ROWS = {
    ("orafo:cohorts", "GET"): STAFF,
    ("orafo:cohorts", "POST"): refused(STAFF),
    ("orafo:cohort_new", "GET"): STAFF,
    ("orafo:cohort_new", "POST"): STAFF,
    **{(f"orafo:{name}", "GET"): THEIRS for name in [*COHORT_PAGES, "session", "membership"]},
    **{(f"orafo:{name}", "POST"): refused(STAFF) for name in [*COHORT_PAGES, "session", "membership"]},
    **{
        (f"orafo:{name}", method): THEIRS
        for name in [*COHORT_FORMS, *SESSION_FORMS, "cohort_step", "membership_step"]
        for method in ["GET", "POST"]
    },
    ("orafo:answer_seat", "GET"): everybody(),
    ("orafo:answer_seat", "POST"): everybody(),
    ("orafo:my_seat", "GET"): refused(only(SIGNED_IN)),
    ("orafo:my_seat", "POST"): OWN_SEAT,
    ("orafo:my_calendar", "GET"): only(PARTICIPANTS, hidden=SIGNED_IN - PARTICIPANTS),
    ("orafo:my_calendar", "POST"): refused(only(SIGNED_IN)),
    ("orafo:matching", "GET"): THEIRS,
    ("orafo:matching", "POST"): refused(STAFF),
    ("orafo:proposals", "GET"): STAFF,
    ("orafo:proposals", "POST"): refused(STAFF),
    ("orafo:traineeships", "GET"): STAFF,
    ("orafo:traineeships", "POST"): refused(STAFF),
    **{(f"orafo:{name}", "GET"): THEIRS for name in ["proposal", *TRAINEESHIP_PAGES]},
    **{(f"orafo:{name}", "POST"): refused(STAFF) for name in ["proposal", *TRAINEESHIP_PAGES]},
    **{(f"orafo:{name}", "GET"): refused(STAFF) for name in PROPOSAL_ACTS + TRAINEESHIP_ACTS},
    **{(f"orafo:{name}", "POST"): THEIRS for name in PROPOSAL_ACTS + TRAINEESHIP_ACTS},
    **{
        (f"orafo:{name}", method): THEIRS
        for name in ["propose", "traineeship_new", *TRAINEESHIP_FORMS]
        for method in ["GET", "POST"]
    },
    ("orafo:answer_proposal", "GET"): everybody(),
    ("orafo:answer_proposal", "POST"): everybody(),
    **{("orafo:my_proposal", method): MINE for method in ["GET", "POST"]},
    **{("orafo:firm_proposal", method): THEIR_FIRM for method in ["GET", "POST"]},
    ("orafo:trainee", "GET"): THEIR_FIRM,
    ("orafo:trainee", "POST"): refused(only({"firm", "other_firm"})),
}
