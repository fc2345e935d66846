"""The registry of paths that are monitored: each app registers its own in `ready()`."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import Q, QuerySet

from oltreiperimetri.reminders.channels import channel_of
from oltreiperimetri.reminders.kinds import Recipient

# What the board filters and groups by; each path says where it finds them.
DIMENSIONS = ("town", "cohort", "firm")


@dataclass(frozen=True)
class Beside:
    """Somebody else who is asked at some checkpoints whether it goes on: the host firm, the mentor.

    `months`: at which checkpoints. `contacts`: whom to ask. `label`: who they are ("The firm"). `question`: a sentence
    with `%(subject)s`. `asks_contract`: whether the kind of contract is asked too. `person_says`: what the person's
    answer says about the same thing; None when it says nothing.
    """

    label: str
    question: str
    contacts: Callable[[models.Model], list[Recipient]]
    person_says: Callable[[models.Model], bool | None]
    months: tuple[int, ...] = ()
    asks_contract: bool = False


@dataclass(frozen=True)
class Path:
    """What this app must know about the subjects of a plan, which it cannot see.

    `offsets_months`: checkpoints, counted from the plan's anchor. `contact`: whom to ask (None or no e-mail: the owner
    gets a task). `owner`: who follows the subject (None, absent or inactive: caseworkers of the town, else coordinators).
    `town`: ISTAT code. `is_open`: whether asking still makes sense. `visible_to`: the plans a user may see.
    `related`: lookups from the plan for select_related, so that `subject_label`, `contact` and `owner` need no query;
    `town_lookup`, `cohort_lookup`, `firm_lookup`: lookups from the plan to a row with a `name`, to filter and group by.
    `subject_url`: the staff page. `had_firm`: whether "the same firm?" makes sense. `beside`: who else is asked.
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
    cohort_lookup: str = ""
    firm_lookup: str = ""
    subject_url: Callable[[models.Model], str] | None = None
    had_firm: bool = True
    beside: Beside | None = None

    def lookup(self, dimension: str) -> str:
        return getattr(self, f"{dimension}_lookup")


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


def paths_with(dimension: str) -> list[Path]:
    return [path for path in REGISTRY.values() if path.lookup(dimension)]


def within(checkpoints: QuerySet, dimension: str, pk) -> QuerySet:
    """The checkpoints of one town, cohort or firm, whatever their path."""
    reach = Q(pk__in=[])
    for path in paths_with(dimension):
        reach |= Q(plan__path=path.code, **{f"plan__{path.lookup(dimension)}": pk})
    return checkpoints.filter(reach)


def name_of(plan, dimension: str) -> str:
    """The name of the plan's town, cohort or firm; empty when it has none. No query when `related` reaches there."""
    row = plan
    for step in get(plan.path).lookup(dimension).split("__"):
        try:
            row = getattr(row, step, None) if step else None
        except ObjectDoesNotExist:
            return ""
    return str(row.name) if row else ""
