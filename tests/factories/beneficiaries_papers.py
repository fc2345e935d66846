import secrets
from datetime import UTC, datetime

import factory
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from beneficiaries.models import InboundReferral, UnsentPage
from oltreiperimetri.shared.crypto import encrypt_bytes
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO, PersonFactory, StoredFileFactory
from tests.factories.files import photo
from tests.factories.partners import OrganisationFactory


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


class InboundReferralFactory(factory.django.DjangoModelFactory):
    """Somebody of Rho whom a body accredited for it has sent; `organisation__may_refer` is already there."""

    class Meta:
        model = InboundReferral

    organisation = factory.SubFactory(OrganisationFactory, may_refer=True)
    sent_at = datetime(2026, 11, 5, 9, tzinfo=UTC)
    first_name = "Ines"
    last_name = factory.Sequence("Moretti{}".format)
    phone = factory.Sequence("+39 02 666{:04d}".format)
    municipality_id = RHO
    why = "Ha perso il lavoro in primavera."
    same_index = factory.Sequence("{:064d}".format)
