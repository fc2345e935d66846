"""After a rotation the older key can go: whatever is encrypted is read with the new one alone."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from beneficiaries.models import Note
from oltreiperimetri.documents import files
from oltreiperimetri.documents.models import StoredFile
from oltreiperimetri.shared.crypto import decrypt_bytes, encrypt_bytes
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import NoteFactory
from tests.factories.files import small_pdf

pytestmark = pytest.mark.django_db


def test_fields_files_and_second_factors_are_read_with_the_new_key_alone(settings):
    settings.FIELD_KEYS = ["vecchia"]
    NoteFactory(text="Preferisce la mattina.")
    files.keep(SimpleUploadedFile("carta.pdf", small_pdf()), by=None)
    Authenticator.objects.create(
        user=UserFactory(caseworker=True), type="totp", data={"secret": encrypt_bytes(b"segreto").decode()}
    )

    settings.FIELD_KEYS = ["nuova", "vecchia"]
    call_command("rotate_keys", verbosity=0)
    settings.FIELD_KEYS = ["nuova"]

    assert Note.objects.get().text == "Preferisce la mattina."
    assert files.read(StoredFile.objects.get()) == small_pdf()
    assert decrypt_bytes(Authenticator.objects.get().data["secret"].encode()) == b"segreto"
