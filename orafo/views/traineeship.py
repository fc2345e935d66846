"""Traineeships to read: the list, one with all that belongs to it, its plan on paper, and what its host sees."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.accounts.gates import role_required, staff_required
from oltreiperimetri.audit.trail import record_read
from oltreiperimetri.documents import exports, pdf
from oltreiperimetri.followups.panels import plan_panel
from oltreiperimetri.shared.dates import inclusive_days

from .. import access
from ..conditions import Where, condition_of
from ..domain.cautions import cautions
from ..domain.placement import problems
from ..enums import NEEDED_TO_AGREE, ReadyItem
from ..forms.traineeship_steps import TickForm, TraineeshipFilters
from ..models import Traineeship
from .here import events, page_of

State = Traineeship.State


def find(request, pk) -> Traineeship:
    rows = Traineeship.objects.visible_to(request.user).with_names()
    return get_object_or_404(rows.select_related("plan", "slot", "promoter", "promoter_tutor"), pk=pk)


@staff_required
@require_safe
def traineeships(request):
    today = timezone.localdate()
    filters = TraineeshipFilters(request.GET, cohorts=access.cohorts_visible_to(request.user))
    rows = filters.rows(Traineeship.objects.visible_to(request.user).with_names(), today=today)
    rows = rows.order_by("-starts_on", "-pk")
    if "formato" in request.GET:
        return as_table(request, rows, today)
    context = {
        "filters": filters,
        "active": filters.active(request.GET),
        "page_obj": page_of(request, rows),
        "today": today,
    }
    return render(request, "orafo/traineeship/list.html", context)


def as_table(request, rows, today):
    headers = [
        _("Person"),
        _("Group"),
        _("Host"),
        _("Municipality"),
        _("First day"),
        _("Last day"),
        _("Hours a week"),
        _("Monthly allowance"),
        _("State"),
        _("How it ended"),
    ]
    lines = (
        [
            row.person.full_name,
            row.membership.cohort.name if row.membership else "",
            row.organisation.name,
            row.site.municipality.name,
            row.starts_on,
            row.effective_end,
            row.weekly_hours,
            row.monthly_allowance,
            condition_of(row, today).label,
            row.get_outcome_display(),
        ]
        for row in rows
    )
    return exports.table_response(request, "tirocini", headers, lines)


@staff_required
@require_safe
def traineeship(request, pk):
    found = find(request, pk)
    record_read(found, by=request.user)
    return show(request, found)


def show(request, found: Traineeship, *, tick_form=None):
    today = timezone.localdate()
    condition = condition_of(found, today)
    items = checklist(found, tick_form, today=today)
    missing = [row["label"] for row in items if not row["tick"]]
    needed = [row["label"] for row in items if row["is_needed"] and not row["tick"]]
    context = {
        "traineeship": found,
        "person": found.person,
        "condition": condition,
        "items": items,
        "missing": missing,
        "needed": needed,
        "problems": problems(found) if found.state == State.DRAFT else [],
        "cautions": cautions(found) if found.state != State.VOID else [],
        "plan_panel": plan_panel(found.plan, request.user, today) if found.plan else None,
        "history": events(found),
        "day_number": inclusive_days(found.starts_on, today) if condition.code == Where.RUNNING else None,
        "days": inclusive_days(found.starts_on, found.effective_end),
        "today": today,
    }
    is_wrong = tick_form is not None and tick_form.is_bound
    return render(request, "orafo/traineeship/detail.html", context, status=422 if is_wrong else 200)


def checklist(found: Traineeship, wrong_form, *, today) -> list[dict]:
    """Each item with its tick, or with the form to tick it."""
    ticks = {tick.item: tick for tick in found.ticks.select_related("noted_by")}
    may_change = found.state in (State.DRAFT, State.AGREED)
    wrong_item = wrong_form.data.get(wrong_form.add_prefix("item")) if wrong_form else None
    return [
        {
            "item": item.value,
            "label": item.label,
            "tick": ticks.get(item),
            "is_needed": item in NEEDED_TO_AGREE,
            "may_tick": may_change and item not in ticks,
            "may_untick": may_change and not (found.state == State.AGREED and item in NEEDED_TO_AGREE),
            "form": wrong_form
            if item == wrong_item
            else TickForm(initial={"item": item.value}, today=today, auto_id=f"id_{item}_%s"),
        }
        for item in ReadyItem
    ]


@staff_required
@require_safe
def plan_on_paper(request, pk):
    """The training plan to print, read and sign together; the official one stays on the regional portal."""
    found = find(request, pk)
    record_read(found, by=request.user, action="download")
    context = {"traineeship": found, "slot": found.slot, "person": found.person, "today": timezone.localdate()}
    return pdf.response("orafo/traineeship/plan.html", context, filename=f"progetto-formativo-{found.pk}")


@role_required(Role.FIRM_CONTACT)
@require_safe
def trainee(request, pk):
    """What a host may see of somebody who works there: the name, the days, who follows them."""
    rows = access.own_trainees(request.user).with_names().select_related("slot", "promoter", "promoter_tutor")
    found = get_object_or_404(rows, pk=pk)
    record_read(found, by=request.user)
    today = timezone.localdate()
    context = {"traineeship": found, "condition": condition_of(found, today), "today": today}
    return render(request, "orafo/traineeship/trainee.html", context)
