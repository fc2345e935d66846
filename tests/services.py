"""Real Redis, web, worker, beat and mail server, each private to a module of tests and stopped with it."""

import asyncio
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
from aiosmtpd.controller import Controller

from tests import postgres

logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd tells every line of every conversation
ROOT = Path(__file__).resolve().parents[1]
CELERY = [sys.executable, "-m", "celery", "-A", "oltreiperimetri"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(question, *, seconds: float, what: str):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = question()
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError(f"{what}: not within {seconds} seconds")


class Sink:
    """Takes every mail, as (recipient, message)."""

    def __init__(self):
        self.received = []
        self.pause = 0  # seconds it takes over each mail
        self.refusals = {}  # recipient -> how often it is still refused for the moment

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        await asyncio.sleep(self.pause)
        for recipient in envelope.rcpt_tos:
            if self.refusals.get(recipient):
                self.refusals[recipient] -= 1
                return "451 later, please"
        mail = message_from_bytes(envelope.content, policy=default)
        self.received += [(recipient, mail) for recipient in envelope.rcpt_tos]
        return "250 taken"

    def to(self, address):
        return [mail for recipient, mail in self.received if recipient == address]


@pytest.fixture(scope="module")
def sink():
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=free_port())
    controller.start()
    sink.port = controller.port
    yield sink
    controller.stop()


@pytest.fixture(scope="module")
def processes(tmp_path_factory):
    """Starts a process with its log in a file; at the end stops those it started, the last first."""
    started, logs = [], tmp_path_factory.mktemp("logs")

    def start(name, command, environment=None):
        with (logs / name).open("wb") as log:
            process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )
        started.append(process)
        return process

    yield start
    for process in reversed(started):
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            kill(process)


@pytest.fixture(scope="module")
def database_url(tmp_path_factory):
    """A database of its own: on the suite's PostgreSQL when it runs there, else an SQLite file."""
    if os.environ.get("TEST_DB") == "postgres":
        return new_database(os.environ["TEST_DATABASE_URL"], f"e2e_{os.getpid()}")
    return f"sqlite:///{tmp_path_factory.mktemp('database') / 'db.sqlite3'}"


def new_database(server: str, name: str) -> str:
    """An empty database on a PostgreSQL server; the URL of it."""
    connection = psycopg2.connect(server.replace("postgres://", "postgresql://", 1))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
    connection.close()
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def kill(process) -> None:
    """SIGKILL, for the process and its children: nobody gets to tidy up."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


class Redis:
    """A broker without persistence: what it forgets is forgotten."""

    def __init__(self, processes, folder):
        self.processes, self.folder, self.port = processes, str(folder), free_port()
        self.start()

    def start(self):
        options = ["--port", str(self.port), "--save", "", "--appendonly", "no", "--dir", self.folder]
        self.process = self.processes("redis", ["redis-server", *options])
        wait_until(lambda: answers(self.port), seconds=10, what="Redis")

    def stop(self):
        kill(self.process)

    def flush(self):
        subprocess.run(["redis-cli", "-p", str(self.port), "flushall"], check=True, capture_output=True)


@pytest.fixture(scope="module")
def redis(processes, tmp_path_factory):
    return Redis(processes, tmp_path_factory.mktemp("redis"))


@pytest.fixture(scope="module")
def settings_module():
    return "tests.e2e.settings"


@pytest.fixture(scope="module")
def environment(redis, sink, database_url, settings_module, tmp_path_factory):
    """The variables of every process of the portal; the database is migrated."""
    kept = {key: value for key, value in os.environ.items() if key not in {"DJANGO_ENV", "DEMO", "TEST_DATABASE_URL"}}
    environment = kept | {
        "DJANGO_SETTINGS_MODULE": settings_module,
        "VAR_DIR": str(tmp_path_factory.mktemp("var")),
        "DATABASE_URL": database_url,
        "REDIS_URL": f"redis://127.0.0.1:{redis.port}/0",
        "SITE_URL": f"http://127.0.0.1:{free_port()}",
        "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}",
        "QUIET_HOURS": "0",
        "SECOND_FACTOR_REQUIRED": "0",
        "C_FORCE_ROOT": "1",
        "PYTHONWARNINGS": "ignore",
    }
    subprocess.run([sys.executable, "manage.py", "migrate", "-v", "0"], cwd=ROOT, env=environment, check=True)
    return environment


@pytest.fixture(scope="module")
def postgres_url():
    """A database of its own on PostgreSQL, whatever the suite runs on."""
    return new_database(os.environ.get("TEST_DATABASE_URL") or postgres.start(), f"services_{os.getpid()}_{free_port()}")


def answers(port) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module")
def web(processes, environment):
    """The portal under gunicorn; its address."""
    url = urlsplit(environment["SITE_URL"])
    command = [sys.executable, "-m", "gunicorn", "oltreiperimetri.wsgi", "--bind", url.netloc]
    processes("web", [*command, "--worker-class", "gthread", "--threads", "4"], environment)
    wait_until(lambda: answers(url.port), seconds=30, what="the web server")
    return environment["SITE_URL"]


@pytest.fixture(scope="module")
def celery(processes, environment):
    """A worker and a beat that are up: the first heartbeat of the mail entries has been seen."""
    start_worker(processes, environment)
    start_beat(processes, environment)


def start_worker(processes, environment, name="worker"):
    command = [*CELERY, "worker", "--concurrency", "2", "--loglevel", "INFO", "--hostname", f"{name}@%h"]
    return processes(name, command, environment)


def start_beat(processes, environment, name="beat"):
    schedule = str(Path(environment["VAR_DIR"]) / f"schedule-{name}")
    return processes(name, [*CELERY, "beat", "--schedule", schedule, "--pidfile", "", "--loglevel", "INFO"], environment)


@pytest.fixture(scope="module")
def step(environment):
    """Do one of the steps of tests/e2e/steps.py in a process of its own."""

    def run(*arguments):
        command = [sys.executable, "-m", "tests.e2e.steps", *map(str, arguments)]
        done = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-2000:]
        return json.loads(done.stdout.splitlines()[-1])

    return run
