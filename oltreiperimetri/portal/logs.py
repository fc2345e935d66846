"""One JSON object a line, for whoever collects logs. Identifiers and kinds of errors; no names, addresses, links or texts.

What a line may carry beyond its sentence is listed in `FACTS`: log with ``extra={"counts": {...}}``. Of an exception its
class and where it was raised are kept, never its words: databases and mail servers quote personal data in theirs.
"""

import json
import logging
import traceback
from datetime import UTC, datetime

from celery import current_task

from oltreiperimetri.audit.context import request_id
from oltreiperimetri.shared.redaction import cut_addresses, cut_tokens

FACTS = ("reminder", "message_guid", "counts", "status_code")


def clean(text: str) -> str:
    return cut_addresses(cut_tokens(text))


class JsonLines(logging.Formatter):
    """time, level, logger, message; request and task when there is one; error and where; the facts given along."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": clean(record.getMessage()),
        }
        if request_id.get():
            line["request"] = request_id.get()
        if current_task:
            line["task"] = current_task.name
        if record.exc_info and record.exc_info[0]:
            line |= {"error": record.exc_info[0].__name__, "where": places_of(record)}
        return json.dumps(line | facts_of(record), ensure_ascii=False)


def facts_of(record: logging.LogRecord) -> dict:
    found = {name: getattr(record, name) for name in FACTS if hasattr(record, name)}
    return {name: value if isinstance(value, (int, dict)) else str(value) for name, value in found.items()}


def places_of(record: logging.LogRecord) -> list[str]:
    """`file:line function` of each step, the last one last; no source lines, no values."""
    steps = traceback.extract_tb(record.exc_info[2])
    return [f"{step.filename.rpartition('/')[2]}:{step.lineno} {step.name}" for step in steps]
