"""What happens after a traineeship, or after a group without one: asked some months from the last day."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from beneficiaries.access import people_visible_to
from beneficiaries.domain.staff import caseworker_of
from beneficiaries.emails_appointments import person_recipient
from oltreiperimetri.followups import paths

from .domain.aftermath import NO_TRAINEESHIP
from .domain.rules import TRAINEESHIP_RULES
from .domain.traineeship import PATH
from .emails import firm_recipients
from .models import LIVE

RULES = TRAINEESHIP_RULES[-1]
HOST_MONTHS = (3, 12)


def register() -> None:
    paths.register(
        path_of_person(
            PATH,
            _("After the traineeship"),
            "traineeship",
            offsets_months=RULES["follow_up_months"],
            is_open=lambda plan: plan.traineeship.state in LIVE,
            related=("traineeship__person__municipality", "traineeship__organisation", "traineeship__membership__cohort"),
            cohort_lookup="traineeship__membership__cohort",
            firm_lookup="traineeship__organisation",
            subject_url=lambda plan: reverse("orafo:traineeship", args=[plan.traineeship.pk]),
            beside=paths.Beside(
                label=_("The firm"),
                question=_("Does %(subject)s still work with you?"),
                contacts=lambda plan: firm_recipients(plan.traineeship.organisation),
                person_says=works_there,
                months=HOST_MONTHS,
                asks_contract=True,
            ),
        )
    )
    paths.register(
        path_of_person(
            NO_TRAINEESHIP,
            _("After the group, without a traineeship"),
            "membership",
            offsets_months=RULES["exit_follow_up_months"],
            is_open=lambda plan: not plan.membership.person.traineeships.live().exists(),
            related=("membership__person__municipality", "membership__cohort"),
            cohort_lookup="membership__cohort",
            subject_url=lambda plan: reverse("orafo:membership", args=[plan.membership.pk]),
            had_firm=False,
        )
    )


def path_of_person(code: str, label: str, row: str, **rest) -> paths.Path:
    """A path whose plan belongs to a `row` (traineeship, membership) with a person."""

    def person(plan):
        return getattr(plan, row).person

    def visible_to(plans: QuerySet, user) -> QuerySet:
        if user.is_authenticated and user.is_staff_member and user.sees_all_towns:
            return plans
        return plans.filter(**{f"{row}__person__in": people_visible_to(user)})

    return paths.Path(
        code=code,
        label=label,
        contact=lambda plan: person_recipient(person(plan)),
        owner=lambda plan: caseworker_of(person(plan)),
        town=lambda plan: person(plan).municipality_id,
        visible_to=visible_to,
        subject_label=lambda plan: person(plan).full_name,
        audit_subject=lambda plan: person(plan).audit_key,
        town_lookup=f"{row}__person__municipality",
        **rest,
    )


def works_there(answer) -> bool | None:
    """What the person's answer says about working for the host; None when it does not say which firm."""
    if answer.situation != "employed":
        return False
    return answer.same_firm
