"""Keeping files of people: checked by content, pictures re-encoded, encrypted at rest, every opening recorded."""

import hashlib
import io
import secrets
import struct
import zlib
from collections.abc import Sequence
from functools import partial
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from oltreiperimetri.audit.trail import record, record_read
from oltreiperimetri.shared.crypto import decrypt_bytes, encrypt_bytes
from oltreiperimetri.shared.errors import DomainError

from .models import StoredFile

PDF = "application/pdf"
LARGEST = 10 * 1024 * 1024
LARGEST_PICTURE = 50_000_000  # pixels; beyond it a small file is a bomb
MOST_PDF_PAGES = 200
# Longest side, in pixels, of a page joined with others (a sheet of A4 stays readable) and of a preview.
PAGE_SIDE, PREVIEW_SIDE = 2000, 480
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}


def recognised(content: bytes) -> str:
    """application/pdf, image/jpeg or image/png, from the first bytes. Raises DomainError for anything else."""
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        raise DomainError(
            _(
                "This photo is in the HEIC format of the iPhone, which cannot be opened here. On the iPhone choose "
                "Settings, Camera, Formats, “Most compatible”, and take the photo again."
            ),
            code="heic",
            field="file",
        )
    signatures = {b"%PDF-": PDF, b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
    for signature, content_type in signatures.items():
        if content.startswith(signature):
            return content_type
    raise DomainError(_("This file cannot be read here. Send a PDF or a photo (JPG or PNG)."), code="kind", field="file")


def without_hidden_data(content: bytes, content_type: str) -> bytes:
    """The picture encoded anew and upright: no place, no camera, nothing hidden behind it."""
    try:
        picture = Image.open(io.BytesIO(content))
        if picture.width * picture.height > LARGEST_PICTURE:
            raise DomainError(_("This picture is too large. Take it at a lower resolution."), code="size", field="file")
        output = io.BytesIO()
        # Phones keep the picture lying down and say so in the data that is dropped here.
        ImageOps.exif_transpose(picture).convert("RGB").save(
            output, format="PNG" if content_type == "image/png" else "JPEG", quality=85
        )
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        struct.error,
        zlib.error,
        Image.DecompressionBombError,
    ):
        raise DomainError(_("This picture is damaged. Take it again."), code="damaged", field="file") from None
    return output.getvalue()


def must_open(content: bytes) -> None:
    """A PDF that really has pages, without a password. Raises DomainError."""
    try:
        pdf = PdfReader(io.BytesIO(content))
        if pdf.is_encrypted:
            raise DomainError(_("This PDF has a password: save it without, or take a photo."), code="locked", field="file")
        pages = len(pdf.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, RecursionError):
        pages = 0
    if pages == 0:
        raise DomainError(_("This PDF is damaged. Save it again, or take a photo."), code="damaged", field="file")
    if pages > MOST_PDF_PAGES:
        raise DomainError(
            _("This PDF has more than %(count)s pages.") % {"count": MOST_PDF_PAGES}, code="pages", field="file"
        )


def keep(upload, *, by, audit_subject=None) -> StoredFile:
    """Check and store an uploaded file. Raises DomainError with the sentence for its field."""
    if not upload.size:
        raise DomainError(_("This file is empty."), code="empty", field="file")
    if upload.size > LARGEST:
        raise DomainError(_("This file is larger than 10 MB."), code="size", field="file")
    content = upload.read()
    content_type = recognised(content)
    if content_type == PDF:
        must_open(content)
    else:
        content = without_hidden_data(content, content_type)
    name = PurePath(upload.name.replace("\\", "/")).name[:150]
    return put_away(content, content_type, name=name, by=by, audit_subject=audit_subject)


def put_away(content: bytes, content_type: str, *, name: str, by, audit_subject) -> StoredFile:
    path = default_storage.save(f"private/{secrets.token_hex(16)}", ContentFile(encrypt_bytes(content)))
    stored = StoredFile.objects.create(
        path=path,
        name=name,
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        audit_subject=audit_subject,
        uploaded_by=by,
    )
    record("upload", stored, by=by)
    return stored


def join(pages: Sequence[StoredFile], *, name: str, by, audit_subject=None) -> StoredFile:
    """One PDF of these pictures and PDFs, in their order; they stay as they are."""
    joined, output = PdfWriter(), io.BytesIO()
    for page in pages:
        content = read(page)
        joined.append(io.BytesIO(content if page.content_type == PDF else page_of(content)))
    joined.write(output)
    return put_away(output.getvalue(), PDF, name=name, by=by, audit_subject=audit_subject)


def page_of(content: bytes) -> bytes:
    """A picture as a page of PDF."""
    output = io.BytesIO()
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    picture.thumbnail((PAGE_SIDE, PAGE_SIDE))
    picture.save(output, format="PDF", resolution=170, quality=80)
    return output.getvalue()


def throw_away(stored: StoredFile, *, by) -> None:
    """Delete a file that was never sent; what is on disk goes with the commit. Nothing may point at it any more."""
    record("throw_away", stored, by=by)
    stored.delete()
    transaction.on_commit(partial(default_storage.delete, stored.path))


def preview(stored: StoredFile) -> HttpResponse:
    """A small picture of a picture, for whoever has just chosen it: not an opening to be recorded."""
    output = io.BytesIO()
    picture = Image.open(io.BytesIO(read(stored))).convert("RGB")
    picture.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
    picture.save(output, format="JPEG", quality=70)
    return HttpResponse(output.getvalue(), content_type="image/jpeg", headers={"Cache-Control": "no-store"})


def read(stored: StoredFile) -> bytes:
    with default_storage.open(stored.path, "rb") as file:
        return decrypt_bytes(file.read())


def serve(stored: StoredFile, *, by) -> HttpResponse:
    """The file as a download; its opening is recorded. The caller has already found it among those visible to `by`."""
    record_read(stored, by=by, action="download")
    answer = HttpResponse(read(stored), content_type=stored.content_type)
    answer["Content-Disposition"] = content_disposition_header(True, stored.name or "file")
    answer["Content-Security-Policy"] = "sandbox"
    answer["Cache-Control"] = "no-store"
    return answer


def destroy(stored: StoredFile) -> None:
    """Delete a file for good: the row now, its bytes when the transaction holds. No backup made later has it."""
    path = stored.path
    stored.delete()
    transaction.on_commit(lambda: default_storage.delete(path))
