"""One consistent copy of the database while others write, and its return.

SQLite is copied by its online backup API, PostgreSQL by pg_dump and psql.
"""

import os
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.db import connection, transaction

from .archive import ArchiveError

# What libpq reads from the environment: a password on the command line would be seen by everybody on the machine.
LIBPQ = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "service": "PGSERVICE",
    "passfile": "PGPASSFILE",
}
START_OVER = """SET lock_timeout = '30s';
DROP SCHEMA IF EXISTS public CASCADE;
"""  # the dump makes the schema anew


def dump(target: Path) -> dict[str, int]:
    """Write the database as it is at one instant to `target`; returns the rows of each table at that instant."""
    return dump_sqlite(target) if connection.vendor == "sqlite" else dump_postgresql(target)


def load(source: Path) -> None:
    """Replace the database's content with a copy made by `dump`, all of it or nothing."""
    if connection.vendor == "sqlite":
        load_sqlite(source)
    else:
        load_postgresql(source)
    connection.close()


def rows_of_tables(cursor, names: list[str]) -> dict[str, int]:
    quote = connection.ops.quote_name
    counts = {}  # the names come from the catalogue and are quoted
    for name in names:
        cursor.execute(f"SELECT COUNT(*) FROM {quote(name)}")  # noqa: S608  # nosec B608
        counts[name] = cursor.fetchone()[0]
    return counts


def current_rows() -> dict[str, int]:
    """The rows of each table now."""
    with connection.cursor() as cursor:
        return rows_of_tables(cursor, connection.introspection.table_names(cursor))


def dump_sqlite(target: Path) -> dict[str, int]:
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)
        names = [row[0] for row in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return rows_of_tables(copy.cursor(), sorted(name for name in names if not name.startswith("sqlite_")))


def load_sqlite(source: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(source)) as copy:
        problem = copy.execute("PRAGMA integrity_check").fetchone()[0]
        if problem != "ok":
            raise ArchiveError(f"The database in the archive is damaged ({problem}).")
        copy.backup(connection.connection)


def dump_postgresql(target: Path) -> dict[str, int]:
    """The rows are counted and pg_dump reads in one exported snapshot: writers neither wait nor show."""
    pg_dump = program("pg_dump")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        rows = rows_of_tables(cursor, sorted(connection.introspection.table_names(cursor)))
        run([pg_dump, "--schema=public", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={target}"])
    return rows


def load_postgresql(source: Path) -> None:
    psql = program("psql")
    start_over = source.with_name("start_over.sql")
    start_over.write_text(START_OVER)
    # Both files run in one transaction: a failure leaves the database as it was.
    connection.close()
    run(
        [
            psql,
            "--no-psqlrc",
            "--quiet",
            "--single-transaction",
            "--set=ON_ERROR_STOP=1",
            f"--file={start_over}",
            f"--file={source}",
        ]
    )


def program(name: str) -> str:
    """The first pg_dump or psql on this machine that is at least as new as the server. Raises ArchiveError without one."""
    connection.ensure_connection()
    server = connection.pg_version // 10000
    debian = sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")), reverse=True)
    seen = []
    for folder in [*os.environ.get("PATH", "").split(os.pathsep), *debian]:
        path = shutil.which(name, path=folder) if folder else None
        version = major_version(path) if path else None
        if version and version >= server:
            return path
        seen += [version] if version else []
    found = f"version {max(seen)} is here" if seen else "it is not on this machine"
    raise ArchiveError(
        f"{name} of PostgreSQL {server} or later is needed, and {found}. "
        f"On Debian: apt-get install postgresql-client-{server}."
    )


def major_version(path: str) -> int | None:
    answer = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)  # noqa: S603 - from PATH
    number = re.search(r"\) (\d+)", answer.stdout)
    return int(number[1]) if number else None


def run(command: list[str]) -> None:
    parameters = connection.get_connection_params()
    variables = {LIBPQ[name]: str(value) for name, value in parameters.items() if name in LIBPQ and value}
    done = subprocess.run(  # noqa: S603 - the command is ours, its arguments are files
        command, env={**os.environ, **variables}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        raise ArchiveError(f"{Path(command[0]).name} refused: {done.stderr.strip()[-1000:]}")
