"""How the engine is doing, in four queries: what is counted, what waits too long, what nobody will try again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from oltreiperimetri.shared.dates import ROME

from . import kinds
from .delivery import MAX_ATTEMPTS
from .enums import FINAL_FAILURES, OPEN_MESSAGE_STATES
from .heartbeat import limit_of
from .models import ContactPoint, DigestLine, Message, Reminder
from .window import is_open, opening_of

LOOKED_BACK = timedelta(days=7)
IS_DUE = Q(state=Reminder.State.PLANNED, held_at=None)
LEASED = Q(state=Message.State.INFLIGHT)
GAVE_UP = Q(state=Message.State.FAILED, attempt__gte=MAX_ATTEMPTS) | Q(state=Message.State.UNCERTAIN)
COULD_NOT_BE_WRITTEN = Q(state=Reminder.State.SKIPPED, attempts__gte=MAX_ATTEMPTS)


@dataclass(frozen=True)
class Waiting:
    """The oldest of something that should have gone: since when it could have, and how long that may last."""

    since: datetime | None
    limit: timedelta
    now: datetime

    @property
    def is_late(self) -> bool:
        return self.since is not None and self.now - self.since > self.limit


@dataclass(frozen=True)
class Condition:
    """`reminders` and `messages`: state -> how many. `given_up`: messages and steps of the last week that only a person
    can bring on their way. `findings`: (what is wrong, how many), only what is."""

    reminders: dict[str, int]
    messages: dict[str, int]
    due: Waiting
    waiting: Waiting
    stuck: Waiting
    given_up: int
    findings: list[tuple[str, int]]


def condition(*, now: datetime) -> Condition:
    steps, mail = facts_of_reminders(now), facts_of_messages(now)
    return Condition(
        reminders={state: steps[f"in_{state}"] for state in Reminder.State.values},
        messages={state: mail[f"in_{state}"] for state in Message.State.values},
        due=Waiting(since_opening(steps["oldest_due"], now), limit_of("emit-due"), now),
        waiting=Waiting(
            min(filter(None, [mail["oldest_answer"], since_opening(mail["oldest_step"], now)]), default=None),
            limit_of("deliver"),
            now,
        ),
        stuck=Waiting(mail["oldest_lease"], limit_of("sweep"), now),
        given_up=mail["gave_up"] + steps["not_written"],
        findings=[(name, count) for name, count in findings_of(steps, mail, now=now).items() if count],
    )


def since_opening(moment: datetime | None, now: datetime) -> datetime | None:
    """Reminders wait for the sending hours: outside them nothing is late, and at the opening all begin anew."""
    if moment is None or not settings.QUIET_HOURS:
        return moment
    return max(moment, opening_of(now.astimezone(ROME).date())) if is_open(now) else None


def facts_of_reminders(now: datetime) -> dict:
    return Reminder.objects.aggregate(
        **{f"in_{state}": Count("pk", filter=Q(state=state)) for state in Reminder.State.values},
        oldest_due=Min("due_at", filter=IS_DUE & Q(due_at__lte=now)),
        not_written=Count("pk", filter=COULD_NOT_BE_WRITTEN & Q(handled_at__gt=now - LOOKED_BACK)),
        past_their_time=Count("pk", filter=Q(state=Reminder.State.PLANNED, not_after__lt=now - limit_of("sweep"))),
        unknown_kind=Count("pk", filter=Q(state=Reminder.State.PLANNED) & ~Q(kind__in=list(kinds.REGISTRY))),
    )


def facts_of_messages(now: datetime) -> dict:
    due = Message.objects.due_condition(now)
    ready_at = Coalesce("retry_at", "queued_at")
    return Message.objects.aggregate(
        **{f"in_{state}": Count("pk", filter=Q(state=state)) for state in Message.State.values},
        oldest_answer=Min(ready_at, filter=due & Q(reminder=None)),
        oldest_step=Min(ready_at, filter=due & Q(reminder__isnull=False)),
        oldest_lease=Min("lease_until", filter=LEASED & Q(lease_until__lte=now)),
        gave_up=Count("pk", filter=GAVE_UP & Q(queued_at__gt=now - LOOKED_BACK)),
        without_lease=Count("pk", filter=LEASED & Q(lease_until=None)),
        overtaken=Count("pk", filter=Q(state__in=OPEN_MESSAGE_STATES, reminder__state=Reminder.State.CANCELLED)),
        sent_without_day=Count("pk", filter=Q(state=Message.State.SENT, sent_at=None)),
    )


def findings_of(steps: dict, mail: dict, *, now: datetime) -> dict[str, int]:
    """What must never be, by name. Each is a count that is 0 in a portal that is well."""
    return {
        "past_their_time": steps["past_their_time"],
        "unknown_kind": steps["unknown_kind"],
        "emitted_without_mail": emitted_without_mail(now),
        "without_lease": mail["without_lease"],
        "overtaken": mail["overtaken"],
        "sent_without_day": mail["sent_without_day"],
    }


def emitted_without_mail(now: datetime) -> int:
    """Steps of the last week said to be handed to delivery, for which nothing was written."""
    emitted = Reminder.objects.filter(state=Reminder.State.EMITTED, handled_at__gt=now - LOOKED_BACK)
    written = Message.objects.filter(reminder=OuterRef("pk")), DigestLine.objects.filter(reminder=OuterRef("pk"))
    return emitted.exclude(Exists(written[0])).exclude(Exists(written[1])).count()


def failures() -> QuerySet[Message]:
    """What did not arrive, and what is being tried again after a failure; newest first."""
    troubled = Q(state__in=FINAL_FAILURES) | Q(state=Message.State.RETRY)
    return Message.objects.filter(troubled).select_related("reminder").defer("body", "html").order_by("-queued_at", "-pk")


def gave_up() -> QuerySet[Message]:
    """Messages that failed for a trouble that was ours, to be sent once it is over. Not those whose address refuses our
    mail, nor those of which it is not known whether they arrived: of these a person decides one by one."""
    refused = ContactPoint.objects.filter(address=OuterRef("recipient"), status=ContactPoint.Status.REFUSED)
    return Message.objects.filter(state=Message.State.FAILED).exclude(Exists(refused)).order_by("pk")


def refusing_addresses() -> QuerySet[ContactPoint]:
    return ContactPoint.objects.filter(status=ContactPoint.Status.REFUSED).order_by("-last_bounced_at", "address")
