"""The lights of the portal: /readyz tells those of the machine, /stato/ those and the engine's. One answer for both."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from celery import current_app
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oltreiperimetri.audit import seals
from oltreiperimetri.reminders.condition import Condition
from oltreiperimetri.reminders.heartbeat import late_entries, limit_of

OK, RED, STARTING = "ok", "red", "starting"
STARTED = time.monotonic()
YOUNG = timedelta(minutes=5)
WORDS = {OK: gettext_lazy("In order"), RED: gettext_lazy("To be looked at"), STARTING: gettext_lazy("Starting")}
TONES = {OK: "ok", RED: "no", STARTING: "wait"}


@dataclass(frozen=True)
class Light:
    """`code` is its name in /readyz and in docs/operations.md. `at`: the instant it speaks of. `url`: where to act."""

    code: str
    state: str
    title: str
    help: str
    at: datetime | None = None
    count: int | None = None
    url: str = ""

    @property
    def word(self) -> str:
        return WORDS[self.state]

    @property
    def tone(self) -> str:
        return TONES[self.state]


# The machine ----------------------------------------------------------------------------------------
def of_the_machine(*, now: datetime) -> dict[str, str]:
    """Name -> "ok", "starting" or "red". Says nothing about versions, hosts or people."""
    questions: dict[str, Callable[[], str]] = {
        "database": database_answers,
        "migrations": migrations_are_applied,
        "broker": broker_answers,
        "storage": storage_answers,
        "beat": lambda: beat_is_on_time(now),
    }
    return {name: check(question) for name, question in questions.items()}


def check(question: Callable[[], str]) -> str:
    """ "ok", "starting" or "red"; an exception is red."""
    try:
        return question()
    except Exception:  # noqa: BLE001 - a check that fails in any way is red
        return RED


def database_answers() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return OK


def migrations_are_applied() -> str:
    executor = MigrationExecutor(connection)
    return RED if executor.migration_plan(executor.loader.graph.leaf_nodes()) else OK


def broker_answers() -> str:
    with current_app.connection_for_write(connect_timeout=2) as broker:
        broker.ensure_connection(max_retries=1, interval_start=0, interval_step=0, timeout=2)
    return OK


def storage_answers() -> str:
    default_storage.exists("readyz")
    return OK


def beat_is_on_time(now: datetime) -> str:
    """A late entry is red at once; one never seen is starting while this process is young."""
    late = late_entries(now)
    if any(at is not None for at in late.values()):
        return RED
    return (STARTING if is_young() else RED) if late else OK


def is_young() -> bool:
    return time.monotonic() - STARTED < YOUNG.total_seconds()


def beat_state(beat) -> str:
    """Of one entry, by the rule of `beat_is_on_time`."""
    if not beat.is_late:
        return OK
    return STARTING if beat.at is None and is_young() else RED


def machine_lights(*, now: datetime) -> list[Light]:
    words = {
        "database": (_("Database"), _("Is it up, full, or out of connections? Nothing works without it.")),
        "migrations": (_("Tables"), _("The programme is newer than its tables: run manage.py migrate.")),
        "broker": (_("Queue"), _("The queue does not answer. Pages go on and mail waits; start Redis again.")),
        "storage": (_("Uploaded files"), _("The folder of the files cannot be read: is it mounted?")),
        "beat": (_("Scheduled work"), _("Worker or beat stands still: see below which entry, and read their log.")),
    }
    return [Light(code, state, *words[code]) for code, state in of_the_machine(now=now).items()]


# The engine -----------------------------------------------------------------------------------------
def red_if(is_red: bool) -> str:
    return RED if is_red else OK


def engine_lights(found: Condition, *, now: datetime) -> list[Light]:
    messages = reverse("reminders:messages")
    return [
        Light(
            "due",
            red_if(found.due.is_late),
            _("Oldest step that is due"),
            _("Steps are due and nobody handles them: is the worker running? manage.py send_due does one round by hand."),
            at=found.due.since,
            url=f"{messages}?vista=planned",
        ),
        Light(
            "waiting",
            red_if(found.waiting.is_late),
            _("Oldest message that waits"),
            _("Messages do not leave: does the mail server answer? What waits leaves by itself when it does."),
            at=found.waiting.since,
            url=f"{messages}?vista=waiting",
        ),
        Light(
            "stuck",
            red_if(found.stuck.is_late),
            _("Messages held by a worker that is gone"),
            _("They are freed every ten minutes; if not, the entry “sweep” stands still."),
            at=found.stuck.since,
            url=f"{messages}?vista=waiting",
        ),
        Light(
            "failures",
            red_if(found.given_up > 0),
            _("Given up in the last seven days"),
            _("Tried eight times, or nobody knows whether they arrived. Put the cause right, then try again below."),
            count=found.given_up,
            url=f"{messages}?vista=failed",
        ),
        seal_light(now=now),
        Light(
            "consistency",
            red_if(bool(found.findings)),
            _("Things that must never be"),
            _("A fault of ours: keep the page, run manage.py reminders explain, and tell who looks after the programme."),
            count=sum(count for _name, count in found.findings),
        ),
    ]


def seal_light(*, now: datetime) -> Light:
    """Red when an entry old enough to be sealed has waited longer than the entry of the schedule may be late."""
    oldest = seals.oldest_unsealed()
    since = oldest and oldest + seals.GRACE
    return Light(
        "seal",
        red_if(bool(since) and now - since > limit_of("seal-audit")),
        _("Seal of what happened"),
        _("Acts are no longer sealed: does the entry “seal-audit” run? manage.py verify_audit says whether all is whole."),
        at=seals.last_sealed_at(),
    )
