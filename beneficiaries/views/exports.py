"""Lists of people as files; every one leaves a trace that says which list it was, never whom somebody searched for."""

from collections.abc import Iterator
from itertools import islice

from django.db.models import QuerySet

from oltreiperimetri.documents.exports import csv_response, xlsx_response

MOST_EXPORTED = 5000  # where a list is read whole
CHUNK = 500


def in_chunks(rows: QuerySet) -> Iterator[list]:
    """The rows, some at a time: a list of a hundred thousand leaves in the memory of one chunk."""
    found = rows.iterator(chunk_size=CHUNK)
    while chunk := list(islice(found, CHUNK)):
        yield chunk


def file_of(request, name: str, headers: list, rows, *, filters):
    """`?formato=xlsx` or CSV; the searched text stays out of the audit trail."""
    respond = xlsx_response if request.GET.get("formato") == "xlsx" else csv_response
    chosen = {key: str(value) for key, value in filters.cleaned_data.items() if value} if filters.is_valid() else {}
    if "q" in chosen:
        chosen["q"] = "***"
    return respond(name, headers, rows, by=request.user, filters=chosen)
