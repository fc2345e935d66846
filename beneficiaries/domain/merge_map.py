"""Every table that points at a person, and what becomes of its rows when two files become one.

Apps above register theirs from `ready()`. A test fails when a foreign key to Person is not declared here.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.db import models
from django.db.models import Max, QuerySet
from django.utils import timezone

from ..models import (
    Application,
    Appointment,
    Assessment,
    Budget,
    CaseFile,
    ContactEntry,
    DataRequest,
    Debt,
    Disposal,
    EmploymentSpell,
    Hold,
    HouseholdMember,
    ImportRow,
    InboundReferral,
    MoneyPath,
    Note,
    Notice,
    Pact,
    Person,
    PersonDocument,
    PersonMerge,
    SearchWord,
    ServiceReferral,
    TeamMember,
    TwinPair,
    UnsentPage,
    WorkProfile,
)
from .undo_log import UndoLog


class How(Enum):
    MOVED = "moved"  # the rows go over to the file that stays
    CHOSEN = "chosen"  # one side's rows stay whole, the other's go into the undo log
    DISSOLVED = "dissolved"  # about the file that goes: kept in the undo log only
    REBUILT = "rebuilt"  # written again from the file itself


@dataclass(frozen=True)
class Relation:
    """`settle(keep, drop, log, now)` prepares the rows that would meet a constraint named in `settled`;
    `refusals(keep, drop)` gives sentences on what must be solved first, beside what the constraints say by themselves.
    """

    model: type[models.Model]
    field: str = "person"
    how: How = How.MOVED
    settle: Callable[[Person, Person, UndoLog, datetime], None] | None = None
    settled: frozenset[str] = dataclasses.field(default_factory=frozenset)
    refusals: Callable[[Person, Person], list[str]] | None = None

    @property
    def key(self) -> tuple[str, str]:
        return self.model._meta.label, self.field

    def rows(self, person: Person) -> QuerySet:
        return self.model._base_manager.filter(**{self.field: person}).order_by("pk")


REGISTRY: dict[tuple[str, str], Relation] = {}


def register(*relations: Relation) -> None:
    for relation in relations:
        REGISTRY[relation.key] = relation


def undeclared() -> list[tuple[str, str]]:
    """Foreign keys and one-to-ones to Person that nobody has declared."""
    known = {(relation.related_model._meta.label, relation.field.name) for relation in Person._meta.related_objects}
    return sorted(known - REGISTRY.keys())


def follow_on(keep: Person, drop: Person, log: UndoLog, now: datetime) -> None:
    """The versions of the other file's pacts follow those of the file that stays."""
    last = Pact.objects.filter(person=keep).aggregate(last=Max("version"))["last"] or 0
    if last:
        for pact in Pact.objects.filter(person=drop).order_by("-version"):
            log.change(pact, version=last + pact.version)


def end_doubles(keep: Person, drop: Person, log: UndoLog, now: datetime) -> None:
    """Whoever is in both teams stays once; their part in the other file ends today."""
    here = TeamMember.objects.now().filter(person=keep, user__isnull=False).values("user")
    today = timezone.localtime(now).date()
    for member in TeamMember.objects.now().filter(person=drop, user__in=here):
        log.change(member, until=max(today, member.since))


register(
    Relation(Application, settled=frozenset({"one_open_application_per_person"})),
    Relation(Appointment),
    Relation(Assessment),
    Relation(Budget),
    Relation(CaseFile),
    Relation(ContactEntry),
    Relation(DataRequest),
    Relation(Debt),
    Relation(Disposal),
    Relation(EmploymentSpell),
    Relation(Hold),
    Relation(HouseholdMember, how=How.CHOSEN),
    Relation(ImportRow),
    Relation(InboundReferral),
    Relation(MoneyPath),
    Relation(Note),
    Relation(Notice),
    Relation(Pact, settle=follow_on, settled=frozenset({"pact_versions_are_numbered"})),
    Relation(PersonDocument),
    Relation(PersonMerge, field="kept"),
    Relation(SearchWord, how=How.REBUILT),
    Relation(ServiceReferral),
    Relation(TeamMember, settle=end_doubles, settled=frozenset({"a_colleague_once_in_a_team"})),
    Relation(TwinPair, field="first", how=How.DISSOLVED),
    Relation(TwinPair, field="second", how=How.DISSOLVED),
    Relation(UnsentPage),
    Relation(WorkProfile, how=How.CHOSEN),
)
