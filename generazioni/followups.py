"""What became of the chosen ideas: the authors are asked after 6, 12 and 24 months, and the mentor beside them."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.followups import paths
from oltreiperimetri.reminders.kinds import Recipient

from .domain.decision import INCUBATION
from .models import Idea

MONTHS = (6, 12, 24)


def contact(plan) -> Recipient:
    author = plan.idea.author
    return Recipient(email=author.email, name=str(author), user=author, phone=author.phone)


def mentors(plan) -> list[Recipient]:
    """Whoever walks beside the idea now, else the last who did."""
    mentoring = plan.idea.mentorings.select_related("mentor").order_by("-started_on", "-pk").first()
    if mentoring is None or not mentoring.mentor.is_active:
        return []
    return [Recipient(email=mentoring.mentor.email, name=str(mentoring.mentor), user=mentoring.mentor)]


def visible_to(plans: QuerySet, user) -> QuerySet:
    """Caseworkers call the authors of their towns; who sees all towns sees all."""
    if not user.is_authenticated or not user.is_staff_member:
        return plans.none()
    return plans if user.sees_all_towns else plans.filter(idea__municipality__in=user.municipality_codes)


def goes_on(answer) -> bool | None:
    """On one's own account the idea is at work; looking for work, it is not; anything else may be beside it."""
    return {"self_employed": True, "searching": False}.get(answer.situation)


def register() -> None:
    paths.register(
        paths.Path(
            code=INCUBATION,
            label=_("After the ideas contest"),
            contact=contact,
            owner=lambda plan: None,
            town=lambda plan: plan.idea.municipality_id,
            is_open=lambda plan: plan.idea.state == Idea.State.CHOSEN,
            visible_to=visible_to,
            subject_label=lambda plan: f"{plan.idea.title} ({plan.idea.author})",
            audit_subject=lambda plan: None,
            offsets_months=MONTHS,
            related=("idea__author", "idea__municipality"),
            town_lookup="idea__municipality",
            subject_url=lambda plan: reverse("generazioni:idea_office", args=[plan.idea.pk]),
            had_firm=False,
            beside=paths.Beside(
                label=_("The mentor"),
                question=_("Is the idea “%(subject)s” going ahead?"),
                contacts=mentors,
                person_says=goes_on,
                months=MONTHS,
            ),
        )
    )
