"""Personal secrets at rest: encrypted text, and a keyed index for exact look-up and uniqueness.

Keys come from settings (`FIELD_KEYS`, newest first; `INDEX_KEY`), never from the database.
"""

import base64
import hashlib
import hmac
import json
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models


def fernet_key(secret: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(secret.encode()).digest())


@lru_cache(maxsize=4)
def cipher_for(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(fernet_key(key)) for key in keys])


def encrypt_bytes(content: bytes) -> bytes:
    return cipher_for(tuple(settings.FIELD_KEYS)).encrypt(content)


def decrypt_bytes(token: bytes) -> bytes:
    try:
        return cipher_for(tuple(settings.FIELD_KEYS)).decrypt(token)
    except InvalidToken as error:
        raise ImproperlyConfigured("FIELD_KEYS holds none of the keys this value was encrypted with.") from error


def blind_index(value: str, *, purpose: str) -> str:
    """HMAC-SHA256 of a normalised value: 64 hexadecimal characters, equal for equal values only."""
    return hmac.new(settings.INDEX_KEY.encode(), f"{purpose}:{value}".encode(), hashlib.sha256).hexdigest()


def key_fingerprints() -> dict:
    """Tells which keys are loaded without revealing them: what a backup writes down and a restore compares."""
    return {"fields": [fingerprint(key) for key in settings.FIELD_KEYS], "index": fingerprint(settings.INDEX_KEY)}


def fingerprint(secret: str) -> str:
    """16 hexadecimal characters."""
    return hashlib.sha256(f"fingerprint:{secret}".encode()).hexdigest()[:16]


class EncryptedTextField(models.TextField):
    """Text that only this process can read; in the database a Fernet token, empty stays empty.

    It cannot be filtered or sorted: keep a `blind_index` beside it where exact look-up is needed.
    """

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return encrypt_bytes(value.encode()).decode() if value else value

    def from_db_value(self, value, expression, connection):
        return decrypt_bytes(value.encode()).decode() if value else value

    def get_lookup(self, lookup_name):
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None


class EncryptedJSONField(EncryptedTextField):
    """A JSON value kept as an encrypted text; None and {} stay as they are."""

    def get_prep_value(self, value):
        return None if value is None else super().get_prep_value(json.dumps(value, ensure_ascii=False, sort_keys=True))

    def from_db_value(self, value, expression, connection):
        text = super().from_db_value(value, expression, connection)
        return json.loads(text) if text else None

    def to_python(self, value):
        return value
