"""What happens after a traineeship: asked 1, 3, 6 and 12 months from its last day."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from beneficiaries.access import people_visible_to
from oltreiperimetri.followups import paths

from .domain.queries import caseworker_of
from .domain.rules import TRAINEESHIP_RULES
from .domain.traineeship import PATH
from .emails import person_recipient
from .models import LIVE


def contact(plan):
    return person_recipient(plan.traineeship.person)


def owner(plan):
    return caseworker_of(plan.traineeship.person)


def town(plan) -> str | None:
    return plan.traineeship.person.municipality_id


def is_open(plan) -> bool:
    return plan.traineeship.state in LIVE


def visible_to(plans: QuerySet, user) -> QuerySet:
    if user.is_authenticated and user.is_staff_member and user.sees_all_towns:
        return plans
    return plans.filter(traineeship__person__in=people_visible_to(user))


def subject_label(plan) -> str:
    return plan.traineeship.person.full_name


def audit_subject(plan):
    return plan.traineeship.person.audit_key


def subject_url(plan) -> str:
    return reverse("orafo:traineeship", args=[plan.traineeship.pk])


def register() -> None:
    paths.register(
        paths.Path(
            code=PATH,
            label=_("After the traineeship"),
            contact=contact,
            owner=owner,
            town=town,
            is_open=is_open,
            visible_to=visible_to,
            subject_label=subject_label,
            audit_subject=audit_subject,
            offsets_months=TRAINEESHIP_RULES[-1]["follow_up_months"],
            related=("traineeship__person__municipality",),
            town_lookup="traineeship__person__municipality",
            subject_url=subject_url,
        )
    )
