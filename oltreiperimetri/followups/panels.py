"""A plan as a section of somebody's page; the upper app that knows the person calls it."""

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.shared.desk import Panel, Record

from .models import Answer, Checkpoint, FollowUpPlan


def plan_panel(plan: FollowUpPlan, viewer, today: date, *, order: int = 70) -> Panel:
    """The checkpoints of a plan. Staff see answers and may open each; the person sees days and states only."""
    checkpoints = list(plan.checkpoints.select_related("answer").order_by("due_on", "pk"))
    is_staff = viewer.is_staff_member
    rows = [
        {
            "checkpoint": checkpoint,
            "answer": getattr(checkpoint, "answer", None) if is_staff else None,
            "is_overdue": is_staff and checkpoint.state == Checkpoint.State.PLANNED and checkpoint.due_on < today,
        }
        for checkpoint in checkpoints
    ]
    context = {"plan": plan, "rows": rows, "links_to_pages": is_staff}
    return Panel(_("Follow-up"), "followups/plan_panel.html", context, order=order, anchor=f"monitoraggio-{plan.pk}")


def answer_records(plans: QuerySet[FollowUpPlan]) -> list[Record]:
    """What somebody answered afterwards, in the copy of their data."""
    answers = Answer.objects.filter(checkpoint__plan__in=plans).order_by("answered_at", "pk")
    names = ("answered_at", "situation", "contract_kind", "usefulness", "note")
    return [
        Record(_("My answers afterwards"), tuple((str(label(answer, name)), shown(answer, name)) for name in names))
        for answer in answers
    ]


def label(answer: Answer, name: str) -> str:
    return answer._meta.get_field(name).verbose_name


def shown(answer: Answer, name: str) -> str:
    value = getattr(answer, f"get_{name}_display", lambda: getattr(answer, name))()
    return timezone.localtime(value).strftime("%d/%m/%Y %H:%M") if name == "answered_at" else str(value or "")
