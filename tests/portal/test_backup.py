"""Backup and restore as an office runs them: the commands, in processes of their own, on the suite's database."""

import gzip
import json
import shutil
import tarfile
from pathlib import Path

import pytest

from tests.portal.installation import KEYS, POSTGRES, Installation
from tests.services import wait_until


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """An installation on which two processes write, and the archive made meanwhile."""
    installation = Installation(tmp_path_factory.mktemp("source"), "source")
    assert installation.manage("migrate", "-v", "0")[0] == 0
    stop = installation.folder / "stop"
    writers = [installation.start("-m", "tests.portal.backup_steps", "write", str(stop)) for _ in range(2)]
    try:
        wait_until(lambda: len(list(installation.folder.glob("media/private/*"))) > 20, seconds=60, what="writing")
        before = len(list(installation.folder.glob("media/private/*")))
        code, output, errors = installation.manage("backup", installation.folder / "archive.tar.gz")
        assert code == 0, output + errors
        wait_until(lambda: len(list(installation.folder.glob("media/private/*"))) > before, seconds=60, what="writing on")
    finally:
        stop.touch()
        told = [writer.communicate(timeout=60) for writer in writers]
    assert all(json.loads(output)["rounds"] > 1 for output, _ in told), told
    installation.archive = installation.folder / "archive.tar.gz"
    return installation


@pytest.fixture(scope="module")
def restored(source, tmp_path_factory):
    installation = Installation(tmp_path_factory.mktemp("restored"), "restored")
    installation.answer = installation.manage("restore", source.archive)
    return installation


@pytest.fixture
def empty(tmp_path, request):
    return Installation(tmp_path, f"empty_{abs(hash(request.node.name)) % 10**8}")


def manifest_of(archive: Path) -> dict:
    with tarfile.open(archive) as tar:
        return json.load(tar.extractfile("manifest.json"))


def test_what_was_saved_while_others_wrote_comes_back_whole(source, restored):
    code, output, errors = restored.answer
    assert code == 0, output + errors
    manifest, found = manifest_of(source.archive), restored.look()
    assert found["halves"] == 0
    assert found["users"] == manifest["rows"]["accounts_user"] == 2
    assert found["pairs"] * 2 == manifest["rows"]["portal_demomail"] > 0
    assert found["files"] == manifest["rows"]["documents_storedfile"] > 0


def test_the_audit_trail_comes_back_with_its_triggers(restored):
    program = "from oltreiperimetri.audit.models import AuditEntry as A; print(A.objects.count()); A.objects.all().delete()"
    code, output, errors = restored.manage("shell", "--no-imports", "-c", program)
    assert code != 0
    assert int(output) > 0
    assert "append-only" in errors


def test_a_database_with_content_is_kept_unless_forced(source, restored):
    code, _, errors = restored.manage("restore", source.archive)
    assert code != 0
    assert "--force" in errors
    code, output, errors = restored.manage("restore", "--force", source.archive)
    assert code == 0, output + errors
    assert restored.look()["halves"] == 0


def test_keys_are_named_by_fingerprint_only_and_the_archive_is_private(source):
    manifest = manifest_of(source.archive)
    assert set(manifest["keys"]) == {"fields", "index"}
    with gzip.open(source.archive) as content:
        everything = content.read()
    assert not any(key.encode() in everything for key in KEYS.values())
    assert source.archive.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("variable", list(KEYS))
def test_another_key_is_refused_and_nothing_is_written(variable, source, empty):
    code, _, errors = empty.manage("restore", source.archive, **{variable: "another key"})
    assert code != 0
    assert variable in errors
    assert not (empty.folder / "media").exists()


def test_an_older_key_beside_the_new_one_is_enough(source, empty):
    code, output, errors = empty.manage("restore", "--check", source.archive, FIELD_KEYS=f"newer,{KEYS['FIELD_KEYS']}")
    assert code == 0, output + errors


def truncated(archive: Path) -> None:
    archive.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])


def changed(archive: Path) -> None:
    """One byte of the database differs, under a valid compression."""
    content = bytearray(gzip.decompress(archive.read_bytes()))
    content[512 + 200] ^= 1
    archive.write_bytes(gzip.compress(bytes(content)))


def no_archive(archive: Path) -> None:
    archive.write_bytes(b"not an archive")


def without_manifest(archive: Path) -> None:
    with tarfile.open(archive, "w:gz") as tar:
        tar.add(__file__, "database")


@pytest.mark.parametrize("damage", [truncated, changed, no_archive, without_manifest])
def test_a_damaged_archive_is_refused(damage, source, empty):
    archive = empty.folder / "copy.tar.gz"
    shutil.copy(source.archive, archive)
    damage(archive)
    code, _, errors = empty.manage("restore", archive)
    assert code != 0
    assert "damaged" in errors
    assert "Traceback" not in errors


def test_a_backup_never_replaces_another(source):
    before = source.archive.read_bytes()
    code, _, errors = source.manage("backup", source.archive)
    assert code != 0
    assert "already there" in errors
    assert source.archive.read_bytes() == before


def test_without_the_programs_of_postgresql_the_sentence_names_them(source):
    """SQLite needs none: there the same call works."""
    target = source.folder / "without-programs.tar.gz"
    code, _, errors = source.manage("backup", target, PATH="/nowhere")
    if POSTGRES and code != 0:  # a machine may keep a new enough client where Debian installs it
        assert "pg_dump" in errors
        assert "postgresql-client" in errors
        assert "Traceback" not in errors
    assert target.exists() == (code == 0)
