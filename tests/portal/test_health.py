"""What whoever watches the machines may rely on: /healthz, /readyz and the heartbeats of beat."""

import time
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.utils import timezone

from oltreiperimetri.celery import app
from oltreiperimetri.portal import lights
from oltreiperimetri.reminders import heartbeat
from oltreiperimetri.reminders.models import Heartbeat

pytestmark = pytest.mark.django_db

ENTRIES = sorted(django_settings.CELERY_BEAT_SCHEDULE)
app.loader.import_default_modules()  # as a worker does when it starts
YOUNG, OLD = 10, 3600  # seconds since the web process started


@pytest.fixture
def broker(settings, tmp_path):
    """A broker that answers, whatever the machine has."""
    app.conf.broker_url = f"sqla+sqlite:///{tmp_path / 'broker.sqlite3'}"
    yield
    app.conf.broker_url = settings.CELERY_BROKER_URL


def started(monkeypatch, seconds: int) -> None:
    monkeypatch.setattr(lights, "STARTED", time.monotonic() - seconds)


def ready(client) -> tuple[int, str]:
    """(HTTP status, state of beat); every other light is green."""
    response = client.get("/readyz")
    checks = response.json()["checks"]
    beat = checks.pop("beat")
    assert set(checks.items()) == {(name, "ok") for name in ("database", "migrations", "broker", "storage")}
    return response.status_code, beat


def all_seen(*, ago: timedelta = timedelta()) -> None:
    for entry in ENTRIES:
        heartbeat.beat(entry, at=timezone.now() - ago)


def limit(entry: str) -> timedelta:
    """Twice the entry's period plus five minutes."""
    return 2 * timedelta(seconds=django_settings.CELERY_BEAT_SCHEDULE[entry]["schedule"]) + timedelta(minutes=5)


def test_the_process_answers(client):
    assert (client.get("/healthz").status_code, client.get("/healthz").content) == (200, b"ok")


def test_all_entries_on_time_is_ready(client, broker, monkeypatch):
    started(monkeypatch, OLD)
    all_seen()
    assert ready(client) == (200, "ok")


def test_in_the_first_minutes_a_missing_heartbeat_is_starting(client, broker, monkeypatch):
    started(monkeypatch, YOUNG)
    assert ready(client) == (200, "starting")


def test_after_five_minutes_a_missing_heartbeat_is_red(client, broker, monkeypatch):
    started(monkeypatch, 301)
    assert ready(client) == (503, "red")


@pytest.mark.parametrize("age", [YOUNG, OLD])
@pytest.mark.parametrize("entry", ENTRIES)
def test_a_late_entry_is_red_also_in_the_first_minutes(entry, age, client, broker, monkeypatch):
    started(monkeypatch, age)
    all_seen()
    heartbeat.beat(entry, at=timezone.now() - limit(entry) + timedelta(seconds=30))
    assert ready(client) == (200, "ok")
    heartbeat.beat(entry, at=timezone.now() - limit(entry) - timedelta(seconds=1))
    assert ready(client) == (503, "red")


def test_a_new_start_of_the_demo_forgets_old_heartbeats(client, broker, monkeypatch):
    started(monkeypatch, YOUNG)
    all_seen(ago=timedelta(days=2))
    heartbeat.forget()
    assert ready(client) == (200, "starting")


def test_a_broker_that_is_gone_is_red_and_nothing_else_is_told(client, monkeypatch, settings):
    all_seen()
    app.conf.broker_url = "redis://127.0.0.1:1/0"
    response = client.get("/readyz")
    app.conf.broker_url = settings.CELERY_BROKER_URL
    assert response.status_code == 503
    assert response.json()["checks"]["broker"] == "red"
    assert b"127.0.0.1" not in response.content


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_entry_leaves_its_heartbeat_when_its_task_ends_well(entry):
    task = app.tasks[django_settings.CELERY_BEAT_SCHEDULE[entry]["task"]]
    task.apply(throw=True)
    assert Heartbeat.objects.filter(entry=entry).exists()


def test_a_task_that_fails_leaves_no_heartbeat(monkeypatch):
    def broken(**kwargs):
        raise RuntimeError

    monkeypatch.setattr("oltreiperimetri.audit.seals.seal", broken)
    app.tasks["audit.seal"].apply(throw=False)
    assert not Heartbeat.objects.filter(entry="seal-audit").exists()
