"""What happens after a path of the household economy: asked some months from its last day."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.followups import paths

from .access import people_visible_to
from .domain.money_rules import MONEY_RULES
from .domain.staff import caseworker_of
from .emails_appointments import person_recipient
from .enums_money import MoneyPathKind
from .models import MoneyPath

RULES = MONEY_RULES[-1]
PAGES = {MoneyPathKind.COURSE: "beneficiaries:budget", MoneyPathKind.DEBT: "beneficiaries:debts"}


def register() -> None:
    for kind, label in ((MoneyPathKind.COURSE, _("After financial education")), (MoneyPathKind.DEBT, _("After the debts"))):
        paths.register(
            paths.Path(
                code=f"finance.{kind}",
                label=label,
                offsets_months=RULES[f"{kind}_follow_up_months"],
                contact=lambda plan: person_recipient(plan.money_path.person),
                owner=lambda plan: plan.money_path.educator or caseworker_of(plan.money_path.person),
                town=lambda plan: plan.money_path.person.municipality_id,
                is_open=lambda plan: plan.money_path.state == MoneyPath.State.ENDED,
                visible_to=visible_to,
                subject_label=lambda plan: plan.money_path.person.full_name,
                audit_subject=lambda plan: plan.money_path.person.audit_key,
                related=("money_path__person__municipality", "money_path__person__user", "money_path__educator"),
                town_lookup="money_path__person__municipality",
                subject_url=lambda plan: reverse(PAGES[plan.money_path.kind], args=[plan.money_path.person_id]),
                had_firm=False,
            )
        )


def visible_to(plans: QuerySet, user) -> QuerySet:
    if user.is_authenticated and user.is_staff_member and user.sees_all_towns:
        return plans
    return plans.filter(money_path__person__in=people_visible_to(user))
