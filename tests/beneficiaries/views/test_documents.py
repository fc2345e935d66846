import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from PIL import Image

from beneficiaries.domain import document as verbs
from beneficiaries.models import PersonDocument
from oltreiperimetri.audit.models import AuditEntry
from oltreiperimetri.documents import files
from oltreiperimetri.documents.models import StoredFile
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO, DocumentFactory, PersonFactory

pytestmark = pytest.mark.django_db
MINE = reverse("beneficiaries:my_document_new")
Kind = PersonDocument.Kind


def sign_in(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


@pytest.fixture
def person(client):
    return PersonFactory(user=sign_in(client, UserFactory(beneficiary=True)))


def photo() -> bytes:
    output = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "via segreta 1"
    Image.new("RGB", (8, 8), "white").save(output, format="JPEG", exif=exif)
    return output.getvalue()


def sent(content=None, name="foto.jpg", **values) -> dict:
    return {"kind": Kind.CV, "description": "", "file": SimpleUploadedFile(name, content or photo())} | values


def test_the_person_sends_a_photo_from_the_phone(client, person):
    response = client.post(MINE, sent())
    document = PersonDocument.objects.get()
    assert response.url == reverse("portal:my_path") + "#documenti"
    assert (document.person, document.added_by, document.kind) == (person, person.user, Kind.CV)
    assert b"via segreta" not in files.read(document.file)
    assert document.file.audit_subject == person.audit_key
    assert set(AuditEntry.objects.values_list("action", flat=True)) == {"upload", "add_document"}


def test_staff_add_what_they_receive_at_the_desk(client):
    caseworker = sign_in(client, UserFactory(caseworker=True, towns=[RHO]))
    person = PersonFactory()
    response = client.post(reverse("beneficiaries:document_new", args=[person.pk]), sent())
    assert response.url == person.get_absolute_url() + "#documenti"
    assert person.documents.get().added_by == caseworker
    assert "foto.jpg" in client.get(person.get_absolute_url()).content.decode()


@pytest.mark.parametrize("content", [b"MZ\x90 not a picture", b"<svg onload=alert(1)>", b"\xff\xd8\xff broken"])
def test_a_wrong_file_is_refused_beside_its_field_and_the_rest_stays(client, person, content):
    page = client.post(MINE, sent(content, kind=Kind.OTHER, description="Patentino del muletto"))
    assert set(page.context["form"].errors) == {"file"}
    assert "Patentino del muletto" in page.content.decode()
    assert not StoredFile.objects.exists()


def test_an_empty_form_says_what_is_missing(client, person):
    page = client.post(MINE, {})
    assert set(page.context["form"].errors) == {"kind", "file"}


def test_something_else_needs_a_word(client, person):
    page = client.post(MINE, sent(kind=Kind.OTHER))
    assert set(page.context["form"].errors) == {"description", "file"}  # the file must be chosen again


def test_too_many_documents_are_refused_with_a_sentence(client, person, monkeypatch):
    monkeypatch.setattr(verbs, "MOST_DOCUMENTS", 1)
    DocumentFactory(person=person)
    assert client.post(MINE, sent()).context["form"].errors.as_data()["file"]
    assert person.documents.count() == 1


def test_every_opening_is_written_in_the_log(client):
    caseworker = sign_in(client, UserFactory(caseworker=True, towns=[RHO]))
    document = DocumentFactory()
    response = client.get(document.get_absolute_url())
    assert response.content == b"%PDF-1.7"
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, entry.subject) == ("download", caseworker, document.person.audit_key)


def test_a_foreign_document_does_not_exist(client, person):
    assert client.get(DocumentFactory().get_absolute_url()).status_code == 404
    assert client.get(DocumentFactory(person=person).get_absolute_url()).status_code == 200


def test_an_account_without_a_person_is_led_to_its_page(client):
    sign_in(client, UserFactory(beneficiary=True))
    assert client.post(MINE, sent()).url == reverse("portal:my_path")
    assert not StoredFile.objects.exists()


def test_the_description_is_encrypted_in_the_database():
    DocumentFactory(description="parolasegreta")
    with connection.cursor() as cursor:
        cursor.execute("SELECT description FROM beneficiaries_persondocument")
        assert "segreta" not in str(cursor.fetchall())
