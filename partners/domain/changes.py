"""Saving what a form changed, with its trace."""

from collections.abc import Mapping

from django.db import models, transaction

from oltreiperimetri.audit.trail import record


@transaction.atomic
def apply(obj: models.Model, values: Mapping, *, by) -> list[str]:
    """Store those of `values` that differ from the row; returns their names. The log keeps names, not contents."""
    stored = type(obj)._base_manager.select_for_update().get(pk=obj.pk)
    changed = [name for name, value in values.items() if getattr(stored, name) != value]
    for name in changed:
        setattr(obj, name, values[name])
    if changed:
        obj.save(update_fields=[*changed, "updated_at"])
        record("change", obj, by=by, changes=dict.fromkeys(changed, "changed"))
    return changed
