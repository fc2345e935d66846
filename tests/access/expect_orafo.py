from datetime import date, timedelta

from django.utils import timezone

from oltreiperimetri.accounts.enums import LinkPurpose
from oltreiperimetri.accounts.links import issue_link
from orafo.models import Attendance, Session
from tests.factories.orafo import CohortFactory, MembershipFactory, SessionFactory

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

KWARGS = {
    **{f"orafo:{name}": of("cohort") for name in COHORT_PAGES + COHORT_FORMS},
    "orafo:cohort_step": lambda world: {"pk": world.cohort.pk, "slug": "chiudi"},
    **{f"orafo:{name}": of("session") for name in ["session", *SESSION_FORMS]},
    "orafo:membership": of("membership"),
    "orafo:membership_step": lambda world: {"pk": world.membership.pk, "slug": "lascia"},
    "orafo:answer_seat": lambda world: {"token": world.seat_token},
    "orafo:my_seat": of("membership"),
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
}
