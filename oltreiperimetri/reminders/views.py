"""/messaggi/: everything planned, sent, not sent and why. Coordinators and administrators."""

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oltreiperimetri.accounts.enums import ALL_TOWNS_ROLES
from oltreiperimetri.accounts.gates import role_required
from oltreiperimetri.shared.errors import DomainError

from . import acts, kinds, queries
from .forms import VIEWS, MessageFilter
from .models import Message


@role_required(*ALL_TOWNS_ROLES)
@require_safe
def messages(request):
    filters = MessageFilter(request.GET)
    view = filters.value("vista", "planned")
    rows = queries.rows(view, kind=filters.value("tipo"), address=filters.value("indirizzo"))
    counts = queries.counts()
    labels = kinds.labels()
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    for row in page.object_list:
        row.kind_label = labels.get(kind_of(row), "")
        row.page = page_of(row)
    context = {
        "filters": filters,
        "view": view,
        "active": filters.active(request.GET),
        "reset_url": f"?vista={view}",
        "views": [(key, label, counts[key]) for key, label in VIEWS],
        "shows_reminders": view in queries.REMINDER_VIEWS,
        "page_obj": page,
    }
    return render(request, "reminders/messages.html", context)


def page_of(row) -> str:
    kind = None if isinstance(row, Message) else kinds.get(row.kind)
    return kind.page(row.subject_id) if kind and kind.page else ""


def kind_of(row) -> str:
    if isinstance(row, Message):
        return row.reminder.kind if row.reminder else ""
    return row.kind


@role_required(*ALL_TOWNS_ROLES)
@require_POST
def try_again(request, pk):
    message = get_object_or_404(Message, pk=pk)
    try:
        acts.try_again(message, by=request.user, now=timezone.now())
    except DomainError as refusal:
        notices.error(request, refusal.message)
    else:
        notices.success(request, _("The message is leaving again."))
    return redirect("reminders:messages")
