import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from beneficiaries.domain import evidence, unsent_page
from beneficiaries.models import PersonDocument, UnsentPage
from oltreiperimetri.audit.models import AuditEntry
from oltreiperimetri.documents import files
from oltreiperimetri.documents.models import StoredFile
from oltreiperimetri.shared.desk import Tab
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO, DocumentFactory, PersonFactory
from tests.factories.files import heic_photo, photo, small_pdf

pytestmark = pytest.mark.django_db
MINE = reverse("beneficiaries:my_document_new")
PAGES = reverse("beneficiaries:my_document_pages")
Kind = PersonDocument.Kind


def sign_in(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


@pytest.fixture
def person(client):
    return PersonFactory(user=sign_in(client, UserFactory(beneficiary=True)))


def taken(*contents, name="foto.jpg") -> dict:
    return {"chosen": [SimpleUploadedFile(name, content) for content in contents]}


def test_complaint_10_photos_taken_page_by_page_become_one_document_and_each_can_be_removed(client, person):
    """CiviForm 6961, 5591: one file per question, so that people mailed their papers unsafely."""
    page = client.get(MINE).content.decode()
    assert 'capture="environment"' in page
    assert " multiple" in page
    client.post(PAGES, taken(photo("via segreta 1"), photo(colour="black")))
    client.post(PAGES, taken(photo(), name="pollice.jpg"))
    first, second, wrong = person.unsent_pages.all()
    assert client.get(reverse("beneficiaries:page", args=[first.pk]))["Content-Type"] == "image/jpeg"
    shown = client.get(MINE)
    assert list(shown.context["pages"]) == [first, second, wrong]
    assert client.post(reverse("beneficiaries:page_remove", args=[wrong.pk])).url == MINE
    assert client.post(MINE, {"kind": Kind.IDENTITY}).url == reverse("portal:my_path") + "#documenti"
    document = PersonDocument.objects.get()
    assert (document.person, document.added_by, document.state) == (person, person.user, "declared")
    content = files.read(document.file)
    assert len(PdfReader(io.BytesIO(content)).pages) == 2
    assert b"via segreta" not in content
    assert document.file.audit_subject == person.audit_key
    assert not UnsentPage.objects.exists()
    assert StoredFile.objects.get() == document.file
    assert AuditEntry.objects.get(action="add_document").changes == {"kind": "identity", "pages": 2}


def test_one_photo_stays_a_photo_without_its_hidden_data(client, person):
    client.post(PAGES, {"taken": SimpleUploadedFile("foto.jpg", photo("via segreta 1"))})
    client.post(MINE, {"kind": Kind.CV})
    stored = PersonDocument.objects.get().file
    assert (stored.name, stored.content_type) == ("foto.jpg", "image/jpeg")
    assert b"via segreta" not in files.read(stored)


def test_what_can_be_read_is_kept_and_the_rest_is_named(client, person):
    page = client.post(PAGES, {"chosen": [*taken(photo())["chosen"], *taken(heic_photo(), name="IMG_1.HEIC")["chosen"]]})
    (error,) = page.context["pages_form"].errors["chosen"]
    assert error.startswith("IMG_1.HEIC: ")
    assert person.unsent_pages.get().file.name == "foto.jpg"


@pytest.mark.parametrize("content", [b"MZ\x90 not a picture", b"<svg onload=alert(1)>", b"\xff\xd8\xff broken"])
def test_a_wrong_file_is_refused_beside_its_field(client, person, content):
    page = client.post(PAGES, taken(content))
    assert set(page.context["pages_form"].errors) == {"chosen"}
    assert not StoredFile.objects.exists()


def test_an_empty_form_says_what_is_missing(client, person):
    assert set(client.post(PAGES, {}).context["pages_form"].errors) == {"chosen"}
    assert set(client.post(MINE, {}).context["form"].errors) == {"kind"}
    assert set(client.post(MINE, {"kind": Kind.CV}).context["form"].errors) == {"kind"}  # no page yet


def test_what_was_typed_stays_when_something_is_missing(client, person):
    client.post(PAGES, taken(photo()))
    page = client.post(MINE, {"kind": "", "description": "Patentino del muletto"})
    assert "Patentino del muletto" in page.content.decode()
    assert set(client.post(MINE, {"kind": Kind.OTHER}).context["form"].errors) == {"description"}


def test_a_promised_paper_that_is_sent_is_no_longer_awaited(client, person):
    promised = DocumentFactory(person=person, file=None, kind=Kind.PERMIT, awaited_on=timezone.localdate())
    page = client.get(f"{MINE}?carta={promised.pk}")
    assert page.context["form"].initial["kind"] == Kind.PERMIT
    client.post(PAGES, taken(small_pdf()))
    client.post(MINE, {"kind": Kind.PERMIT})
    paper = person.documents.get()
    assert (paper, paper.awaited_on, paper.file.content_type) == (promised, None, "application/pdf")


def test_staff_add_what_they_receive_at_the_desk_and_have_seen_it(client):
    caseworker = sign_in(client, UserFactory(caseworker=True, towns=[RHO]))
    person = PersonFactory()
    client.post(reverse("beneficiaries:document_pages", args=[person.pk]), taken(photo()))
    url = reverse("beneficiaries:document_new", args=[person.pk])
    assert set(client.post(url, {"kind": Kind.CV}).context["form"].errors) == {"how"}
    assert client.post(url, {"kind": Kind.CV, "how": "original"}).url == person.tab_url(Tab.DOCUMENTS)
    paper = person.documents.get()
    assert (paper.added_by, paper.state, paper.checked_by) == (caseworker, "seen", caseworker)
    assert "foto.jpg" in client.get(person.get_absolute_url() + "?stampa=1").content.decode()


def test_pages_of_one_sender_are_nobody_elses(client, person):
    client.post(PAGES, taken(photo()))
    page = person.unsent_pages.get()
    sign_in(client, UserFactory(caseworker=True, towns=[RHO]))
    assert client.get(reverse("beneficiaries:page", args=[page.pk])).status_code == 404
    assert client.post(reverse("beneficiaries:page_remove", args=[page.pk])).status_code == 404
    assert not client.get(reverse("beneficiaries:document_new", args=[person.pk])).context["pages"]


def test_too_many_documents_or_pages_are_refused_with_a_sentence(client, person, monkeypatch):
    monkeypatch.setattr(unsent_page, "MOST_PAGES", 1)
    assert set(client.post(PAGES, taken(photo(), photo())).context["pages_form"].errors) == {"chosen"}
    assert person.unsent_pages.count() == 1
    monkeypatch.setattr(evidence, "MOST_DOCUMENTS", 1)
    DocumentFactory(person=person)
    assert set(client.post(MINE, {"kind": Kind.CV}).context["form"].errors) == {"kind"}
    assert person.documents.count() == 1


def test_pages_never_sent_are_deleted_after_a_week(client, person):
    client.post(PAGES, taken(photo()))
    added = person.unsent_pages.get().added_at
    assert unsent_page.delete_old_pages(now=added + timedelta(days=7) - timedelta(seconds=1)) == 0
    assert unsent_page.delete_old_pages(now=added + timedelta(days=7)) == 1
    assert not StoredFile.objects.exists()


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
    assert client.post(MINE, {"kind": Kind.CV}).url == reverse("portal:my_path")
    assert client.post(PAGES, taken(photo())).url == reverse("portal:my_path")
    assert not StoredFile.objects.exists()


def test_the_description_is_encrypted_in_the_database():
    DocumentFactory(description="parolasegreta")
    with connection.cursor() as cursor:
        cursor.execute("SELECT description FROM beneficiaries_persondocument")
        assert "segreta" not in str(cursor.fetchall())
