"""A backup in one file: the database, the stored files, and a manifest by which every byte is checked.

The manifest (JSON, last in a gzipped tar) holds the version, the migrations, the rows of each table, the size and SHA-256 of
each member and the fingerprints of the keys. The keys themselves are never in it: without them the personal secrets and
the stored files in the archive cannot be read.
"""

import gzip
import hashlib
import json
import os
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath

from django.core.files.base import File
from django.core.files.storage import Storage, default_storage

from oltreiperimetri import __version__
from oltreiperimetri.shared.crypto import key_fingerprints

FORMAT = 1
DATABASE = "database"
MEDIA = "media"
MANIFEST = "manifest.json"
CHUNK = 1024 * 1024


class ArchiveError(Exception):
    """Why an archive cannot be written or used, in a sentence for whoever runs the command."""


@dataclass
class Manifest:
    """What the archive holds. `files` maps a member's name to its bytes and SHA-256; `rows` a table to its rows."""

    database: str
    made_at: str
    migrations: list[str]
    rows: dict[str, int]
    keys: dict = field(default_factory=key_fingerprints)
    portal: str = __version__
    files: dict[str, dict] = field(default_factory=dict)
    format: int = FORMAT


class DigestingReader:
    """A file that remembers what was read from it."""

    def __init__(self, file):
        self.file, self.size, self.digest = file, 0, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self.file.read(size)
        self.size += len(chunk)
        self.digest.update(chunk)
        return chunk


def stored_names(storage: Storage, folder: str = "") -> Iterator[str]:
    """Every file of the storage, a folder at a time, in a stable order."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever stored
        return
    yield from (f"{folder}{name}" for name in sorted(files))
    for name in sorted(folders):
        yield from stored_names(storage, f"{folder}{name}/")


def write(path: Path, database: Path, manifest: Manifest) -> Manifest:
    """Put the dumped database and all stored files into a new archive at `path`; it appears only when it is whole."""
    part = path.with_name(path.name + ".part")
    with (
        open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as raw,
        tarfile.open(fileobj=raw, mode="w:gz") as tar,
    ):
        with database.open("rb") as file:
            add(tar, DATABASE, file, database.stat().st_size, manifest)
        for name in stored_names(default_storage):
            with default_storage.open(name, "rb") as file:
                add(tar, f"{MEDIA}/{name}", file, file.size, manifest)
        content = json.dumps(asdict(manifest), indent=1, sort_keys=True).encode()
        with (path.parent / f"{part.name}.json").open("w+b") as file:
            file.write(content)
            file.seek(0)
            add(tar, MANIFEST, file, len(content), None)
            os.unlink(file.name)
    part.replace(path)
    return manifest


def add(tar: tarfile.TarFile, name: str, file, size: int, manifest: Manifest | None) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    reader = DigestingReader(file)
    tar.addfile(member, reader)
    if manifest is not None:
        manifest.files[name] = {"bytes": reader.size, "sha256": reader.digest.hexdigest()}


def unpack(path: Path, folder: Path) -> Manifest:
    """Unpack into `folder` and compare every member with the manifest. Raises ArchiveError when anything differs."""
    found = {}
    try:
        with tarfile.open(path, mode="r:gz") as tar:
            for number, member in enumerate(tar):
                if member.isfile():
                    found[member.name] = unpack_member(tar, member, folder / str(number))
    except (OSError, EOFError, tarfile.TarError, zlib.error, gzip.BadGzipFile) as error:
        if isinstance(error, FileNotFoundError):
            raise ArchiveError(f"There is no file {path}.") from error
        raise ArchiveError(f"The archive is damaged ({error}).") from error
    manifest = read_manifest(found)
    compare(manifest, found)
    for name in manifest.files:
        target = folder / "whole" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        found[name]["path"].rename(target)
    return manifest


def unpack_member(tar: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> dict:
    reader = DigestingReader(tar.extractfile(member))
    with target.open("wb") as output:
        while chunk := reader.read(CHUNK):
            output.write(chunk)
    return {"bytes": reader.size, "sha256": reader.digest.hexdigest(), "path": target}


def read_manifest(found: dict[str, dict]) -> Manifest:
    if MANIFEST not in found:
        raise ArchiveError("The archive is damaged (it has no manifest).")
    try:
        content = json.loads(found[MANIFEST]["path"].read_text())
        if content["format"] != FORMAT:
            raise ArchiveError(f"The archive has format {content['format']}; this version reads format {FORMAT}.")
        return Manifest(**content)
    except (ValueError, TypeError, KeyError) as error:
        raise ArchiveError("The archive is damaged (its manifest cannot be read).") from error


def compare(manifest: Manifest, found: dict[str, dict]) -> None:
    for name, expected in manifest.files.items():
        parts = PurePosixPath(name).parts
        if ".." in parts or parts[0] not in (DATABASE, MEDIA):
            raise ArchiveError(f"The archive is damaged (it names {name}).")
        if name not in found:
            raise ArchiveError(f"The archive is damaged ({name} is missing).")
        if {key: found[name][key] for key in ("bytes", "sha256")} != expected:
            raise ArchiveError(f"The archive is damaged ({name} is not what was stored).")
    if DATABASE not in manifest.files:
        raise ArchiveError("The archive is damaged (it has no database).")


def missing_keys(manifest: Manifest) -> list[str]:
    """Fingerprints of the keys that the archive was made with and this installation does not have."""
    own = key_fingerprints()
    missing = [f"FIELD_KEYS {key}" for key in manifest.keys["fields"] if key not in own["fields"]]
    return missing if manifest.keys["index"] == own["index"] else [*missing, f"INDEX_KEY {manifest.keys['index']}"]


def put_back_files(manifest: Manifest, folder: Path) -> int:
    """Store the archive's files again under their own names; returns how many."""
    names = [name for name in manifest.files if name != DATABASE]
    for member in names:
        name = member.removeprefix(f"{MEDIA}/")
        default_storage.delete(name)
        with (folder / "whole" / member).open("rb") as file:
            default_storage.save(name, File(file))
    return len(names)


def new_path(target: Path, now: datetime) -> Path:
    """`target` itself, or in a folder a name that says the instant."""
    return target / f"oltreiperimetri-{now:%Y%m%d-%H%M%S}.tar.gz" if target.is_dir() else target
