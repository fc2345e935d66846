import io
import zlib

import pypdf
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from oltreiperimetri.audit.models import AuditEntry
from oltreiperimetri.documents import files
from oltreiperimetri.documents.models import StoredFile
from oltreiperimetri.shared.errors import DomainError
from tests.factories.accounts import UserFactory
from tests.factories.files import heic_photo, photo, small_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def picture_with(kind: bytes, data: bytes) -> bytes:
    """A PNG with one more chunk after its header."""
    output = io.BytesIO()
    Image.new("RGB", (8, 8)).save(output, format="PNG")
    header, rest = output.getvalue()[:33], output.getvalue()[33:]
    chunk = len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")
    return header + chunk + rest


def upload(content: bytes, name="documento.pdf"):
    return SimpleUploadedFile(name, content)


def test_a_stored_file_is_unreadable_on_disk_and_comes_back_whole():
    stored = files.keep(upload(small_pdf()), by=UserFactory())
    with default_storage.open(stored.path, "rb") as file:
        assert b"MediaBox" in small_pdf()
        assert b"MediaBox" not in file.read()
    assert files.read(stored) == small_pdf()


def test_a_photo_loses_what_is_hidden_in_it():
    content = photo("segreto")
    assert b"segreto" in content
    stored = files.keep(upload(content, "foto.jpg"), by=UserFactory())
    assert b"segreto" not in files.read(stored)


def test_a_photo_taken_upright_stays_upright():
    picture, output = Image.new("RGB", (8, 4), "white"), io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: turn by a quarter to see it upright
    picture.save(output, format="JPEG", exif=exif)
    stored = files.keep(upload(output.getvalue(), "foto.jpg"), by=UserFactory())
    assert Image.open(io.BytesIO(files.read(stored))).size == (4, 8)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"<svg onload=alert(1)>", "kind"),
        (b"<html><script>", "kind"),
        (b"MZ\x90", "kind"),
        (b"\xff\xd8\xff broken", "damaged"),
        (picture_with(b"eXIf", b"not a TIFF"), "damaged"),
        (picture_with(b"zTXt", b"k\0\0" + zlib.compress(b"a" * 5_000_000)), "damaged"),
        (b"%PDF-" + b"0" * files.LARGEST, "size"),
        (b"%PDF-1.7 nothing behind it", "damaged"),
        (small_pdf()[:200], "damaged"),
        (small_pdf(password="segreta"), "locked"),
        (small_pdf(pages=files.MOST_PDF_PAGES + 1), "pages"),
        (heic_photo(), "heic"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence(content, code):
    with pytest.raises(DomainError) as refusal:
        files.keep(upload(content, "foto.jpg"), by=UserFactory())
    assert (refusal.value.code, refusal.value.field) == (code, "file")
    assert not StoredFile.objects.exists()


def test_a_name_never_becomes_a_path():
    stored = files.keep(upload(small_pdf(), "..\\..\\etc/passwd"), by=UserFactory())
    assert (stored.name, stored.path.startswith("private/")) == ("passwd", True)


def test_the_name_of_a_download_stays_one_name():
    user = UserFactory()
    stored = files.keep(upload(small_pdf(), 'caffè"; filename="a.html'), by=user)
    given = files.serve(stored, by=user)["Content-Disposition"]
    assert given.startswith("attachment; filename*=utf-8''caff%C3%A8%22%3B")


def test_every_download_is_recorded_and_is_only_a_download():
    user = UserFactory()
    stored = files.keep(upload(small_pdf()), by=user)
    response = files.serve(stored, by=user)
    assert response["Content-Disposition"].startswith("attachment")
    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["download", "upload"]


def test_photos_and_pdfs_become_one_pdf_in_their_order_without_what_is_hidden_in_them():
    user = UserFactory()
    sent = [
        files.keep(upload(photo("segreto", (3000, 1500)), "uno.jpg"), by=user),
        files.keep(upload(small_pdf(pages=2)), by=user),
        files.keep(upload(photo(size=(10, 20)), "tre.jpg"), by=user),
    ]
    joined = files.join(sent, name="Carta d’identità.pdf", by=user)
    content = files.read(joined)
    shapes = [page.mediabox.width > page.mediabox.height for page in pypdf.PdfReader(io.BytesIO(content)).pages]
    assert shapes == [True, False, False, False]
    assert b"segreto" not in content
    assert joined.content_type == "application/pdf"


def test_a_file_thrown_away_leaves_nothing_on_disk(django_capture_on_commit_callbacks):
    stored = files.keep(upload(photo(), "foto.jpg"), by=UserFactory())
    with django_capture_on_commit_callbacks(execute=True):
        files.throw_away(stored, by=None)
    assert not default_storage.exists(stored.path)
    assert not StoredFile.objects.exists()


def test_a_preview_is_small():
    stored = files.keep(upload(photo(size=(2000, 1000)), "foto.jpg"), by=UserFactory())
    assert Image.open(io.BytesIO(files.preview(stored).content)).size == (480, 240)
