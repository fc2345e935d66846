"""A group: prepared, opened, confirmed, closed; its seats are never fewer than those in use."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import move, record
from oltreiperimetri.shared.errors import DomainError

from ..models import Cohort, Membership
from .aftermath import follow_exit
from .membership import lock, taken_seats

State = Cohort.State


@transaction.atomic
def create(values: Mapping, *, by, now: datetime) -> Cohort:
    cohort = Cohort.objects.create(**values)
    record("create", cohort, by=by, at=now)
    return cohort


@transaction.atomic
def change(cohort: Cohort, values: Mapping, *, by, now: datetime) -> list[str]:
    """Store what differs; returns the names. Raises DomainError when a seat in use would disappear."""
    stored = lock(cohort)
    refuse_lost_seats(stored, capacity=values.get("capacity", stored.capacity))
    changed = [name for name, value in values.items() if getattr(stored, name) != value]
    for name, value in values.items():
        setattr(cohort, name, value)
    if changed:
        cohort.save(update_fields=[*changed, "updated_at"])
        record("change", cohort, by=by, changes=dict.fromkeys(changed, "changed"), at=now)
    return changed


def refuse_lost_seats(cohort: Cohort, *, capacity: int) -> None:
    highest = max(taken_seats(cohort), default=0)
    if capacity < highest:
        raise DomainError(
            _("Seat %(seat)s is taken or offered: the group cannot have fewer than %(seat)s seats.") % {"seat": highest},
            code="seats_in_use",
            field="capacity",
        )


def open_to_people(cohort: Cohort, *, by, now: datetime) -> None:
    move(cohort, State.OPEN, by=by, now=now)


def confirm(cohort: Cohort, *, by, now: datetime) -> None:
    move(cohort, State.CONFIRMED, by=by, now=now)


def reopen(cohort: Cohort, *, by, now: datetime, note: str) -> None:
    move(cohort, State.OPEN, by=by, now=now, note=note)


@transaction.atomic
def cancel(cohort: Cohort, *, by, now: datetime, note: str) -> None:
    """Only an empty group: everybody has first been moved to another one, or released."""
    lock(cohort)
    if cohort.memberships.holding().exists():
        raise DomainError(
            _("People still have a seat in this group: move them to another group or free their seats first."),
            code="not_empty",
        )
    release_waiting_list(cohort, by=by, now=now, note=note)
    move(cohort, State.CANCELLED, by=by, now=now, note=note)


@transaction.atomic
def close(cohort: Cohort, *, by, now: datetime) -> None:
    """The group has ended: everybody on a seat has completed it. Every register is filled and the last day has come."""
    lock(cohort)
    if timezone.localdate(now) < cohort.ends_on:
        raise DomainError(
            _("The group ends on %(day)s: close it from that day on.") % {"day": cohort.ends_on.strftime("%d/%m/%Y")},
            code="not_over",
        )
    if cohort.sessions.planned().exists():
        raise DomainError(
            _("Some meetings have no register yet: fill it, or cancel the meetings that did not take place."),
            code="registers_open",
        )
    if cohort.memberships.offered().exists():
        raise DomainError(_("A seat is still offered to somebody: wait for the answer or decline it."), code="offers_open")
    enrolled = cohort.memberships.filter(state=Membership.State.ENROLLED).select_related("person", "cohort")
    for membership in enrolled.order_by("pk"):
        move(membership, Membership.State.COMPLETED, by=by, now=now)
        follow_exit(membership, by=by, now=now)
    release_waiting_list(cohort, by=by, now=now, note=_("The group has ended."))
    move(cohort, State.CLOSED, by=by, now=now)


def release_waiting_list(cohort: Cohort, *, by, now: datetime, note: str) -> None:
    for membership in cohort.memberships.waiting():
        move(membership, Membership.State.RELEASED, by=by, now=now, note=note)
