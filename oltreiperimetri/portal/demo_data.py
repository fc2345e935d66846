"""The demo's invented people and their stories, told through the same verbs the portal uses."""

import random
from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from types import SimpleNamespace

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from oltreiperimetri.accounts.enums import STAFF_ROLES, Role
from oltreiperimetri.accounts.models import User
from oltreiperimetri.reminders.models import Message
from oltreiperimetri.shared.models import Municipality

from .models import DemoMarker

PASSWORD = "demo-oltreiperimetri"  # noqa: S105 - published on purpose, demo only
SEED = 2016
CHAPTERS = ("partners", "beneficiaries", "orafo", "generazioni", "oltreiperimetri.followups")

PEOPLE = [
    ("admin", "Paola", "Gestori", [Role.ADMIN]),
    ("coordinator", "Marta", "Coordini", [Role.COORDINATOR]),
    ("caseworker", "Luca", "Accoglienza", [Role.CASEWORKER]),
    ("caseworker2", "Sara", "Ascolto", [Role.CASEWORKER]),
    ("beneficiary", "Giovanna", "Ripartenza", [Role.BENEFICIARY]),
    ("firm", "Dario", "Officina", [Role.FIRM_CONTACT]),
    ("mentor", "Ivo", "Esperienza", [Role.MENTOR]),
    ("juror", "Clara", "Valutini", [Role.JUROR]),
    ("citizen", "Nadia", "Ideali", [Role.CITIZEN]),
]
# ISTAT codes of the towns each caseworker follows.
TOWNS = {
    "caseworker": ["015182", "015116", "015009", "015229", "015176"],
    "caseworker2": ["015087", "015170", "015179", "015211"],
}


def people() -> dict[str, User]:
    users = {}
    for key, first_name, last_name, roles in PEOPLE:
        users[key] = User.objects.create_user(
            f"{key}@example.org",
            PASSWORD,
            roles=roles,
            email_verified=True,
            first_name=first_name,
            last_name=last_name,
            is_staff=key == "admin",
            is_superuser=key == "admin",
            may_export=bool(STAFF_ROLES & set(roles)),
        )
        users[key].municipalities.set(TOWNS.get(key, []))
    return users


@transaction.atomic
def fill(*, now: datetime, say: Callable[[str], None]) -> SimpleNamespace:
    """Fill an empty database; all or nothing. `say` tells how far it is."""
    say("people who sign in")
    world = SimpleNamespace(
        users=people(),
        now=now,
        random=random.Random(SEED),
        towns={town.istat_code: town for town in Municipality.objects.in_programme()},
    )
    for chapter in CHAPTERS:
        module = import_module(f"{chapter}.demo")
        say(module.__doc__ or chapter)
        module.build(world, today=timezone.localdate(now))
    letters_have_left(now=now)
    DemoMarker.objects.create(seeded_at=now)
    return world


def letters_have_left(*, now: datetime) -> None:
    """Mail of the past left when it was written: the mailbox starts with what is written now, not with old letters."""
    Message.objects.filter(state=Message.State.QUEUED, queued_at__lt=now).update(
        state=Message.State.SENT, sent_at=F("queued_at"), handed_over_at=F("queued_at"), attempt=1
    )
