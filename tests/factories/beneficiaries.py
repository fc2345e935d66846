import secrets
from datetime import UTC, date, datetime

import factory
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from beneficiaries.models import Application, Note, Notice, Person, PersonDocument, Screening
from oltreiperimetri.documents.models import StoredFile
from oltreiperimetri.shared.crypto import encrypt_bytes
from tests.factories.accounts import UserFactory

RHO = "015182"


class PersonFactory(factory.django.DjangoModelFactory):
    """Somebody of Rho, born in 1975, without an account."""

    class Meta:
        model = Person

    first_name = "Teresa"
    last_name = factory.Sequence("Colombo{}".format)
    birth_date = date(1975, 3, 10)
    sex = "F"
    phone = factory.Sequence("+39 02 555{:04d}".format)
    email = factory.Sequence("teresa{}@example.org".format)
    municipality_id = RHO


class ApplicationFactory(factory.django.DjangoModelFactory):
    """An application just received; traits for where it may be."""

    class Meta:
        model = Application

    class Params:
        in_review = factory.Trait(state=Application.State.IN_REVIEW)
        interview = factory.Trait(state=Application.State.INTERVIEW)
        admitted = factory.Trait(state=Application.State.ADMITTED, decided_at=datetime(2026, 11, 10, 9, tzinfo=UTC))

    person = factory.SubFactory(PersonFactory)
    number = factory.Sequence("ORF-2026-{:04d}".format)
    received_at = datetime(2026, 11, 2, 9, tzinfo=UTC)
    state = Application.State.RECEIVED
    working_now = False
    last_job_ended_on = date(2025, 6, 30)
    ball = factory.LazyAttribute(lambda made: Application.BALLS[Application.State(made.state)])
    due_on = factory.LazyAttribute(lambda made: date(2026, 11, 17) if made.ball else None)


class NoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Note

    person = factory.SubFactory(PersonFactory)
    author = factory.SubFactory(UserFactory, caseworker=True)
    title = "Colloquio"
    text = "Preferisce lavorare al mattino."
    written_at = datetime(2026, 11, 5, 9, tzinfo=UTC)


class NoticeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Notice

    person = factory.SubFactory(PersonFactory)
    subject = "La tua domanda"
    body = "Abbiamo ricevuto la tua domanda."
    sent_at = datetime(2026, 11, 5, 9, tzinfo=UTC)
    delivery = Notice.Delivery.EMAIL


class ScreeningFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Screening

    application = factory.SubFactory(ApplicationFactory)
    rule_set = "orafo"
    rule_set_version = 1
    facts = {}
    on_day = date(2026, 11, 2)
    outcome = Screening.Outcome.ELIGIBLE
    at = datetime(2026, 11, 2, 9, tzinfo=UTC)


class StoredFileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = StoredFile

    name = "carta.pdf"
    content_type = "application/pdf"
    size = 8
    sha256 = "0" * 64
    path = factory.LazyFunction(
        lambda: default_storage.save(f"private/{secrets.token_hex(16)}", ContentFile(encrypt_bytes(b"%PDF-1.7")))
    )


class DocumentFactory(factory.django.DjangoModelFactory):
    """A small PDF, really kept."""

    class Meta:
        model = PersonDocument

    person = factory.SubFactory(PersonFactory)
    file = factory.SubFactory(StoredFileFactory, audit_subject=factory.SelfAttribute("..person.audit_key"))
    kind = PersonDocument.Kind.CV
    added_by = factory.SubFactory(UserFactory, caseworker=True)
    added_at = datetime(2026, 11, 5, 9, tzinfo=UTC)
