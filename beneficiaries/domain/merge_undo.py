"""Taking a merge back: both files as they were, or every reason why that cannot be done any more."""

from datetime import datetime, timedelta

from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext as _

from oltreiperimetri.audit.models import StateChange
from oltreiperimetri.audit.trail import record
from oltreiperimetri.shared.errors import refuse_unless

from ..access import may_work_with
from ..models import Application, Person, PersonMerge
from .merge import MergeRefused, plan_again
from .search import index_person
from .undo_log import found, photograph, put_back, values_of

UNDO_DAYS = 30
UNTOLD = ("updated_at",)


def may_undo(user, merge: PersonMerge) -> bool:
    return may_work_with(user, merge.kept)


def last_day_to_undo(merge: PersonMerge) -> datetime:
    return merge.merged_at + timedelta(days=UNDO_DAYS)


def undo_refusals(merge: PersonMerge, *, now: datetime) -> list[str]:
    """Every reason against; empty while the two files can come back exactly."""
    if merge.undone_at:
        return [_("This has been undone already.")]
    log = merge.undo_log
    if now > last_day_to_undo(merge) or not log:
        return [_("More than thirty days have passed.")]
    if merge.kept_id != log["keep"]:
        return [_("This file has itself become part of another one: undo that first.")]
    reasons = field_refusals(merge) + moved_refusals(merge) + changed_refusals(log)
    return list(dict.fromkeys(reasons))


def field_refusals(merge: PersonMerge) -> list[str]:
    log, now_told = merge.undo_log, photograph(merge.kept)
    fields = {field.attname: field for field in Person._meta.concrete_fields}
    found_ = [
        _("Meanwhile this was changed: %(what)s.") % {"what": fields[name].verbose_name}
        for name, value in log["after"].items()
        if name not in UNTOLD and now_told[name] != value and log["before"][name] != value
    ]
    others = Person.objects.exclude(pk=merge.kept_id)
    for name in ("tax_code_index", "user_id"):
        wanted = [picture[name] for picture in (log["before"], log["dropped"]) if picture[name]]
        if others.filter(**{f"{name}__in": wanted}).exists():
            found_.append(_("Meanwhile another file has: %(what)s.") % {"what": fields[name].verbose_name})
    return found_


def moved_refusals(merge: PersonMerge) -> list[str]:
    reasons = []
    for label, pk, name in merge.undo_log["moved"]:
        row = found(label, pk)
        if row is None or getattr(row, row._meta.get_field(name).attname) != merge.kept_id:
            what = apps.get_model(label)._meta.verbose_name
            reasons.append(_("Meanwhile a row was deleted or moved: %(what)s.") % {"what": what})
    return reasons


def changed_refusals(log: dict) -> list[str]:
    reasons = []
    for label, pk, _before, after in log["changed"]:
        row = found(label, pk)
        told = photograph(row) if row else {}
        if any(told.get(name) != value for name, value in after.items()):
            what = apps.get_model(label)._meta.verbose_name
            reasons.append(_("Meanwhile this was changed: %(what)s.") % {"what": what})
    return reasons


@transaction.atomic
def undo_merge(merge: PersonMerge, *, by, now: datetime) -> Person:
    """Both files as they were before; what was written since stays with the one that stayed. Returns the other.

    Raises MergeRefused with every reason, or DomainError "not_allowed".
    """
    merge.refresh_from_db(from_queryset=PersonMerge.objects.select_for_update(of=("self",)).select_related("kept"))
    refuse_unless(may_undo(by, merge))
    reasons = undo_refusals(merge, now=now)
    if reasons:
        raise MergeRefused(reasons)
    log, kept = merge.undo_log, merge.kept
    restore_fields(kept, log)
    back = put_back(Person, log["dropped"])
    touched = rows_back(log, back, by=by, now=now)
    for person in (kept, back):
        index_person(person)
    merge.undone_at, merge.undone_by, merge.undo_log = now, by, None
    merge.save(update_fields=["undone_at", "undone_by", "undo_log", "updated_at"])
    for person in (kept, back):
        record("undo_merge", person, by=by, at=now)
    plan_again(touched, now=now)
    return back


def restore_fields(kept: Person, log: dict) -> None:
    """Only what the merge had changed: the rest may have been corrected since."""
    changed = {name: value for name, value in log["before"].items() if log["after"][name] != value and name not in UNTOLD}
    if changed:
        Person.objects.filter(pk=kept.pk).update(**values_of(Person, changed))
        kept.refresh_from_db()


def rows_back(log: dict, back: Person, *, by, now: datetime) -> list:
    for label, pk in log["created"]:
        apps.get_model(label)._base_manager.filter(pk=pk).delete()
    touched = []
    for label, pk, name in log["moved"]:
        model = apps.get_model(label)
        model._base_manager.filter(pk=pk).update(**{name: back})
        touched.append(model._base_manager.get(pk=pk))
    for label, pk, before, _after in reversed(log["changed"]):
        model = apps.get_model(label)
        note_state(model, pk, before, by=by, now=now)
        model._base_manager.filter(pk=pk).update(**values_of(model, before))
        touched.append(model._base_manager.get(pk=pk))
    for label, picture in log["deleted"]:
        put_back(apps.get_model(label), picture)
    return touched


def note_state(model, pk: int, before: dict, *, by, now: datetime) -> None:
    """An application that goes on where it was has its passage in the history like every other."""
    if model is Application and "state" in before:
        StateChange.objects.create(
            object_type=model._meta.label_lower,
            object_id=pk,
            from_state=Application.State.WITHDRAWN,
            to_state=before["state"],
            note=_("The merge of two files was undone."),
            by=by,
            at=now,
        )
