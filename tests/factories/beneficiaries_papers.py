import secrets
from datetime import UTC, datetime

import factory
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from beneficiaries.models import UnsentPage
from oltreiperimetri.shared.crypto import encrypt_bytes
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import PersonFactory, StoredFileFactory
from tests.factories.files import photo


class UnsentPageFactory(factory.django.DjangoModelFactory):
    """A photo chosen and not sent yet, really kept."""

    class Meta:
        model = UnsentPage

    person = factory.SubFactory(PersonFactory)
    added_by = factory.SubFactory(UserFactory, beneficiary=True)
    added_at = datetime(2026, 11, 5, 9, tzinfo=UTC)
    file = factory.SubFactory(
        StoredFileFactory,
        name="foto.jpg",
        content_type="image/jpeg",
        path=factory.LazyFunction(
            lambda: default_storage.save(f"private/{secrets.token_hex(16)}", ContentFile(encrypt_bytes(photo())))
        ),
    )
