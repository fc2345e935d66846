import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from django.test import RequestFactory

from oltreiperimetri.audit.models import AuditEntry
from oltreiperimetri.documents.exports import csv_response, neutralised, table_response, xlsx_response
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
HEADERS = ["Nome", "Importo", "Dal", "Quando", "CAP"]
ROW = ["D'Angelo Niccolò", Decimal("1234.56"), date(2026, 3, 1), datetime(2026, 3, 1, 9, 30, tzinfo=UTC), "020017"]


def exporter():
    return UserFactory(may_export=True)


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_csv_opens_in_italian_excel():
    content = body(csv_response("elenco", HEADERS, [ROW], by=exporter()))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig") == (
        "Nome;Importo;Dal;Quando;CAP\r\nD'Angelo Niccolò;1234,56;01/03/2026;01/03/2026 10:30;020017\r\n"
    )


def test_xlsx_keeps_codes_as_text_and_numbers_as_numbers():
    sheet = openpyxl.load_workbook(io.BytesIO(body(xlsx_response("elenco", HEADERS, [ROW], by=exporter())))).active
    assert [cell.value for cell in sheet[2]] == [
        "D'Angelo Niccolò",
        1234.56,
        datetime(2026, 3, 1),
        datetime(2026, 3, 1, 10, 30),
        "020017",
    ]


FORMULAS = ["=1+1", "+1+1", "-1", "@SUM(A1)", " =1", "\u00a0=1", "\t=1", "\r=1", "\n=1", "=1", "+cmd|' /C calc'!A0", "%0a=1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_would_be_a_formula_is_neutralised(text):
    content = body(csv_response("elenco", ["Nome"], [[text]], by=exporter())).decode("utf-8-sig")
    cell = list(csv.reader(io.StringIO(content), delimiter=";"))[1][0]
    assert not cell.lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r", "=", "%"))
    sheet = openpyxl.load_workbook(io.BytesIO(body(xlsx_response("elenco", ["Nome"], [[text]], by=exporter())))).active
    assert sheet["A2"].data_type == "s"


@pytest.mark.parametrize("text", ["+39 02 1234567", "Rossi", "d'Amico", "3 - 4"])
def test_ordinary_text_and_phone_numbers_are_left_alone(text):
    assert neutralised(text) == text


def test_an_export_leaves_one_audit_entry_with_its_filters():
    user = UserFactory(may_export=True)
    request = RequestFactory().get("/domande/", {"stato": "received", "q": "Rossi", "comune": "", "formato": "csv"})
    request.user = user
    body(table_response(request, "domande", ["Nome"], [["Rossi"]]))
    entry = AuditEntry.objects.get(action="export")
    assert (entry.actor, entry.object_type, entry.changes) == (
        user,
        "domande",
        {"filters": {"stato": "received", "q": "***"}},
    )


def test_xlsx_columns_are_wide_enough_for_a_day_and_an_hour():
    sheet = openpyxl.load_workbook(io.BytesIO(body(xlsx_response("elenco", HEADERS, [ROW], by=exporter())))).active
    widths = [dimension.width for dimension in sheet.column_dimensions.values()]
    assert min(widths) >= len("24/11/2026 10:30")
