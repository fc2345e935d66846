"""Two files side by side: what each says, from which the value is taken unless somebody chooses, and what will move."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Subquery
from django.utils.translation import gettext as _

from ..models import Person
from . import merge_map
from .merge import CHOSEN_ROWS, DROP, FIELDS, KEEP, open_application
from .merge_map import How, Relation


@dataclass(frozen=True)
class Line:
    """One thing both files may say; it is chosen only where they differ."""

    name: str
    label: str
    mine: str
    theirs: str
    chosen: str

    @property
    def differs(self) -> bool:
        return self.mine != self.theirs

    @property
    def is_empty(self) -> bool:
        return not (self.mine or self.theirs)


def lines_of(keep: Person, drop: Person) -> list[Line]:
    names = [*(name for name in FIELDS if name not in CHOSEN_ROWS.values()), *CHOSEN_ROWS.values()]
    lines = [line_of(name, said(keep, name), said(drop, name)) for name in names]
    return [*(line for line in lines if not line.is_empty), *application_line(keep, drop)]


def line_of(name: str, mine: str, theirs: str) -> Line:
    return Line(name, label_of(name), mine, theirs, DROP if theirs and not mine else KEEP)


def application_line(keep: Person, drop: Person) -> list[Line]:
    mine, theirs = open_application(keep), open_application(drop)
    if not (mine and theirs):
        return []
    label = _("Application that goes on (the other is withdrawn)")
    said_of = [f"{one.number}, {one.get_state_display()}, {one.received_at:%d/%m/%Y}" for one in (mine, theirs)]
    return [Line("application", label, *said_of, chosen="")]


def label_of(name: str) -> str:
    special = {"home": _("Town"), "household": _("Family"), "work_profile": _("Work profile"), "user": _("Account")}
    return special.get(name) or str(Person._meta.get_field(name).verbose_name).capitalize()


def said(person: Person, name: str) -> str:
    """What the file says under `name`, in words; empty when it says nothing."""
    if name == "home":
        return str(person.municipality or person.other_town)
    if name == "user":
        return person.user.email if person.user else ""
    if name in CHOSEN_ROWS.values():
        return said_of_rows(person, name)
    value = getattr(person, name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    display = getattr(person, f"get_{name}_display", None)
    return str((display() if display else value) or "")


def said_of_rows(person: Person, name: str) -> str:
    if name == "work_profile":
        profile = getattr(person, "work_profile", None)
        return (profile.skills or _("written")) if profile else ""
    members = [member.get_relation_display() for member in person.household.all()]
    alone = _("nobody else at home") if person.household_told_on else ""
    return ", ".join(members) or alone


def what_moves(drop: Person) -> list[tuple[str, int]]:
    """How many rows of each kind go over: (kind, number), the kinds without any left out. One query."""
    moved = [relation for relation in merge_map.REGISTRY.values() if relation.how == How.MOVED]
    wanted = {f"count_{place}": rows_counted(relation) for place, relation in enumerate(moved)}
    numbers = Person.objects.filter(pk=drop.pk).values(**wanted).get()
    counted = zip(moved, numbers.values(), strict=True)
    return [(str(relation.model._meta.verbose_name_plural), number) for relation, number in counted if number]


def rows_counted(relation: Relation) -> Subquery:
    rows = relation.model._base_manager.filter(**{relation.field: OuterRef("pk")}).order_by()
    return Subquery(rows.values(relation.field).annotate(number=Count("pk")).values("number"))


CHOICES = (KEEP, DROP)
