"""The request in which an act happens, known to `record()` without passing it through every layer."""

from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="")
