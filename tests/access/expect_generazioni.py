from datetime import timedelta

from django.utils import timezone

from oltreiperimetri.accounts.enums import LinkPurpose
from oltreiperimetri.accounts.links import issue_link
from tests.factories.evenings import EveningFactory, GuestFactory

from . import contest
from .matrix import STAFF_ALL, everybody, only, refused

STAFF_ONLY = only(STAFF_ALL)
WORDS = ["Canarinaospite", "canarinaospite@example.org", "+390293277777", "Canarinaattesa", "canarinaattesa@example.org"]


def build(world):
    build_evenings(world)
    contest.build_contest(world)


def build_evenings(world):
    tomorrow = timezone.now() + timedelta(days=1)
    world.evening = EveningFactory(starts_at=tomorrow, capacity=1)
    world.guest = GuestFactory(evening=world.evening, name=f"Ada {WORDS[0]}", email=WORDS[1], phone=WORDS[2])
    GuestFactory(evening=world.evening, waiting=True, name=f"Bea {WORDS[3]}", email=WORDS[4])
    other = EveningFactory(starts_at=tomorrow)
    giver = GuestFactory(evening=other, name="Chi apre il suo link")
    world.evening_token = issue_link(LinkPurpose.EVENING, giver, expires_at=tomorrow)
    world.canaries["guests"] = WORDS


def of(name):
    return lambda world: {"pk": getattr(world, name).pk}


OF_EVENING = ["evening", "evening_done", "evening_calendar", "evening_office", "evening_edit", "evening_publish"]
OF_EVENING += ["evening_cancel", "evening_who_came", "evening_print", "guest_new"]

KWARGS = contest.KWARGS | {
    **{f"generazioni:{name}": of("evening") for name in OF_EVENING},
    "generazioni:guest_give_back": of("guest"),
    "generazioni:guest_called": of("guest"),
    "generazioni:evening_place": lambda world: {"token": world.evening_token},
}

ROWS = contest.ROWS | {
    **{
        (f"generazioni:{name}", method): row
        for name in ["evenings", "evenings_calendar", "evening_done", "evening_calendar"]
        for method, row in [("GET", everybody()), ("POST", refused(everybody()))]
    },
    **{(f"generazioni:{name}", method): everybody() for name in ["evening", "evening_place"] for method in ["GET", "POST"]},
    **{
        (f"generazioni:{name}", method): row
        for name in ["evenings_office", "evening_office", "evening_print"]
        for method, row in [("GET", STAFF_ONLY), ("POST", refused(STAFF_ONLY))]
    },
    **{
        (f"generazioni:{name}", method): STAFF_ONLY
        for name in ["evening_new", "evening_edit", "evening_cancel", "evening_who_came", "guest_new", "guest_give_back"]
        for method in ["GET", "POST"]
    },
    **{
        (f"generazioni:{name}", method): row
        for name in ["evening_publish", "guest_called"]
        for method, row in [("GET", refused(STAFF_ONLY)), ("POST", STAFF_ONLY)]
    },
}
