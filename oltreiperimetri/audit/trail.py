"""The one door for acts and state changes: `record`, `record_read`, `move`.

Models with states declare::

    class State(models.TextChoices): ...
    TRANSITIONS = {(State.RECEIVED, State.IN_REVIEW): Transition(_("Take in review"), roles=STAFF_ROLES)}
    audit_subject = property(lambda self: self.person.audit_key)      # or None
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.shared.errors import DomainError, refuse_unless

from . import context
from .models import AuditEntry, StateChange


@dataclass(frozen=True)
class Transition:
    """A permitted passage: its button's label, who may make it (empty: the verb decides), whether a reason is due."""

    label: str
    roles: frozenset[str] = frozenset()
    needs_reason: bool = False
    reasons: tuple[tuple[str, str], ...] = field(default=())


def loggable(value):
    """States, numbers, dates and owners are kept; of anything else only that it changed."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, (date, models.TextChoices)):
        return str(value)
    return value if isinstance(value, (int, type(None))) else "changed"


def record(action: str, obj: models.Model, *, by, on_behalf_of=None, changes: Mapping | None = None, at=None) -> AuditEntry:
    """Write one entry about `obj`. `by` is a User or None (the system); `on_behalf_of` a person or None.

    `changes` is plain JSON: old and new values for states, dates and owners; for personal fields only their names.
    """
    return AuditEntry.objects.create(
        at=at or timezone.now(),
        actor_id=getattr(by, "pk", None),
        on_behalf_of=getattr(on_behalf_of, "audit_key", None),
        action=action,
        object_type=obj._meta.label_lower,
        object_id=obj.pk,
        subject=getattr(obj, "audit_subject", None),
        changes=dict(changes or {}),
        request_id=context.request_id.get(),
    )


def record_read(obj: models.Model, *, by, action: str = "read", changes: Mapping | None = None) -> AuditEntry:
    """A person's file was read, exported or downloaded."""
    return record(action, obj, by=by, changes=changes)


def can_move(obj: models.Model, to: str, *, by) -> bool:
    transition = obj.TRANSITIONS.get((obj.state, to))
    return transition is not None and (not transition.roles or by is None or by.has_role(*transition.roles))


def available_moves(obj: models.Model, *, by) -> list[tuple[str, Transition]]:
    """The buttons to show: (target state, transition) in the order of the table."""
    return [
        (target, transition)
        for (source, target), transition in obj.TRANSITIONS.items()
        if source == obj.state and can_move(obj, target, by=by)
    ]


@transaction.atomic
def move(obj: models.Model, to: str, *, by, now: datetime, reason: str = "", note: str = "", on_behalf_of=None, **fields):
    """Lock the row, look up the table of transitions, save state and `fields`, write history and audit entry.

    Returns the transition's StateChange and refreshes `obj`. Raises DomainError when the passage is not in the table,
    not allowed to `by`, or lacks its reason. `by=None` is the system.
    """
    locked = type(obj)._base_manager.select_for_update(of=("self",)).get(pk=obj.pk)
    transition = locked.TRANSITIONS.get((locked.state, to))
    if transition is None:
        raise DomainError(
            _("This step is no longer possible: the state is now “%(state)s”.") % {"state": locked.get_state_display()},
            code="not_in_table",
        )
    refuse_unless(can_move(locked, to, by=by))
    if transition.needs_reason and not (reason or note):
        raise DomainError(_("Say why: the reason is kept with the decision."), code="needs_reason", field="reason")
    from_state = locked.state
    for name, value in {"state": to, **fields}.items():
        setattr(obj, name, value)
    obj.save(update_fields=["state", *fields, *(["updated_at"] if hasattr(obj, "updated_at") else [])])
    change = StateChange.objects.create(
        object_type=obj._meta.label_lower,
        object_id=obj.pk,
        from_state=from_state,
        to_state=to,
        reason=reason,
        note=note,
        by=by,
        at=now,
    )
    record(
        "move",
        obj,
        by=by,
        on_behalf_of=on_behalf_of,
        changes={"state": [from_state, to], **{name: loggable(value) for name, value in fields.items()}},
        at=now,
    )
    return change


def state_changes(obj: models.Model):
    """The history of one object, newest first, with who made each passage."""
    return StateChange.objects.filter(object_type=obj._meta.label_lower, object_id=obj.pk).select_related("by")


def forget_words(rows: models.QuerySet) -> int:
    """Blank the free words beside the passages of some objects whose person is erased; the passages stay."""
    changes = StateChange.objects.filter(object_type=rows.model._meta.label_lower, object_id__in=rows.values("pk"))
    return changes.update(note="")
