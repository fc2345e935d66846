"""What a button does: a verb of the domain, then a word of how it went."""

from collections.abc import Callable

from django.contrib import messages
from django.utils import timezone

from .errors import DomainError


def carried_out(request, verb: Callable, *about, thanks: str, tone: int = messages.ERROR, **details) -> bool:
    """Whether `verb(*about, by=, now=, **details)` was done: says thanks, or its refusal in `tone`."""
    try:
        verb(*about, by=request.user, now=timezone.now(), **details)
    except DomainError as refusal:
        messages.add_message(request, tone, str(refusal))
        return False
    messages.success(request, thanks)
    return True
