"""The half-year sheet: one table per area, and the same as a file."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.documents import exports
from oltreiperimetri.shared.models import Municipality

from .. import desks
from ..half_year import HIDDEN, lines_of, recent

AREAS = {
    "work": gettext_lazy("Work"),
    "savings": gettext_lazy("Savings and debts"),
    "housing": gettext_lazy("Housing"),
    "family": gettext_lazy("Families"),
    "enterprise": gettext_lazy("New enterprises"),
    "places": gettext_lazy("Desks and #Op cafè"),
}
INDICATORS = {
    "people": gettext_lazy("People met"),
    "applications": gettext_lazy("Applications received"),
    "admitted": gettext_lazy("People admitted"),
    "consultations": gettext_lazy("Consultations"),
    "cafe_accesses": gettext_lazy("Accesses to the #Op cafè"),
    "desk_visits": gettext_lazy("Visits to the desk"),
    "calls": gettext_lazy("Phone calls"),
    "referrals": gettext_lazy("People sent to other services"),
    "groups": gettext_lazy("Groups"),
    "sessions": gettext_lazy("Group meetings"),
    "traineeships": gettext_lazy("Traineeships started"),
    "hires": gettext_lazy("People at work"),
    "evenings": gettext_lazy("Themed evenings"),
    "participants": gettext_lazy("People at the evenings"),
    "ideas": gettext_lazy("Ideas"),
    "needs": gettext_lazy("Needs of firms"),
    "firms": gettext_lazy("Accredited partners"),
    "slots": gettext_lazy("Slots offered"),
}


@staff_required
@require_safe
def reports(request):
    choices = recent(timezone.localdate())
    period = next((half for half in choices if half.code == request.GET.get("semestre")), choices[0])
    towns = list(Municipality.objects.in_programme())
    lines = lines_of(desks.report_rows(period.start, period.end), [town.pk for town in towns])
    rows = [
        (line.area, AREAS.get(line.area, line.area), INDICATORS.get(line.indicator, line.indicator), line) for line in lines
    ]
    rows.sort(key=lambda row: list(AREAS).index(row[0]) if row[0] in AREAS else len(AREAS))
    if request.GET.get("formato"):
        return as_table(request, period, towns, rows)
    context = {
        "period": period,
        "choices": choices,
        "towns": towns,
        "rows": [
            {
                "area": area,
                "indicator": indicator,
                "cells": [line.towns[town.pk] for town in towns],
                "whole": line.whole,
            }
            for _code, area, indicator, line in rows
        ],
        "is_running": period.end >= timezone.localdate(),
    }
    return render(request, "portal/reports/half_year.html", context)


def as_table(request, period, towns, rows):
    headers = [_("Action"), _("Indicator"), *[town.name for town in towns], _("Whole area")]
    lines = [
        [area, indicator, *[cell(line.towns[town.pk]) for town in towns], cell(line.whole)]
        for _code, area, indicator, line in rows
    ]
    return exports.table_response(request, f"scheda-{period.code}", headers, lines)


def cell(value: int | None):
    return _("under 5 or hidden") if value is HIDDEN else value
