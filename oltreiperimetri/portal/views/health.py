"""Health checks for whoever watches the machines: the process answers; everything it leans on does too."""

import time
from datetime import timedelta

from celery import current_app
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.utils import timezone

from oltreiperimetri.accounts.gates import public
from oltreiperimetri.reminders.heartbeat import late_entries

STARTED = time.monotonic()
STARTING = timedelta(minutes=5)


@public
def healthz(request):
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@public
def readyz(request):
    """503 with the names of what is red. Says nothing about versions, hosts or people."""
    checks = {
        "database": check(database_answers),
        "migrations": check(migrations_are_applied),
        "broker": check(broker_answers),
        "storage": check(storage_answers),
        "beat": check(beat_is_on_time),
    }
    is_ready = all(state != "red" for state in checks.values())
    return JsonResponse({"ready": is_ready, "checks": checks}, status=200 if is_ready else 503)


def check(question) -> str:
    """ "ok", "starting" or "red"; an exception is red."""
    try:
        return question()
    except Exception:  # noqa: BLE001 - a check that fails in any way is red
        return "red"


def database_answers() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def migrations_are_applied() -> str:
    executor = MigrationExecutor(connection)
    return "red" if executor.migration_plan(executor.loader.graph.leaf_nodes()) else "ok"


def broker_answers() -> str:
    with current_app.connection_for_write(connect_timeout=2) as broker:
        broker.ensure_connection(max_retries=1, interval_start=0, interval_step=0, timeout=2)
    return "ok"


def storage_answers() -> str:
    default_storage.exists("readyz")
    return "ok"


def beat_is_on_time() -> str:
    """A late entry is red at once; one never seen is starting while this process is young."""
    late = late_entries(timezone.now())
    if any(at is not None for at in late.values()):
        return "red"
    is_young = time.monotonic() - STARTED < STARTING.total_seconds()
    return ("starting" if is_young else "red") if late else "ok"
