import pytest
from django.core.exceptions import ImproperlyConfigured

from oltreiperimetri.shared.crypto import blind_index, decrypt_bytes, encrypt_bytes, key_fingerprint


def test_what_was_encrypted_with_an_older_key_is_still_read(settings):
    settings.FIELD_KEYS = ["old"]
    token = encrypt_bytes(b"secret")
    settings.FIELD_KEYS = ["new", "old"]
    assert decrypt_bytes(token) == b"secret"


def test_without_the_key_the_error_says_what_is_missing(settings):
    settings.FIELD_KEYS = ["old"]
    token = encrypt_bytes(b"secret")
    settings.FIELD_KEYS = ["other"]
    with pytest.raises(ImproperlyConfigured, match="FIELD_KEYS"):
        decrypt_bytes(token)


def test_the_index_is_equal_for_equal_values_of_one_purpose_only():
    assert blind_index("A", purpose="tax_code") == blind_index("A", purpose="tax_code")
    assert blind_index("A", purpose="tax_code") != blind_index("A", purpose="iban")


def test_the_fingerprint_tells_keys_apart(settings):
    before = key_fingerprint()
    settings.INDEX_KEY = "another"
    assert key_fingerprint() != before
