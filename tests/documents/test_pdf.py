import io

import pypdf
import pytest

from oltreiperimetri.documents import pdf


@pytest.fixture
def no_pango(monkeypatch):
    monkeypatch.setattr(pdf, "is_available", lambda: False)


def test_a_template_becomes_a_pdf_that_opens():
    content = pdf.render("print_base.html", {})
    (page,) = pypdf.PdfReader(io.BytesIO(content)).pages
    fonts = {font.get_object()["/BaseFont"].split("+")[-1] for font in page["/Resources"]["/Font"].values()}
    assert "Titillium-Web" in fonts


@pytest.mark.parametrize("url", ["static:///css/document.css", "static:///static/css/document.css"])
def test_documents_find_the_style_they_name(url):
    assert pdf.address_of(url).endswith("static/css/document.css")


def test_without_pango_the_same_document_is_a_page_to_print(no_pango):
    answer = pdf.response("print_base.html", {}, filename="ricevuta")
    assert answer["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("url", ["file:///etc/passwd", "http://127.0.0.1/", "static:///../../etc/passwd"])
def test_documents_open_nothing_but_static_files(url):
    with pytest.raises(ValueError, match="may not open"):
        pdf.address_of(url)
