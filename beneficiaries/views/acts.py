"""An act asked for by a form: done, or refused with its sentence beside the field."""

from collections.abc import Callable

from django import forms
from django.utils import timezone

from oltreiperimetri.shared.errors import DomainError


def is_sent(request, form: forms.Form) -> bool:
    """Whether the form was sent and can be read."""
    return request.method == "POST" and form.is_valid()


def is_done(request, form: forms.Form, verb: Callable, *args, **values) -> bool:
    """Whether `verb` was carried out by who asks, now; otherwise the form says why not, and nothing typed is lost."""
    try:
        verb(*args, **values, by=request.user, now=timezone.now())
    except DomainError as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    return True
