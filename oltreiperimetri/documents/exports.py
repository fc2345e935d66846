"""Lists as files, the way Italian offices read them: CSV for Excel (; , BOM, CRLF) and XLSX. Every export is recorded."""

import csv
import io
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.audit.models import AuditEntry

LINES_PER_CHUNK = 500
COLUMN = 18  # characters: a day and an hour fit, which in a narrower column a spreadsheet shows as ####
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
SEARCHED = ("q",)
PHONE = re.compile(r"\+\d[\d ]{5,18}")


def neutralised(text: str) -> str:
    """The text, led by an apostrophe where a spreadsheet would read a formula; `+39 02…` stays a phone number."""
    start = unicodedata.normalize("NFKC", text).lstrip(" \u00a0\u200b\ufeff")
    dangerous = start.startswith(FORMULA_STARTS) or text.startswith(FORMULA_STARTS)
    return f"'{text}" if dangerous and not PHONE.fullmatch(text) else text


def as_text(value) -> str:
    """A cell as an Italian office writes it: decimal comma, dd/mm/yyyy, sì/no; text neutralised."""
    match value:
        case None:
            return ""
        case bool():
            return str(_("yes")) if value else str(_("no"))
        case datetime():
            return timezone.localtime(value).strftime("%d/%m/%Y %H:%M")
        case date():
            return value.strftime("%d/%m/%Y")
        case Decimal() | float():
            return str(value).replace(".", ",")
        case int():
            return str(value)
    return neutralised(" ".join(str(value).splitlines()))


def csv_chunks(headers: list[str], rows: Iterable[Iterable]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    buffer.write("\ufeff")
    writer.writerow(headers)
    for number, row in enumerate(rows, start=1):
        writer.writerow([as_text(value) for value in row])
        if number % LINES_PER_CHUNK == 0:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def record_export(name: str, *, by, filters: dict) -> None:
    """Write down that a list leaves as a file. Raises PermissionDenied for who may not take lists away."""
    if not by.may_export:
        raise PermissionDenied
    AuditEntry.objects.create(at=timezone.now(), actor=by, action="export", object_type=name, changes={"filters": filters})


def counted(rows: Iterable[Iterable], name: str, *, by) -> Iterator[Iterable]:
    """The rows as they are; when they have gone, or somebody stopped listening, how many went is written down."""
    number = 0
    try:
        for row in rows:
            number += 1
            yield row
    finally:
        AuditEntry.objects.create(
            at=timezone.now(), actor=by, action="export_rows", object_type=name, changes={"rows": number}
        )


def csv_response(name: str, headers: list[str], rows: Iterable[Iterable], *, by, filters: dict | None = None):
    """Stream `rows` as `<name>.csv`; `filters` (plain JSON) says in the audit trail which list it was."""
    record_export(name, by=by, filters=filters or {})
    response = StreamingHttpResponse(
        csv_chunks([str(header) for header in headers], counted(rows, name, by=by)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def xlsx_response(name: str, headers: list[str], rows: Iterable[Iterable], *, by, filters: dict | None = None):
    """`rows` as `<name>.xlsx`: codes and names as text, numbers and dates as such, never a formula."""
    record_export(name, by=by, filters=filters or {})
    file = tempfile.SpooledTemporaryFile(max_size=5_000_000)  # noqa: SIM115 - the response closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as workbook:
        sheet = workbook.add_worksheet(name[:31])
        bold = workbook.add_format({"bold": True})
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        instant = workbook.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        sheet.freeze_panes(1, 0)
        for column, header in enumerate(headers):
            sheet.set_column(column, column, max(COLUMN, len(str(header)) + 2))
            sheet.write_string(0, column, str(header), bold)
        for line, row in enumerate(counted(rows, name, by=by), start=1):
            for column, value in enumerate(row):
                write_cell(sheet, line, column, value, day=day, instant=instant)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx")


def write_cell(sheet, line: int, column: int, value, *, day, instant) -> None:
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        sheet.write_number(line, column, value)
    elif isinstance(value, datetime):
        sheet.write_datetime(line, column, timezone.localtime(value).replace(tzinfo=None), instant)
    elif isinstance(value, date):
        sheet.write_datetime(line, column, value, day)
    else:
        sheet.write_string(line, column, as_text(value))


def table_response(request, name: str, headers: list[str], rows: Iterable[Iterable]):
    """The file asked for by `?formato=csv` or `?formato=xlsx`. Whom somebody searched for stays out of the audit trail."""
    respond = xlsx_response if request.GET.get("formato") == "xlsx" else csv_response
    chosen = {key: value for key, value in request.GET.items() if value and key not in ("formato", "page")}
    filters = {key: "***" if key in SEARCHED else value for key, value in chosen.items()}
    return respond(name, headers, rows, by=request.user, filters=filters)
