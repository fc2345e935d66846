"""A list as an Italian office saves it, read into plain cells: CSV of whatever separator and alphabet, or XLSX."""

import csv
import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from oltreiperimetri.shared.errors import DomainError

LARGEST = 2 * 1024 * 1024  # bytes
LARGEST_UNPACKED = 50 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 5000, 60, 500
SEPARATORS = (";", "\t", ",")


@dataclass(frozen=True)
class Table:
    """`rows`: (line of the file, its cells as text), empty lines left out."""

    headers: list[str]
    rows: list[tuple[int, list[str]]]


def read_table(content: bytes) -> Table:
    """Raises DomainError with a sentence on the file when it cannot be read or is too large."""
    if len(content) > LARGEST:
        raise refusal(_("The file is larger than 2 MB: divide it in two."), "size")
    lines = from_workbook(content) if content.startswith(b"PK\x03\x04") else from_text(content)
    filled = [(number, cells) for number, cells in enumerate(lines, 1) if any(cells)]
    if len(filled) < 2:
        raise refusal(_("The file has no rows under the headers."), "empty")
    if len(filled) > MOST_ROWS + 1:
        raise refusal(_("The file has more than %(count)s rows: divide it.") % {"count": MOST_ROWS}, "rows")
    width = max(index for _number, cells in filled for index, cell in enumerate(cells, 1) if cell)
    if width > MOST_COLUMNS:
        raise refusal(_("The file has more than %(count)s columns.") % {"count": MOST_COLUMNS}, "columns")
    padded = [(number, (cells + [""] * width)[:width]) for number, cells in filled]
    return Table(padded[0][1], padded[1:])


def refusal(sentence: str, code: str) -> DomainError:
    return DomainError(sentence, code=code, field="file")


def from_text(content: bytes) -> list[list[str]]:
    text = decoded(content)
    if "\x00" in text:
        raise refusal(_("This is not a list: send a CSV or XLSX file."), "kind")
    first = text.lstrip("\r\n").split("\n", 1)[0]
    separator = max(SEPARATORS, key=first.count)
    try:
        return [[tidy(cell) for cell in cells] for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator)]
    except csv.Error:
        raise refusal(_("This is not a list: send a CSV or XLSX file."), "kind") from None


def decoded(content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with it, else the alphabet of Windows, which reads everything."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def from_workbook(content: bytes) -> list[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                raise refusal(_("The file is too large once opened: save it as CSV."), "size")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError):
        raise refusal(_("This is not a list: send a CSV or XLSX file."), "kind") from None
    try:
        sheet = book.worksheets[0]
        limits = {"max_row": MOST_ROWS + 2, "max_col": MOST_COLUMNS + 1}
        return [[tidy(spelled(cell)) for cell in cells] for cells in sheet.iter_rows(values_only=True, **limits)]
    finally:
        book.close()


def spelled(cell) -> str:
    """A cell of a workbook as somebody would have typed it."""
    if cell is None:
        return ""
    if isinstance(cell, (date, datetime)):
        return cell.strftime("%d/%m/%Y")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))  # a phone number that a spreadsheet took for a quantity
    if isinstance(cell, bool):
        return "sì" if cell else "no"
    return str(cell)


def tidy(cell: str) -> str:
    """One line without blanks around; the apostrophe that protects a spreadsheet from formulas goes."""
    text = " ".join(cell.replace("\x00", "").split())[:LONGEST_CELL]
    return text[1:] if text[:2] in ("'=", "'+", "'-", "'@") else text
