"""A stored value as it is said: labels of fields and choices, yes and no, ISO days."""

from datetime import date, datetime

from django.utils.translation import gettext as _


def label_of(obj, name: str) -> str:
    return str(obj._meta.get_field(name).verbose_name)


def value_of(obj, name: str) -> str:
    """The value in words: labels of choices, yes and no, ISO dates; empty when not known."""
    field, value = obj._meta.get_field(name), getattr(obj, name)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return str(_("yes")) if value else str(_("no"))
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(dict(field.choices or {}).get(value, value))
