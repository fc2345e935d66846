"""A traineeship on offer: prepared, offered, confirmed every 90 days, withdrawn."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import move, record
from oltreiperimetri.reminders import engine
from oltreiperimetri.shared.dates import add_months
from oltreiperimetri.shared.errors import DomainError

from ..models import Organisation, Slot
from . import changes
from .quota import quota_for
from .rules import HOST_RULES

TRAINEESHIP_MONTHS = 3


@transaction.atomic
def draft(organisation: Organisation, values: Mapping, *, by) -> Slot:
    slot = Slot.objects.create(organisation=organisation, **values)
    record("create", slot, by=by)
    return slot


@transaction.atomic
def change(slot: Slot, values: Mapping, *, by, now: datetime) -> list[str]:
    """A draft may lose anything; an offer must stay complete. Raises DomainError with all that would be missing."""
    changed = changes.apply(slot, values, by=by)
    if slot.state == Slot.State.OFFERED:
        refuse_gaps(gaps(slot, today=timezone.localdate(now)))
        engine.plan(slot, now=now)
    return changed


def gaps(slot: Slot, *, today: date) -> list[str]:
    """Everything that keeps a slot from being offered, as sentences for the firm."""
    return [
        *gaps_of_organisation(slot),
        *gaps_of_description(slot),
        *gaps_of_period(slot, today=today),
        *gaps_of_places(slot),
    ]


def gaps_of_organisation(slot: Slot) -> list[str]:
    if slot.organisation.is_accredited:
        return []
    if slot.organisation.state == Organisation.State.SUSPENDED:
        return [_("The organisation is suspended: call us.")]
    return [_("The organisation is not accredited yet: our office is looking at it.")]


def gaps_of_description(slot: Slot) -> list[str]:
    found = []
    if not slot.site:
        found.append(_("Choose the site."))
    if not slot.tasks:
        found.append(_("Say what the person will do."))
    if not slot.weekly_hours:
        found.append(_("Say how many hours a week."))
    if not slot.schedule:
        found.append(_("Say on which days and at what time."))
    return found


def gaps_of_period(slot: Slot, *, today: date) -> list[str]:
    if not slot.starts_on or not slot.ends_on:
        return [_("Say from when to when.")]
    if slot.ends_on < today:
        return [_("The period is over: choose later days.")]
    if slot.ends_on < add_months(slot.starts_on, TRAINEESHIP_MONTHS) - timedelta(days=1):
        return [_("A traineeship lasts three months: make the period at least as long.")]
    return []


def gaps_of_places(slot: Slot) -> list[str]:
    found = []
    if slot.site and slot.quantity > quota_for(slot.site.headcount):
        found.append(
            _("With %(people)s people at work, %(site)s may host %(quota)s trainees at once: ask for fewer places.")
            % {"people": slot.site.headcount, "site": slot.site.name, "quota": quota_for(slot.site.headcount)}
        )
    if not slot.tutor:
        found.append(_("Choose the host tutor."))
    elif slot.quantity > HOST_RULES[-1]["tutor_host_max"]:
        found.append(
            _("A host tutor follows at most %(count)s people: make two slots with two tutors.")
            % {"count": HOST_RULES[-1]["tutor_host_max"]}
        )
    return found


def refuse_gaps(found: list[str]) -> None:
    if found:
        raise DomainError(_("The slot is not ready. %(reasons)s") % {"reasons": " ".join(found)}, code="not_ready")


@transaction.atomic
def offer(slot: Slot, *, by, now: datetime) -> None:
    """Raises DomainError that lists everything missing."""
    today = timezone.localdate(now)
    refuse_gaps(gaps(slot, today=today))
    move(slot, Slot.State.OFFERED, by=by, now=now, confirmed_on=today)
    engine.plan(slot, now=now)


@transaction.atomic
def withdraw(slot: Slot, *, by, now: datetime, reason: str) -> None:
    move(slot, Slot.State.WITHDRAWN, by=by, now=now, note=reason)
    engine.plan(slot, now=now)


@transaction.atomic
def prepare_again(slot: Slot, *, by, now: datetime) -> None:
    move(slot, Slot.State.DRAFT, by=by, now=now)


@transaction.atomic
def confirm(slot: Slot, *, by, now: datetime) -> None:
    """The firm says that the offer still stands: 90 more days. `by=None`: by the link in the reminder."""
    locked = Slot.objects.select_for_update(of=("self",)).get(pk=slot.pk)
    if locked.state != Slot.State.OFFERED:
        raise DomainError(_("This slot is not on offer any more."), code="not_offered")
    today = timezone.localdate(now)
    if locked.has_ended_on(today):
        raise DomainError(_("The period of this slot is over: change the days first."), code="ended")
    record("confirm", slot, by=by, changes={"confirmed_on": [str(locked.confirmed_on), str(today)]}, at=now)
    slot.confirmed_on = today
    slot.save(update_fields=["confirmed_on", "updated_at"])
    engine.plan(slot, now=now)
