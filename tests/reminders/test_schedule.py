"""The schedule is code: every entry resolves, expires, and nothing waits in the broker."""

import ast
from pathlib import Path

from celery import current_app
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("oltreiperimetri", "beneficiaries", "orafo", "generazioni", "partners")


def test_rem_21_every_entry_of_the_schedule_is_a_task_and_expires_before_its_next_turn():
    current_app.loader.import_default_modules()
    for entry, options in settings.CELERY_BEAT_SCHEDULE.items():
        assert options["task"] in current_app.tasks, entry
        assert 0 < options["options"]["expires"] < options["schedule"], entry


def test_rem_21_no_task_is_scheduled_inside_the_broker():
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.keyword) and node.arg in ("eta", "countdown")
    ]

    assert found == []
