"""PDF from a template by WeasyPrint; without its system libraries the same template is a page to print."""

import functools
import logging
from pathlib import Path
from urllib.parse import urlparse

from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.http import HttpResponse
from django.template.loader import render_to_string
from PIL import ImageFile

logger = logging.getLogger(__name__)


@functools.cache
def is_available() -> bool:
    """Whether WeasyPrint and the Pango libraries it needs are installed (Debian: libpango-1.0-0, libpangoft2-1.0-0)."""
    try:
        import weasyprint  # noqa: F401 - importing fails where Pango is missing
    except OSError:
        logger.warning("Pango is missing: documents are offered as pages to print")
        return False
    # Importing WeasyPrint makes Pillow accept broken pictures in the whole process; what people upload is checked strictly.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return True


def static_only():
    """A fetcher: styles and pictures come from static files; nothing else on disk or network is opened."""
    from weasyprint.urls import URLFetcher

    class StaticFetcher(URLFetcher):
        def fetch(self, url, headers=None):
            return super().fetch(address_of(url), headers)

    return StaticFetcher(allowed_protocols=["file", "data"], allow_redirects=False)


def address_of(url: str) -> str:
    """Where a document's resource lies. Raises ValueError for all but `static:` and `data:`."""
    parts = urlparse(url)
    if parts.scheme == "data":
        return url
    if parts.scheme == "static":
        try:
            found = finders.find(parts.path.removeprefix("/static/").lstrip("/"))
        except SuspiciousFileOperation:
            found = None
        if found:
            return Path(found).as_uri()
    raise ValueError(f"documents may not open {url}")


def render(template: str, context: dict) -> bytes | None:
    """The PDF of a template, or None where the libraries are missing."""
    if not is_available():
        return None
    from weasyprint import HTML

    html = render_to_string(template, {**context, "is_pdf": True})
    return HTML(string=html, base_url="static:///", url_fetcher=static_only()).write_pdf()


def response(template: str, context: dict, *, filename: str) -> HttpResponse:
    """`<filename>.pdf` shown by the browser, or the page to print."""
    content = render(template, context)
    if content is None:
        return HttpResponse(render_to_string(template, {**context, "is_pdf": False}))
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{filename}.pdf"'
    return answer
