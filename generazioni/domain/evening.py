"""An evening is drafted, published, moved, cancelled, closed. Whoever has a seat or waits is told of every change."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oltreiperimetri.audit.trail import move, record
from oltreiperimetri.reminders import engine
from oltreiperimetri.shared.errors import DomainError

from .. import emails
from ..models import Evening, Guest
from ..models.guest import CallAbout

State = Evening.State
APPOINTMENT = ("starts_at", "ends_at", "place", "address", "municipality")


def lock(evening: Evening) -> Evening:
    """Every act on seats begins here: one at a time for each evening."""
    return Evening.objects.select_for_update(of=("self",)).get(pk=evening.pk)


@transaction.atomic
def draft(values: Mapping, *, by, now: datetime) -> Evening:
    evening = Evening.objects.create(**values)
    record("create", evening, by=by, at=now)
    return evening


@transaction.atomic
def publish(evening: Evening, *, by, now: datetime) -> None:
    """From now on everybody finds it and may sign up. Raises DomainError when it has already begun."""
    if evening.starts_at <= now:
        raise DomainError(_("This evening is in the past: change the day before publishing it."), code="past")
    move(evening, State.PUBLISHED, by=by, now=now, published_at=now)


@transaction.atomic
def change(evening: Evening, values: Mapping, *, by, now: datetime) -> list[str]:
    """Save what changed. A published evening moved in time or place gets a new version, and everybody is told.

    More seats go to the waiting list at once. Raises DomainError for an evening that is over or cancelled, for a
    day in the past, and for fewer seats than people who already have one.
    """
    stored = lock(evening)
    refuse_change(stored, values, now=now)
    changed = [name for name, value in values.items() if getattr(stored, name) != value]
    for name, value in values.items():
        setattr(evening, name, value)
    if not changed:
        return []
    is_moved = stored.is_published and any(name in APPOINTMENT for name in changed)
    evening.sequence = stored.sequence + is_moved
    evening.save(update_fields=[*changed, "sequence", "updated_at"])
    record("change", evening, by=by, changes=dict.fromkeys(changed, "changed"), at=now)
    if "capacity" in changed:
        close_ranks(evening)
        promote(evening, by=by, now=now)
    if is_moved:
        tell_everybody(evening, CallAbout.MOVED, emails.evening_moved, now=now)
    return changed


def refuse_change(stored: Evening, values: Mapping, *, now: datetime) -> None:
    if stored.state not in (State.DRAFT, State.PUBLISHED):
        raise DomainError(_("This evening is over or cancelled: it stays as it is."), code="closed")
    starts_at = values.get("starts_at", stored.starts_at)
    if stored.is_published and starts_at != stored.starts_at and starts_at <= now:
        raise DomainError(_("A published evening cannot be moved into the past."), code="past", field="day")
    seated = stored.guests.seated().count()
    if values.get("capacity", stored.capacity) < seated:
        raise DomainError(
            ngettext(
                "%(count)s person already has a seat: the seats cannot be fewer.",
                "%(count)s people already have a seat: the seats cannot be fewer.",
                seated,
            )
            % {"count": seated},
            code="too_few_seats",
            field="capacity",
        )


def close_ranks(evening: Evening) -> None:
    """Whoever sits on a number beyond the capacity takes the lowest free one."""
    for guest in evening.guests.seated().filter(seat__gt=evening.capacity).order_by("seat"):
        guest.seat = lowest_free_seat(evening)
        guest.save(update_fields=["seat", "updated_at"])


def lowest_free_seat(evening: Evening) -> int | None:
    """The evening is locked by the caller."""
    taken = set(evening.guests.seated().values_list("seat", flat=True))
    return next((seat for seat in range(1, evening.capacity + 1) if seat not in taken), None)


def promote(evening: Evening, *, by, now: datetime) -> list[Guest]:
    """Free seats go to the first who wait, never after the beginning. The evening is locked by the caller."""
    promoted = []
    if not evening.takes_people_at(now):
        return promoted
    for guest in evening.guests.waiting():
        seat = lowest_free_seat(evening)
        if seat is None:
            break
        about = "" if guest.email else CallAbout.PROMOTED
        move(guest, Guest.State.SEATED, by=by, now=now, seat=seat, seated_at=now, call_about=about)
        engine.plan(guest, now=now)
        emails.evening_promoted(guest, now=now)
        promoted.append(guest)
    return promoted


@transaction.atomic
def cancel(evening: Evening, *, by, now: datetime, reason: str) -> None:
    """`reason` is read by everybody: on the page, and in the mail to whoever has a seat or waits."""
    stored = lock(evening)
    if stored.is_published and stored.is_over_at(now):
        raise DomainError(_("This evening is over: say who came instead."), code="over")
    move(
        evening,
        State.CANCELLED,
        by=by,
        now=now,
        note=reason,
        cancellation_reason=reason,
        sequence=stored.sequence + 1,
    )
    tell_everybody(evening, CallAbout.CANCELLED, emails.evening_cancelled, now=now)


def tell_everybody(evening: Evening, about: str, say, *, now: datetime) -> None:
    for guest in evening.guests.engaged().order_by("pk"):
        guest.evening = evening
        engine.plan(guest, now=now)
        if guest.email:
            say(guest, now=now)
        else:
            guest.call_about = about
            guest.save(update_fields=["call_about", "updated_at"])


@transaction.atomic
def note_who_came(evening: Evening, came: Iterable[int], *, by, now: datetime) -> None:
    """`came`: the ids of the guests with a seat who were there; the others were not. The first time it closes the evening.

    Raises DomainError before the beginning, and for an evening that was not published.
    """
    stored = lock(evening)
    if stored.is_published and now < stored.starts_at:
        raise DomainError(_("The list of who came opens when the evening begins."), code="too_early")
    present, seated = set(came), stored.guests.seated()
    seated.filter(pk__in=present).update(came=True, updated_at=now)
    seated.exclude(pk__in=present).update(came=False, updated_at=now)
    if stored.state == State.HELD:
        record("correct_register", evening, by=by, at=now)
    else:
        move(evening, State.HELD, by=by, now=now)
