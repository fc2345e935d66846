"""Follow-up for the office: the board, its lists and figures."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.documents.exports import table_response
from oltreiperimetri.followups import charts, exports
from oltreiperimetri.followups.domain import queries
from oltreiperimetri.followups.forms.board import GROUP_LABELS, BoardFilter
from oltreiperimetri.followups.models import Checkpoint

ROWS_IN_A_COLUMN = 6
LOOKS = {
    "coming": ("it-calendar", gettext_lazy("Nothing in the next thirty days.")),
    "waiting": ("it-clock", gettext_lazy("Nobody is being waited for.")),
    "to_call": ("it-telephone", gettext_lazy("Nobody to call.")),
    "overdue": ("it-warning-circle", gettext_lazy("Nobody: well done.")),
}


@staff_required
@require_safe
def board(request):
    today = timezone.localdate()
    visible = Checkpoint.objects.visible_to(request.user)
    filters = BoardFilter(request.GET, checkpoints=visible)
    checkpoints = filters.apply(visible)
    if request.GET.get("formato"):
        return export(request, checkpoints, filters, today)
    group = filters.value("stato")
    counts = queries.group_counts(checkpoints.asked(), today)
    months, distances, rates = figures(request, checkpoints, filters, today)
    context = {
        "filters": filters,
        "group": group,
        "columns": [] if group else [column(checkpoints, key, label, counts, today) for key, label in GROUP_LABELS],
        "count": sum(counts.values()),
        "chart": charts.chart(rates),
        "months": months,
        "distances": distances,
        "today": today,
        "active": filters.active(request.GET),
    }
    if group:
        rows = queries.in_group(checkpoints, group, today).with_subjects()
        context["page_obj"] = Paginator(rows, 25).get_page(request.GET.get("page"))
        context["count"] = context["page_obj"].paginator.count
    return render(request, "portal/monitoring/board.html", context)


def figures(request, checkpoints, filters, today) -> tuple:
    """(distance shown or None, distances to choose from, rates): of everybody at each distance, or by group at one."""
    rates = queries.outcome_rates(checkpoints, today)
    dimension, distances = filters.value("per"), [rate.months for rate in rates]
    if not dimension or not distances:
        return None, [], rates
    asked_for = request.GET.get("mesi", "")
    months = next((distance for distance in distances if str(distance) == asked_for), distances[0])
    return months, distances, queries.outcome_rates_by(checkpoints, dimension, months, today)


def column(checkpoints, key, label, counts, today) -> dict:
    rows = queries.in_group(checkpoints, key, today).with_subjects()[:ROWS_IN_A_COLUMN] if counts[key] else []
    icon, empty = LOOKS[key]
    return {"key": key, "label": label, "count": counts[key], "rows": list(rows), "icon": icon, "empty": empty}


def export(request, checkpoints, filters, today):
    """The figures with `?cosa=figure`; else the column shown, or without one every checkpoint, decided ones too."""
    if request.GET.get("cosa") == "figure":
        rates = figures(request, checkpoints, filters, today)[2]
        return table_response(request, "monitoraggio-figure", exports.FIGURES, exports.figures(rates))
    group = filters.value("stato")
    rows = queries.in_group(checkpoints, group, today) if group else checkpoints.order_by("due_on", "pk")
    return table_response(request, "monitoraggio", exports.HEADERS, exports.rows(rows))
