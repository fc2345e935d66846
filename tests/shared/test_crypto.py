import pytest
from django.core.exceptions import ImproperlyConfigured

from oltreiperimetri.shared.crypto import blind_index, decrypt_bytes, encrypt_bytes, key_fingerprints


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


def test_fingerprints_tell_keys_apart_and_never_say_them(settings):
    settings.FIELD_KEYS, settings.INDEX_KEY = ["new-key", "old-key"], "index-key"
    fingerprints = key_fingerprints()
    told = [*fingerprints["fields"], fingerprints["index"]]
    assert len(set(told)) == 3
    assert not {"new-key", "old-key", "index-key"} & set(told)
    settings.FIELD_KEYS = ["old-key"]
    assert key_fingerprints()["fields"] == fingerprints["fields"][1:]
