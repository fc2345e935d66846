"""The registry of paths that are monitored: each app registers its own in `ready()`."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db import models
from django.db.models import Q, QuerySet

from oltreiperimetri.reminders.channels import channel_of
from oltreiperimetri.reminders.kinds import Recipient


@dataclass(frozen=True)
class Path:
    """What this app must know about the subjects of a plan, which it cannot see.

    `offsets_months`: checkpoints, counted from the plan's anchor. `contact`: whom to ask (None or no e-mail: the owner
    gets a task). `owner`: who follows the subject (None or inactive: caseworkers of the town, else coordinators).
    `town`: ISTAT code. `is_open`: whether asking still makes sense. `visible_to`: the plans a user may see.
    `related`: lookups from the plan for select_related, so that `subject_label`, `contact` and `owner` need no query;
    `town_lookup`: lookup from the plan to the Municipality, for the filter by town. `subject_url`: the staff page.
    """

    code: str
    label: str
    contact: Callable[[models.Model], Recipient | None]
    owner: Callable[[models.Model], models.Model | None]
    town: Callable[[models.Model], str | None]
    is_open: Callable[[models.Model], bool]
    visible_to: Callable[[QuerySet, models.Model], QuerySet]
    subject_label: Callable[[models.Model], str]
    audit_subject: Callable[[models.Model], UUID | None]
    offsets_months: tuple[int, ...] = (1, 3, 6, 12)
    related: tuple[str, ...] = ()
    town_lookup: str = ""
    subject_url: Callable[[models.Model], str] | None = None


REGISTRY: dict[str, Path] = {}


def register(path: Path) -> None:
    REGISTRY[path.code] = path


def get(code: str) -> Path:
    return REGISTRY[code]


def labels() -> dict[str, str]:
    return {code: str(path.label) for code, path in sorted(REGISTRY.items())}


def contact_of(plan) -> Recipient | None:
    """Whom to write to; None when there is nobody or no road to them."""
    contact = get(plan.path).contact(plan)
    return contact if contact and channel_of(contact) else None


def related_names() -> list[str]:
    return sorted({name for path in REGISTRY.values() for name in path.related})


def plans_visible_to(plans: QuerySet, user) -> QuerySet:
    """The plans of every path that `user` may see, by each path's own rule."""
    reach = Q(pk__in=[])
    for path in REGISTRY.values():
        reach |= Q(pk__in=path.visible_to(plans.filter(path=path.code), user).values("pk"))
    return plans.filter(reach)


def in_town(checkpoints: QuerySet, istat_code: str) -> QuerySet:
    reach = Q(pk__in=[])
    for path in REGISTRY.values():
        if path.town_lookup:
            reach |= Q(plan__path=path.code, **{f"plan__{path.town_lookup}": istat_code})
    return checkpoints.filter(reach)
