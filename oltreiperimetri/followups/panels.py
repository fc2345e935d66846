"""A plan as a section of somebody's page; the upper app that knows the person calls it."""

from datetime import date

from django.utils.translation import gettext as _

from oltreiperimetri.shared.desk import Panel

from .models import Checkpoint, FollowUpPlan


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
