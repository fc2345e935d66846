"""What leaves with a dump or a log: the whole demo is written out, and nobody's tax code is in it."""

import gzip
import json
import re

import pytest

from tests.portal.installation import Installation

TAX_CODE = re.compile(rb"\b[A-Z]{6}[0-9LMNP-V]{2}[A-EHLMPR-T][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]\b")
# What is said by mail stands in clear in the demo's mailbox, which no other installation has.
SECRETS = """
import json
from django.apps import apps
from oltreiperimetri.shared.crypto import EncryptedTextField
said_by_mail = {"reminders.Message", "beneficiaries.Notice"}
values = set()
for model in apps.get_models():
    for field in model._meta.concrete_fields:
        if type(field) is EncryptedTextField and model._meta.label not in said_by_mail:
            values |= set(model._base_manager.values_list(field.name, flat=True))
print(json.dumps(sorted(value for value in values if value and len(value) > 15)))
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """A prepared demo: its log, its dump unpacked, and every encrypted text in clear, as the portal reads it."""
    installation = Installation(tmp_path_factory.mktemp("demo"), "demo")
    code, output, errors = installation.manage("demo", "--prepare-only", DEMO="1")
    assert code == 0, errors
    archive = installation.folder / "archive.tar.gz"
    assert installation.manage("backup", archive)[0] == 0
    code, texts, errors = installation.manage("shell", "--no-imports", "-c", SECRETS)
    assert code == 0, errors
    installation.log = (output + errors).encode()
    installation.dump = gzip.decompress(archive.read_bytes())
    installation.secrets = json.loads(texts)
    return installation


def test_the_demo_has_secrets_to_lose(demo):
    assert sum(bool(TAX_CODE.fullmatch(text.encode())) for text in demo.secrets) > 20
    assert any(len(text) > 40 for text in demo.secrets)


def test_no_tax_code_is_in_the_dump_or_the_log(demo):
    assert TAX_CODE.findall(demo.dump) == []
    assert TAX_CODE.findall(demo.log) == []


def test_no_encrypted_text_is_in_the_dump_in_clear(demo):
    """Templates and choices are in the code, not in the database: what is encrypted in one place stands nowhere else."""
    assert [text for text in demo.secrets if text.encode() in demo.dump] == []


def test_no_name_is_in_the_log(demo):
    assert b"@example.org" not in demo.log
