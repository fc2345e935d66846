"""Runs the demo's web server, worker and beat together, and stops them together."""

import os
import signal
import subprocess
import sys
import time

from django.conf import settings
from django.db import connection

from oltreiperimetri.reminders import heartbeat

PYTHON = sys.executable
PATIENCE = 10  # seconds a process gets to stop by itself


def commands(port: int) -> dict[str, list[str]]:
    return {
        "web": [
            *(PYTHON, "-m", "gunicorn", "oltreiperimetri.wsgi", "--bind", f"0.0.0.0:{port}"),
            *("--worker-class", "gthread", "--workers", "1", "--threads", "8", "--log-level", "warning"),
        ],
        "worker": [
            *(PYTHON, "-m", "celery", "--quiet", "-A", "oltreiperimetri", "worker", "--beat", "--pool", "threads"),
            *("--concurrency", "2", "--loglevel", "WARNING", "--schedule", str(settings.VAR_DIR / "celerybeat-schedule")),
        ],
    }


def run(port: int) -> None:
    """Start all and wait; a signal, or the end of one, stops the others."""
    heartbeat.forget()
    connection.close()
    stopping = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.append(True))
    environment = {**os.environ, "DEMO": "1", "PYTHONWARNINGS": "ignore", "C_FORCE_ROOT": "1"}
    processes = {
        name: subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, start_new_session=True)  # noqa: S603
        for name, command in commands(port).items()
    }
    try:
        while not stopping and all(process.poll() is None for process in processes.values()):
            time.sleep(0.2)
    finally:
        ended = [name for name, process in processes.items() if process.poll() is not None]
        stop(list(processes.values()))
    if ended and not stopping:
        raise SystemExit(f"The {' and '.join(ended)} process ended: the reason is printed above. Is port {port} free?")


def stop(processes: list[subprocess.Popen]) -> None:
    for process in processes:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE
    for process in processes:
        try:
            process.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def remove_sqlite() -> None:
    connection.close()
    for path in settings.VAR_DIR.glob("db.sqlite3*"):
        path.unlink()
    for path in settings.VAR_DIR.glob("broker.sqlite3*"):
        path.unlink()


def empty_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    connection.close()
