from datetime import timedelta

from django.utils import timezone

from beneficiaries.domain.calendar import open_feed
from beneficiaries.emails_appointments import appointment_link
from tests.factories.beneficiaries_meetings import AppointmentFactory, FreeTimeFactory, seated

from .matrix import STAFF_ALL, STAFF_IN_REACH, everybody, only, refused


def build(world):
    """A talk of each of the two people, at published times of their caseworkers; a private calendar."""
    soon = timezone.now() + timedelta(days=3)
    host, other = world.users["caseworker"], world.users["other_caseworker"]
    world.free_time = FreeTimeFactory(host=host, starts_at=soon, capacity=2)
    world.appointment = seated(world.free_time, person=world.person)
    seated(FreeTimeFactory(host=other, starts_at=soon, place=world.free_time.place), person=world.other_person)
    world.appointment_token = appointment_link(world.appointment).rstrip("/").rsplit("/", 1)[1]
    world.calendar_token = open_feed(host, now=timezone.now())
    AppointmentFactory(invited=True, person=world.other_person, kind="papers", invited_by=other)


def to_appointment(world):
    return {"pk": world.appointment.pk}


def to_link(world):
    return {"token": world.appointment_token}


LINK_PAGES = ["my_appointment_link", "my_appointment_link_move", "my_appointment_link_cancel"]
OWN_PAGES = ["my_appointment", "my_appointment_move", "my_appointment_cancel"]
KWARGS = {
    **{f"beneficiaries:{name}": to_link for name in [*LINK_PAGES, "my_appointment_link_calendar"]},
    **{f"beneficiaries:{name}": to_appointment for name in [*OWN_PAGES, "my_appointment_calendar"]},
    **{
        f"beneficiaries:{name}": to_appointment
        for name in [
            "appointment",
            "appointment_outcome",
            "appointment_move",
            "appointment_cancel",
            "appointment_calendar",
        ]
    },
    "beneficiaries:appointment_new": lambda world: {"pk": world.person.pk},
    "beneficiaries:free_time_withdraw": lambda world: {"pk": world.free_time.pk},
    "beneficiaries:calendar": lambda world: {"token": world.calendar_token},
}

STAFF = only(STAFF_ALL)
THEIRS = only(STAFF_IN_REACH, hidden={"other_caseworker"})
OWN = only({"beneficiary"}, hidden={"other_beneficiary"})

ROWS = {
    ("beneficiaries:agenda", "GET"): STAFF,
    ("beneficiaries:agenda", "POST"): refused(STAFF),
    ("beneficiaries:free_time_new", "GET"): STAFF,
    ("beneficiaries:free_time_new", "POST"): STAFF,
    ("beneficiaries:free_time_withdraw", "GET"): refused(STAFF),
    ("beneficiaries:free_time_withdraw", "POST"): STAFF,
    ("beneficiaries:appointment_invite", "GET"): STAFF,
    ("beneficiaries:appointment_invite", "POST"): STAFF,
    ("beneficiaries:calendar_feed", "GET"): STAFF,
    ("beneficiaries:calendar_feed", "POST"): STAFF,
    ("beneficiaries:calendar", "GET"): everybody(),
    ("beneficiaries:calendar", "POST"): everybody(405),
    ("beneficiaries:appointment", "GET"): THEIRS,
    ("beneficiaries:appointment", "POST"): refused(STAFF),
    ("beneficiaries:appointment_calendar", "GET"): THEIRS,
    ("beneficiaries:appointment_calendar", "POST"): refused(STAFF),
    ("beneficiaries:appointment_outcome", "GET"): refused(STAFF),
    ("beneficiaries:appointment_outcome", "POST"): THEIRS,
    ("beneficiaries:appointment_move", "GET"): THEIRS,
    ("beneficiaries:appointment_move", "POST"): THEIRS,
    ("beneficiaries:appointment_cancel", "GET"): THEIRS,
    ("beneficiaries:appointment_cancel", "POST"): THEIRS,
    ("beneficiaries:appointment_new", "GET"): THEIRS,
    ("beneficiaries:appointment_new", "POST"): THEIRS,
    ("beneficiaries:my_appointment_link_calendar", "GET"): everybody(),
    ("beneficiaries:my_appointment_link_calendar", "POST"): everybody(405),
    ("beneficiaries:my_appointment_calendar", "GET"): OWN,
    ("beneficiaries:my_appointment_calendar", "POST"): refused(OWN),
}
for name in LINK_PAGES:
    ROWS |= {(f"beneficiaries:{name}", method): everybody() for method in ("GET", "POST")}
for name in OWN_PAGES:
    ROWS |= {(f"beneficiaries:{name}", method): OWN for method in ("GET", "POST")}
