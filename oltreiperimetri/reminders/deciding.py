"""What becomes of a step whose time has come: one answer, for the engine that acts on it and for the forecast."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from oltreiperimetri.shared.dates import ROME, at_rome

from . import kinds
from .channels import address_of, channel_of
from .enums import Channel
from .kinds import Recipient
from .models import Reminder
from .window import is_open, next_opening, next_working_day, opening_of, patron_of

State = Reminder.State
PER_DAY, PER_WEEK = 1, 3
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Decision:
    """The state a step ends in, why, and to whom it goes; or the moment to which it is put off."""

    state: str
    reason: str = ""
    people: tuple[Recipient, ...] = ()
    staff: tuple[Recipient, ...] = ()
    put_off_to: datetime | None = None


@dataclass(frozen=True)
class Post:
    """What is known of addresses: which of some refuse our mail, and when one was written to in the last week."""

    refusing: Callable[[Iterable[str]], set[str]]
    written: Callable[[str, datetime], list[datetime]]


def decide(
    reminder: Reminder, subject: models.Model | None, post: Post, *, now: datetime, at_once: bool = False
) -> Decision:
    """`at_once`: somebody of the office wants it now, whatever the hour and the caps."""
    kind = kinds.get(reminder.kind)
    if kind is None:
        return Decision(State.SKIPPED, _("nobody sends this kind any more"))
    if subject is None:
        return Decision(State.CANCELLED, _("its subject is gone"))
    reason = kind.still_needed(subject, reminder, today=now.astimezone(ROME).date())
    if reason:
        return Decision(State.SKIPPED, str(reason))
    found = {address_of(one): one for one in kind.recipients(subject, reminder) if one and may_go(kind, reminder, one)}
    staff = tuple(one for one in found.values() if one.is_staff)
    people = {address: one for address, one in found.items() if not one.is_staff}
    if people and not at_once and (opening := closed_until(kind, subject, now=now)):
        return put_off(reminder, opening, _("the time for it had passed"))
    if people and not at_once and (moment := left_in_peace_until(kind, subject, now=now)):
        return put_off(reminder, moment, _("they have just been written to about it"))
    refusing = post.refusing(people)
    reachable = [one for address, one in people.items() if address not in refusing]
    if not staff and not reachable:
        return Decision(State.SKIPPED, _("the address refuses our messages") if people else _("no address"))
    chosen = reachable if at_once else [one for one in reachable if not is_over_cap(address_of(one), post, now=now)]
    if not staff and not chosen:
        tomorrow = opening_of(next_working_day(now.astimezone(ROME).date()))
        return put_off(reminder, tomorrow, _("too many messages in these days"))
    left_out = len(reachable) - len(chosen)
    reason = _("not to %(count)s of them: too many messages in these days") % {"count": left_out} if left_out else ""
    return Decision(State.EMITTED, reason, people=tuple(chosen), staff=staff)


def may_go(kind: kinds.Kind, reminder: Reminder, recipient: Recipient) -> bool:
    """Whether there is a road to the recipient; a text message is for some steps only."""
    channel = channel_of(recipient)
    return bool(channel) and (channel != Channel.SMS or reminder.wave in kind.text_waves)


def closed_until(kind: kinds.Kind, subject: models.Model, *, now: datetime) -> datetime | None:
    """The next opening when nothing may leave now in the subject's town; None when it may."""
    if not settings.QUIET_HOURS:
        return None
    patron = patron_of(kind.town(subject)) if kind.town else ""
    return None if is_open(now, patron) else next_opening(now, patron)


def left_in_peace_until(kind: kinds.Kind, subject: models.Model, *, now: datetime) -> datetime | None:
    """The end of the quiet that the kind asks for; None when it is over, or none was asked."""
    moment = kind.quiet_until(subject) if kind.quiet_until else None
    return moment if moment and moment > now else None


def put_off(reminder: Reminder, moment: datetime, reason: str) -> Decision:
    if reminder.not_after and moment > reminder.not_after:
        return Decision(State.SKIPPED, reason)
    return Decision(State.PLANNED, put_off_to=moment)


def is_over_cap(address: str, post: Post, *, now: datetime) -> bool:
    """At most one reminder a day and three in seven days; answers to what somebody did are not counted."""
    if not settings.QUIET_HOURS:
        return False
    midnight = at_rome(now.astimezone(ROME).date())
    times = post.written(address, now)
    return sum(at >= midnight for at in times) >= PER_DAY or len(times) >= PER_WEEK
