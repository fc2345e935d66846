"""How things stand, area by area, on a day; beside the days before, so that both see what has changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import record
from oltreiperimetri.shared.errors import DomainError, refuse_unless

from ..access import may_work_with
from ..enums import Area
from ..models import Assessment, AssessmentLevel, Person
from ..models.assessment import HIGHEST, LOWEST
from ..scales import ANCHORS
from .case_file import lock_person


@dataclass(frozen=True)
class Course:
    """One area over time: a level (1 to 5) or None for each assessment, the first one first."""

    area: str
    label: str
    levels: tuple[int | None, ...]

    @property
    def known(self) -> list[int]:
        return [level for level in self.levels if level is not None]

    @property
    def change(self) -> int | None:
        """The last level known less the first; None until there are two."""
        return self.known[-1] - self.known[0] if len(self.known) > 1 else None

    @property
    def words(self) -> str:
        """The last level known, in words; "" when nobody has talked about it."""
        return str(ANCHORS[self.area][self.known[-1] - 1]) if self.known else ""


@transaction.atomic
def assess(
    person: Person, levels: Mapping[str, tuple[int, str]], *, taken_on: date, is_shared: bool, by, now: datetime
) -> Assessment:
    """Keep the levels of a day: {area: (level, note)}, an area not talked about is left out.

    A second one on the same day corrects the first. Raises DomainError "empty", "future" (field `taken_on`).
    """
    refuse_unless(may_work_with(by, person))
    if taken_on > timezone.localtime(now).date():
        raise DomainError(_("This day is in the future. Check the year."), code="future", field="taken_on")
    if not levels:
        raise DomainError(_("Choose a level in at least one area."), code="empty")
    if any(not LOWEST <= level <= HIGHEST for level, _note in levels.values()):
        raise ValueError("a level is from 1 to 5")
    lock_person(person)
    assessment, is_new = Assessment.objects.update_or_create(
        person=person, taken_on=taken_on, defaults={"by": by, "is_shared": is_shared}
    )
    assessment.levels.all().delete()
    AssessmentLevel.objects.bulk_create(
        AssessmentLevel(assessment=assessment, area=area, level=level, note=note.strip())
        for area, (level, note) in levels.items()
    )
    changes = {"taken_on": str(taken_on), "areas": sorted(levels), "is_shared": is_shared}
    record("assess" if is_new else "correct_assessment", assessment, by=by, changes=changes, at=now)
    return assessment


@dataclass(frozen=True)
class Look:
    """An assessment with its levels by area."""

    assessment: Assessment
    levels: dict[str, AssessmentLevel]


def looks_of(person: Person) -> list[Look]:
    """The first one first; in one query, since an assessment has at least one level."""
    rows = AssessmentLevel.objects.filter(assessment__person=person).select_related("assessment__by")
    looks: dict[int, Look] = {}
    for row in rows.order_by("assessment__taken_on", "pk"):
        looks.setdefault(row.assessment_id, Look(row.assessment, {})).levels[row.area] = row
    return list(looks.values())


def courses(looks: Iterable[Look]) -> list[Course]:
    """The five areas, each over all `looks`."""
    looks = list(looks)
    return [
        Course(
            area.value,
            str(area.label),
            tuple(look.levels[area.value].level if area.value in look.levels else None for look in looks),
        )
        for area in Area
    ]
