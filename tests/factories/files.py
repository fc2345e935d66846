"""Small real files, as people send them."""

import io

from PIL import Image
from pypdf import PdfWriter


def small_pdf(pages: int = 1, password: str = "") -> bytes:
    writer, output = PdfWriter(), io.BytesIO()
    for _page in range(pages):
        writer.add_blank_page(200, 300)
    if password:
        writer.encrypt(password)
    writer.write(output)
    return output.getvalue()


def photo(secret: str = "", size: tuple[int, int] = (8, 8), colour: str = "white") -> bytes:
    """A JPEG; `secret` is hidden in it as a camera hides the place."""
    output, exif = io.BytesIO(), Image.Exif()
    if secret:
        exif[0x010E] = secret
    Image.new("RGB", size, colour).save(output, format="JPEG", exif=exif)
    return output.getvalue()


def heic_photo() -> bytes:
    """The beginning of a photo as an iPhone keeps it."""
    return b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 64
