"""/stato/ and /readyz: the same lights, and each turns red for its own reason."""

from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.utils import timezone

from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.audit.trail import record
from oltreiperimetri.celery import app
from oltreiperimetri.portal import lights
from oltreiperimetri.reminders import heartbeat
from oltreiperimetri.reminders.models import ContactPoint, Message, Reminder
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def well(settings, tmp_path):
    """A portal where nothing is wrong, at any hour."""
    settings.QUIET_HOURS = False
    app.conf.broker_url = f"sqla+sqlite:///{tmp_path / 'broker.sqlite3'}"
    for entry in django_settings.CELERY_BEAT_SCHEDULE:
        heartbeat.beat(entry)
    yield
    app.conf.broker_url = settings.CELERY_BROKER_URL


@pytest.fixture
def admin(client):
    user = UserFactory(roles=[Role.ADMIN])
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def message(key: str = "one", **values) -> Message:
    values = {"queued_at": timezone.now(), "recipient": f"{key}@example.org"} | values
    return Message.objects.create(
        dedupe_key=key, template="followups/form", subject="Prova", body="Prova", message_id=f"<{key}@x>", **values
    )


def step(**values) -> Reminder:
    now = timezone.now()
    moments = {"wanted_at": now, "due_at": now, "planned_at": now}
    return Reminder.objects.create(
        **moments
        | {"kind": "followups.checkpoint", "subject_type": "x", "subject_id": 1, "audience": "person", "wave": 0}
        | values
    )


def states(client) -> dict[str, str]:
    return {light.code: light.state for light in client.get("/stato/").context["lights"]}


def red(client) -> set[str]:
    return {code for code, state in states(client).items() if state == "red"}


def test_all_is_green_where_nothing_is_wrong(client, admin):
    assert set(states(client).values()) == {"ok"}


def test_the_page_and_readyz_say_the_same(client, admin):
    heartbeat.beat("sweep", at=timezone.now() - HOUR)
    shown = states(client)
    assert client.get("/readyz").json()["checks"] == {
        code: shown[code] for code in ("database", "migrations", "broker", "storage", "beat")
    }
    assert red(client) == {"beat"}


@pytest.mark.parametrize("entry", sorted(django_settings.CELERY_BEAT_SCHEDULE))
def test_an_entry_is_red_one_second_after_its_limit(entry):
    now = timezone.now()
    period = timedelta(seconds=django_settings.CELERY_BEAT_SCHEDULE[entry]["schedule"])
    limit = 2 * period + timedelta(minutes=5)
    heartbeat.beat(entry, at=now - limit)
    assert heartbeat.late_entries(now) == {}
    heartbeat.beat(entry, at=now - limit - timedelta(seconds=1))
    assert set(heartbeat.late_entries(now)) == {entry}
    [row] = [beat for beat in heartbeat.beats(now) if beat.entry == entry]
    assert lights.beat_state(row) == "red"


def test_a_step_due_for_an_hour_is_red(client, admin):
    step(due_at=timezone.now() - HOUR)
    assert red(client) == {"due"}


def test_a_held_step_is_not_late(client, admin):
    step(due_at=timezone.now() - HOUR, held_at=timezone.now())
    assert red(client) == set()


def test_a_step_of_the_night_is_not_late_before_the_opening_nor_just_after(settings, time_machine, client, admin):
    settings.QUIET_HOURS = True
    step(due_at=timezone.datetime.fromisoformat("2026-11-23T18:59:00+01:00"))
    for moment, is_red in (
        ("2026-11-24T07:00:00+01:00", False),
        ("2026-11-24T08:35:00+01:00", False),
        ("2026-11-24T08:45:00+01:00", True),
    ):
        time_machine.move_to(timezone.datetime.fromisoformat(moment))
        client.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
        assert ("due" in red(client)) == is_red, moment


def test_a_message_that_waits_for_an_hour_is_red(client, admin):
    message(queued_at=timezone.now() - HOUR)
    assert red(client) == {"waiting"}


def test_one_to_be_tried_again_later_does_not_wait(client, admin):
    message(state="retry", queued_at=timezone.now() - HOUR, retry_at=timezone.now() + HOUR)
    assert red(client) == set()


def test_a_lease_that_nobody_frees_is_red(client, admin):
    message(state="inflight", lease_until=timezone.now() - HOUR)
    assert red(client) == {"stuck"}


@pytest.mark.parametrize("values", [{"state": "failed", "attempt": 8}, {"state": "uncertain", "attempt": 2}])
def test_what_was_given_up_is_red_until_somebody_acts(client, admin, values):
    found = message(**values)
    assert red(client) == {"failures"}
    response = client.post(f"/messaggi/{found.pk}/riprova/", {"da": "stato"})
    assert response.url == "/stato/"
    assert red(client) == set()


def test_a_step_that_could_not_be_written_is_red(client, admin):
    step(state="skipped", attempts=8, handled_at=timezone.now())
    assert red(client) == {"failures"}


def test_an_address_that_refuses_is_listed_and_not_red(client, admin):
    message(state="failed", attempt=1)
    ContactPoint.objects.create(address="no@example.org", status="refused")
    page = client.get("/stato/")
    assert [point.address for point in page.context["refusing"]] == ["no@example.org"]
    assert red(client) == set()


def test_acts_that_are_not_sealed_turn_red(client, admin):
    record("read", admin, by=None)
    assert red(client) == set()
    assert lights.seal_light(now=timezone.now() + timedelta(minutes=13)).state == "red"


def test_what_must_never_be_is_told(client, admin):
    step(state="emitted", handled_at=timezone.now())
    step(wave=1, not_after=timezone.now() - HOUR, due_at=timezone.now() + HOUR)
    page = client.get("/stato/")
    assert [count for _name, count in page.context["findings"]] == [1, 1]
    assert "consistency" in red(client)


def test_a_coordinator_reads_and_has_no_buttons(client, admin):
    found = message(state="failed")
    button = f'action="/messaggi/{found.pk}/riprova/"'
    assert button in client.get("/stato/").content.decode()
    client.force_login(UserFactory(coordinator=True), backend="django.contrib.auth.backends.ModelBackend")
    assert button not in client.get("/stato/").content.decode()


def test_the_page_costs_the_same_with_one_and_with_sixty_failures(client, admin, django_assert_max_num_queries):
    costs = []
    for start, stop in ((0, 1), (1, 60)):
        for number in range(start, stop):
            message(f"m{number}", state="failed")
            ContactPoint.objects.create(address=f"m{number}@example.org", status="refused")
        with django_assert_max_num_queries(20) as queries:
            page = client.get("/stato/")
        costs.append(len(queries))
    assert costs[0] == costs[1], costs
    assert len(page.context["failures"]) == 50
    assert page.context["refusing_in_all"] == 60


def test_the_manual_says_what_to_do_for_every_light(client, admin):
    manual = (django_settings.BASE_DIR / "docs" / "operations.md").read_text()
    assert [code for code in states(client) if f"| `{code}` |" not in manual] == []
