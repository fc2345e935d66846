"""The test runtime is stricter than production: warnings fail, undefined template variables fail, inline scripts fail."""

import os
import re
import shutil
from importlib import import_module

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs its own event loop in this thread

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.backends.sqlite3 import base as sqlite
from django.test import Client
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import sync_playwright

# No test is timed: what a busy machine takes longer over is not wrong.
hypothesis_settings.register_profile("portal", deadline=None)
hypothesis_settings.load_profile("portal")
FLAGS = [
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]
REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"
INLINE = re.compile(rb"""<script(?![^>]*\bsrc=)[^>]*>(?!\s*\{)|\son[a-z]+=["']|\sstyle=["']""")
UNRENDERED = re.compile(rb"\{\{|\{%|%\}")


class StrictClient(Client):
    """Refuses pages with inline handlers, scripts or styles, or with template marks left in."""

    def request(self, **request):
        response = super().request(**request)
        if not response.streaming and "text/html" in response.get("Content-Type", ""):
            path = request.get("PATH_INFO", "")
            assert not INLINE.search(response.content), f"{path}: inline script or style"
            assert not UNRENDERED.search(response.content), f"{path}: template marks in the page"
        return response


@pytest.fixture
def client():
    return StrictClient()


@pytest.fixture(autouse=True)
def private_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def separate_rate_limits(settings, request):
    """What one test counts must not reach the next; in the database cache it is rolled back with the rest."""
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": request.node.nodeid}
    }
    cache.clear()


@pytest.fixture(autouse=True)
def rules_read_afresh(monkeypatch):
    """A version published by one test is not remembered in the next; within one, no test is so slow as to ask again."""
    monkeypatch.setattr("beneficiaries.domain.rules.REMEMBERED_SECONDS", 3600)
    import_module("beneficiaries.domain.rules").forget()
    yield
    import_module("beneficiaries.domain.rules").forget()


@pytest.fixture(scope="session", autouse=True)
def flush_lifts_the_audit_triggers():
    """After a transactional test Django empties SQLite by DELETE, which the audit trail refuses."""
    triggers = import_module("oltreiperimetri.audit.migrations.0002_append_only")
    original = sqlite.DatabaseOperations.sql_flush

    def sql_flush(self, *args, **kwargs):
        return [*triggers.SQLITE_DROP, *original(self, *args, **kwargs), *triggers.SQLITE_CREATE]

    sqlite.DatabaseOperations.sql_flush = sql_flush
    yield
    sqlite.DatabaseOperations.sql_flush = original


def pytest_collection_modifyitems(config, items):
    leave_out_of_sqlite(config, items)
    for item in items:
        if item.get_closest_marker("e2e") and not shutil.which("redis-server"):
            item.add_marker(pytest.mark.skip(reason="redis-server is missing (Debian: apt-get install redis-server)"))
        if item.get_closest_marker("browser") and not chromium():
            item.add_marker(pytest.mark.skip(reason="Chromium is missing (Debian: apt-get install chromium)"))


def leave_out_of_sqlite(config, items) -> None:
    """What only PostgreSQL can show (threads that meet on a row) is not collected on SQLite: nothing is skipped."""
    if connection.vendor == "postgresql":
        return
    left_out = [item for item in items if item.get_closest_marker("postgres")]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


@pytest.fixture(scope="session")
def chrome():
    """One browser for every test of a process: Playwright runs one loop only."""
    sandbox = ["--no-sandbox"] if os.getuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS, *sandbox])
        yield browser
        browser.close()


def chromium() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    report = outcome.get_result()
    if REQUIRE_ALL and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and REQUIRE_ALL=1 allows none: {report.longrepr}"
