"""Two files of one person become one. What is lost on the way stays in an encrypted log, for thirty days of second thoughts.

Tables and their rules: `merge_map.py`. The acts recorded under the key of the file that goes stay readable: `keys_of`.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import move, record
from oltreiperimetri.reminders import kinds
from oltreiperimetri.reminders.planning import plan
from oltreiperimetri.shared.crypto import blind_index
from oltreiperimetri.shared.errors import DomainError, refuse_unless

from ..access import may_work_with
from ..enums import WithdrawalReason
from ..models import Application, Appointment, Person, PersonMerge, TwinPair
from . import merge_map
from .merge_map import How, Relation
from .queries import OPEN_STATES
from .search import index_person
from .twins import find_twins, pair_of
from .undo_log import UndoLog, photograph

KEEP, DROP = "keep", "drop"
# What is chosen together -> its columns. `household` and `work_profile` are rows of their own.
FIELDS = {
    "first_name": ("first_name",),
    "last_name": ("last_name",),
    "birth_date": ("birth_date",),
    "sex": ("sex",),
    "tax_code": ("tax_code",),
    "email": ("email",),
    "phone": ("phone",),
    "home": ("municipality", "other_town", "resident_since"),
    "address": ("address",),
    "contact_by": ("contact_by",),
    "preferred_language": ("preferred_language",),
    "has_licence": ("has_licence",),
    "has_car": ("has_car",),
    "user": ("user",),
    "household": ("household_told_on",),
}
CHOSEN_ROWS = {"beneficiaries.HouseholdMember": "household", "beneficiaries.WorkProfile": "work_profile"}


class MergeRefused(DomainError):
    """`reasons`: every sentence on what must be solved first."""

    def __init__(self, reasons: list[str]):
        super().__init__(" ".join(reasons), code="solve_first")
        self.reasons = reasons


def is_empty(person: Person, name: str) -> bool:
    return all(getattr(person, person._meta.get_field(column).attname) in (None, "") for column in FIELDS[name])


def default_choice(keep: Person, drop: Person, name: str) -> str:
    return DROP if not has(keep, name) and has(drop, name) else KEEP


def has(person: Person, name: str) -> bool:
    """Whether the file says something of what is chosen under `name`."""
    rows = any(relation.rows(person).exists() for relation in chosen_rows(name))
    return rows or (name in FIELDS and not is_empty(person, name))


def chosen_rows(name: str) -> list[Relation]:
    return [relation for relation in merge_map.REGISTRY.values() if CHOSEN_ROWS.get(relation.key[0]) == name]


def settled_choices(keep: Person, drop: Person, choices: Mapping[str, str]) -> dict[str, str]:
    """For everything that is chosen, from which file it comes."""
    names = [*FIELDS, *(name for name in CHOSEN_ROWS.values() if name not in FIELDS)]
    return dict(choices) | {name: choices.get(name) or default_choice(keep, drop, name) for name in names}


def open_application(person: Person) -> Application | None:
    return Application.objects.filter(person=person, state__in=OPEN_STATES).first()


def may_merge(user, one: Person, other: Person) -> bool:
    return may_work_with(user, one) and may_work_with(user, other)


def refusals(keep: Person, drop: Person, choices: Mapping[str, str]) -> list[str]:
    """Everything that must be solved before these two files can be one; empty when they can."""
    found = []
    for relation in merge_map.REGISTRY.values():
        if relation.how == How.MOVED:
            found += collisions(relation, keep, drop)
        if relation.refusals:
            found += relation.refusals(keep, drop)
    return found + application_refusals(keep, drop, choices)


def collisions(relation: Relation, keep: Person, drop: Person) -> list[str]:
    """What the database would refuse: both files have a row where a person may have one only."""
    found = []
    for constraint in relation.model._meta.constraints:
        is_unique = isinstance(constraint, models.UniqueConstraint) and relation.field in constraint.fields
        if is_unique and constraint.name not in relation.settled:
            others = [name for name in constraint.fields if name != relation.field]
            condition = constraint.condition or Q()
            mine = relation.rows(keep).filter(condition).values_list("pk", *others)
            theirs = relation.rows(drop).filter(condition).values_list("pk", *others)
            if {row[1:] for row in mine} & {row[1:] for row in theirs}:
                found.append(
                    _("Both files have: %(what)s. Close or correct one of the two first.")
                    % {"what": relation.model._meta.verbose_name}
                )
    return list(dict.fromkeys(found))


def application_refusals(keep: Person, drop: Person, choices: Mapping[str, str]) -> list[str]:
    mine, theirs = open_application(keep), open_application(drop)
    if not (mine and theirs):
        return []
    chosen = choices.get("application")
    if chosen not in (KEEP, DROP):
        return [_("Both have an application under way: choose which one goes on.")]
    leaving = theirs if chosen == KEEP else mine
    if Appointment.objects.filter(application=leaving).open().exists():
        return [_("Application %(number)s has an interview ahead: cancel it first.") % {"number": leaving.number}]
    return []


@transaction.atomic
def merge(keep: Person, drop: Person, choices: Mapping[str, str], *, by, now: datetime) -> PersonMerge:
    """Make `drop` part of `keep`. `choices`: name of FIELDS, "work_profile" or "application" -> "keep" or "drop";
    what is not said comes from the file that has it, first from `keep`.

    Raises MergeRefused with every reason, or DomainError "not_allowed", "itself".
    """
    keep, drop = locked(keep, drop)
    refuse_unless(may_merge(by, keep, drop))
    reasons = refusals(keep, drop, choices)
    if reasons:
        raise MergeRefused(reasons)
    choices = settled_choices(keep, drop, choices)
    log = UndoLog()
    before = photograph(keep)
    picture = photograph(drop)
    touched = withdraw_double(keep, drop, choices, log, by=by, now=now)
    touched += join_rows(keep, drop, choices, log, now)
    done = PersonMerge.objects.create(kept=keep, dropped_id=drop.pk, dropped_key=drop.audit_key, merged_at=now, merged_by=by)
    take_out(drop)
    write_fields(keep, drop, choices)
    index_person(keep)
    find_twins(keep)
    record("merge", keep, by=by, changes={"dropped": picture["id"], "key": str(done.dropped_key)}, at=now)
    done.undo_log = log.as_json() | {
        "keep": keep.pk,
        "dropped": picture,
        "before": before,
        "after": photograph(Person.objects.get(pk=keep.pk)),
    }
    done.save(update_fields=["undo_log"])
    plan_again(touched, now=now)
    return done


def locked(keep: Person, drop: Person) -> tuple[Person, Person]:
    if keep.pk == drop.pk:
        raise DomainError(_("These are not two files: it is the same one."), code="itself")
    rows = Person.objects.select_for_update(of=("self",)).order_by("pk").in_bulk([keep.pk, drop.pk])
    if len(rows) < 2:
        raise DomainError(_("One of the two files is no longer here."), code="gone")
    return rows[keep.pk], rows[drop.pk]


def withdraw_double(keep: Person, drop: Person, choices, log: UndoLog, *, by, now: datetime) -> list[models.Model]:
    """Of two applications under way withdraw the one not chosen; returns it, in a list that is empty without."""
    mine, theirs = open_application(keep), open_application(drop)
    if mine and theirs:
        leaving = theirs if choices["application"] == KEEP else mine
        before = photograph(leaving, ("state", "decided_at", "ball", "due_on"))
        ended = {"decided_at": now, "ball": "", "due_on": None}
        move(leaving, Application.State.WITHDRAWN, by=by, now=now, reason=WithdrawalReason.DUPLICATE, **ended)
        log.note_change(leaving, before)
        return [leaving]
    return []


def join_rows(keep: Person, drop: Person, choices, log: UndoLog, now: datetime) -> list[models.Model]:
    """Move, choose or dissolve the rows of every declared table; returns those whose reminders may change."""
    touched = []
    for relation in merge_map.REGISTRY.values():
        if relation.settle:
            relation.settle(keep, drop, log, now)
        if relation.how == How.CHOSEN:
            choose_rows(relation, keep, drop, choices, log)
        elif relation.how == How.MOVED:
            for row in relation.rows(drop):
                log.move(row, relation.field, keep)
                touched.append(row)
        elif relation.how == How.REBUILT:
            relation.rows(drop).delete()
        elif relation.model is TwinPair:
            dissolve_pairs(relation, keep, drop, log)
    return touched


def choose_rows(relation: Relation, keep: Person, drop: Person, choices, log: UndoLog) -> None:
    name = CHOSEN_ROWS[relation.model._meta.label]
    mine, theirs = list(relation.rows(keep)), list(relation.rows(drop))
    for row in mine if choices[name] == DROP else theirs:
        log.delete(row)
    if choices[name] == DROP:
        for row in theirs:
            log.move(row, relation.field, keep)


def dissolve_pairs(relation: Relation, keep: Person, drop: Person, log: UndoLog) -> None:
    """What was decided about the file that goes ("they are two people") holds for the one that stays."""
    for pair in relation.rows(drop):
        log.delete(pair)
        other = pair.other_than(drop)
        decided = pair.state == TwinPair.State.NOT_SAME and other != keep.pk
        if decided and not TwinPair.objects.of(keep).filter(Q(first=other) | Q(second=other)).exists():
            heir = pair_of(keep.pk, other, pair.reason, state=pair.state)
            heir.decided_by_id, heir.decided_at = pair.decided_by_id, pair.decided_at
            heir.save()
            log.note_created(heir)


def take_out(drop: Person) -> None:
    """Delete the file that goes; never together with a row that nobody declared."""
    for relation in Person._meta.related_objects:
        left = relation.related_model._base_manager.filter(**{relation.field.name: drop.pk})
        if left.exists():
            what = relation.related_model._meta.verbose_name
            raise DomainError(_("Something of the other file would be lost: %(what)s.") % {"what": what}, code="left_behind")
    Person.objects.filter(pk=drop.pk).delete()


def write_fields(keep: Person, drop: Person, choices: Mapping[str, str]) -> None:
    for name, columns in FIELDS.items():
        if choices[name] == DROP:
            for column in columns:
                attname = Person._meta.get_field(column).attname
                setattr(keep, attname, getattr(drop, attname))
    keep.tax_code_index = free_index(keep)
    keep.save()


def free_index(person: Person) -> str | None:
    """The index of their tax code, unless another person has it."""
    if not person.tax_code:
        return None
    index = blind_index(person.tax_code, purpose="tax_code")
    return None if Person.objects.filter(tax_code_index=index).exclude(pk=person.pk).exists() else index


def plan_again(rows: list[models.Model], *, now: datetime) -> None:
    """Plan or cancel the reminders about rows that have gone over to another file."""
    for row in rows:
        if kinds.kinds_of(row._meta.label_lower):
            plan(type(row)._base_manager.get(pk=row.pk), now=now)


def keys_of(person: Person) -> list[UUID]:
    """Every key under which the acts about this person were recorded: their own, and those of files merged into it."""
    merged = PersonMerge.objects.standing().filter(kept=person, dropped_key__isnull=False)
    return [key for key in (person.audit_key, *merged.values_list("dropped_key", flat=True)) if key]
