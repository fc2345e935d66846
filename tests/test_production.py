"""Under production settings the portal is strict, and refuses to start half configured."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
COMPLETE = {
    "DJANGO_ENV": "production",
    "SECRET_KEY": "k" * 30 + "abcdefghijklmnopqrstuvwxyz0123456789",
    "FIELD_KEYS": "field-key",
    "INDEX_KEY": "index-key",
    "SITE_URL": "https://portale.example.org",
    "ALLOWED_HOSTS": "portale.example.org",
    "DATABASE_URL": "postgres://portal:secret@127.0.0.1:5432/portal",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "EMAIL_URL": "smtp://127.0.0.1:25",
}


def manage(*arguments, tmp_path, **environment):
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "PYTHONPATH")}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**kept, "VAR_DIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_deployment_checks_are_clean(tmp_path):
    done = manage("check", "--deploy", "--fail-level", "WARNING", tmp_path=tmp_path, **COMPLETE)
    assert (done.returncode, done.stdout.strip()) == (0, "System check identified no issues (0 silenced)."), done.stderr


@pytest.mark.parametrize(
    "missing", ["SECRET_KEY", "FIELD_KEYS", "INDEX_KEY", "SITE_URL", "ALLOWED_HOSTS", "EMAIL_URL", "DATABASE_URL"]
)
def test_a_missing_variable_stops_the_start_and_is_named(missing, tmp_path):
    environment = {name: value for name, value in COMPLETE.items() if name != missing}
    done = manage("check", tmp_path=tmp_path, **environment)
    assert done.returncode != 0
    assert missing in done.stderr


def test_without_any_variable_the_portal_is_embedded_strict_and_not_a_demo(tmp_path):
    program = (
        "from django.conf import settings as s; "
        "print(s.DEBUG, s.DEMO, s.DATABASES['default']['ENGINE'].rsplit('.')[-1], len(s.SECRET_KEY) > 50)"
    )
    done = manage("shell", "--no-imports", "-c", program, tmp_path=tmp_path)
    assert done.stdout.split() == ["False", "False", "sqlite3", "True"], done.stderr


def test_migrations_say_what_the_models_say(tmp_path):
    done = manage("makemigrations", "--check", "--dry-run", tmp_path=tmp_path)
    assert done.returncode == 0, done.stdout
