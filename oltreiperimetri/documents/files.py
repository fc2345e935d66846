"""Keeping files of people: checked by content, pictures re-encoded, encrypted at rest, every opening recorded."""

import hashlib
import io
import secrets
import struct
import zlib
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from oltreiperimetri.audit.trail import record, record_read
from oltreiperimetri.shared.crypto import decrypt_bytes, encrypt_bytes
from oltreiperimetri.shared.errors import DomainError

from .models import StoredFile

LARGEST = 10 * 1024 * 1024
LARGEST_PICTURE = 50_000_000  # pixels; beyond it a small file is a bomb


def recognised(content: bytes) -> str:
    """application/pdf, image/jpeg or image/png, from the first bytes. Raises DomainError for anything else."""
    signatures = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
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


def keep(upload, *, by, audit_subject=None) -> StoredFile:
    """Check and store an uploaded file. Raises DomainError with the sentence for its field."""
    if not upload.size:
        raise DomainError(_("This file is empty."), code="empty", field="file")
    if upload.size > LARGEST:
        raise DomainError(_("This file is larger than 10 MB."), code="size", field="file")
    content = upload.read()
    content_type = recognised(content)
    if content_type.startswith("image/"):
        content = without_hidden_data(content, content_type)
    path = default_storage.save(f"private/{secrets.token_hex(16)}", ContentFile(encrypt_bytes(content)))
    stored = StoredFile.objects.create(
        path=path,
        name=PurePath(upload.name.replace("\\", "/")).name[:150],
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        audit_subject=audit_subject,
        uploaded_by=by,
    )
    record("upload", stored, by=by)
    return stored


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
