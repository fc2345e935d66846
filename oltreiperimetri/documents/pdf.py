"""PDF from a template by WeasyPrint; without its system libraries the same template is a page to print."""

import functools
import logging
from urllib.parse import urlparse

from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.http import HttpResponse
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)


@functools.cache
def is_available() -> bool:
    """Whether WeasyPrint and the Pango libraries it needs are installed (Debian: libpango-1.0-0, libpangoft2-1.0-0)."""
    try:
        import weasyprint  # noqa: F401, PLC0415 - importing fails where Pango is missing
    except OSError:
        logger.warning("Pango is missing: documents are offered as pages to print")
        return False
    return True


def fetch_static_only(url: str, *args, **kwargs):
    """Styles and pictures come from static files; nothing else on disk or network is opened."""
    parts = urlparse(url)
    if parts.scheme == "data":
        target = url
    elif parts.scheme == "static":
        try:
            target = f"file://{finders.find(parts.path.removeprefix('/static/'))}"
        except SuspiciousFileOperation:
            raise ValueError(f"documents may not open {url}") from None
    else:
        raise ValueError(f"documents may not open {url}")
    from weasyprint import default_url_fetcher  # noqa: PLC0415

    return default_url_fetcher(target)


def render(template: str, context: dict) -> bytes | None:
    """The PDF of a template, or None where the libraries are missing."""
    if not is_available():
        return None
    from weasyprint import HTML  # noqa: PLC0415

    html = render_to_string(template, {**context, "is_pdf": True})
    return HTML(string=html, base_url="static:///", url_fetcher=fetch_static_only).write_pdf()


def response(template: str, context: dict, *, filename: str) -> HttpResponse:
    """`<filename>.pdf` shown by the browser, or the page to print."""
    content = render(template, context)
    if content is None:
        return HttpResponse(render_to_string(template, {**context, "is_pdf": False}))
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{filename}.pdf"'
    return answer
