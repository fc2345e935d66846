"""Places at an evening: taken without an account, given back by a link, passed on to the first who waits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import move, record
from oltreiperimetri.reminders import engine
from oltreiperimetri.shared.errors import DomainError

from .. import emails
from ..models import Evening, Guest
from .evening import lock, lowest_free_seat, promote

State = Guest.State


@dataclass(frozen=True)
class SignUp:
    """`had_room` tells what anybody could see: whether a seat was free. Only staff are told of `is_new`."""

    guest: Guest
    had_room: bool
    is_new: bool


@transaction.atomic
def sign_up(evening: Evening, values: Mapping, *, by, now: datetime) -> SignUp:
    """Give the lowest free seat, or the next position on the waiting list; mail says which, with a link to give it back.

    `values`: name, email, phone (E.164), one of the two not empty. Whoever already has a place keeps it, and gets the
    same mail again at the address he gave. `by=None`: the person, without sign-in; staff may still add somebody who
    comes to the door. Raises DomainError when the evening takes nobody.
    """
    evening = lock(evening)
    refuse_closed(evening, by=by, now=now)
    seat = lowest_free_seat(evening)
    known = evening.guests.engaged().reached_by(email=values["email"], phone=values["phone"]).order_by("pk").first()
    if known:
        if known.email and known.email == values["email"]:
            emails.evening_place(known, now=now)
        return SignUp(known, had_room=seat is not None, is_new=False)
    guest = take_place(evening, values, seat=seat, now=now)
    record("sign_up", guest, by=by, changes={"state": [None, guest.state]}, at=now)
    engine.plan(guest, now=now)
    emails.evening_place(guest, now=now)
    return SignUp(guest, had_room=seat is not None, is_new=True)


def refuse_closed(evening: Evening, *, by, now: datetime) -> None:
    if not evening.is_published:
        raise DomainError(_("This evening takes nobody now."), code="not_open")
    if by is None and now >= evening.starts_at:
        raise DomainError(_("This evening has already begun."), code="begun")
    if by is not None and now >= evening.starts_at and lowest_free_seat(evening) is None:
        raise DomainError(_("Every seat is taken, and after the beginning there is no waiting list."), code="full")


def take_place(evening: Evening, values: Mapping, *, seat: int | None, now: datetime) -> Guest:
    place = {"state": State.SEATED, "seat": seat, "seated_at": now}
    if seat is None:
        place = {"state": State.WAITING, "position": next_position(evening)}
    return Guest.objects.create(
        evening=evening,
        name=values["name"],
        email=values["email"],
        phone=values["phone"],
        signed_up_at=now,
        notice_version=settings.PRIVACY_NOTICE_VERSION,
        **place,
    )


def next_position(evening: Evening) -> int:
    positions = evening.guests.exclude(position=None).order_by("-position").values_list("position", flat=True)
    return (positions.first() or 0) + 1


def rank_on_the_list(guest: Guest) -> int:
    """1 for whoever gets the next free seat."""
    return guest.evening.guests.waiting().filter(position__lte=guest.position).count()


@transaction.atomic
def give_back(guest: Guest, *, by, now: datetime) -> list[Guest]:
    """The place is free; the first who waits has it at once. `by=None`: by the link in the mail. Returns who got a seat.

    Raises DomainError when the place is already free or the evening has begun.
    """
    evening = lock(guest.evening)
    if by is None and now >= evening.starts_at:
        raise DomainError(_("The evening has already begun."), code="begun")
    if evening.state == Evening.State.HELD:
        raise DomainError(_("This evening is over: it stays as it is."), code="closed")
    move(guest, State.CANCELLED, by=by, now=now, call_about="")
    engine.plan(guest, now=now)
    return promote(evening, by=by, now=now)


@transaction.atomic
def note_call(guest: Guest, *, by, now: datetime) -> None:
    """Somebody without an e-mail address has been told by voice."""
    if not guest.call_about:
        raise DomainError(_("There is nothing to tell this person now."), code="nothing_to_tell")
    record("call", guest, by=by, changes={"call_about": [guest.call_about, ""]}, at=now)
    guest.call_about = ""
    guest.save(update_fields=["call_about", "updated_at"])
