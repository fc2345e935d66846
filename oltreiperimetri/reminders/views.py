"""/messaggi/: everything planned, sent, not sent and why; what will leave next. Coordinators and administrators."""

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_POST, require_safe

from oltreiperimetri.accounts.enums import ALL_TOWNS_ROLES
from oltreiperimetri.accounts.gates import role_required
from oltreiperimetri.shared.acting import carried_out

from . import acts, engine, kinds, queries
from .forms import VIEWS, MessageFilter
from .models import ForecastLine, Message, Reminder


@role_required(*ALL_TOWNS_ROLES)
@require_safe
def messages(request):
    return render(request, "reminders/messages.html", listing(request, may_act=True))


def listing(request, *, may_act: bool, person_key=queries.ANYBODY) -> dict:
    """What a list of steps and messages shows, of everybody or of one person."""
    filters = MessageFilter(request.GET)
    view = filters.value("vista", "planned")
    rows = queries.rows(view, kind=filters.value("tipo"), address=filters.value("indirizzo"), person_key=person_key)
    counts = queries.counts(person_key=person_key)
    labels = kinds.labels()
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    for row in page.object_list:
        row.kind_label = labels.get(kind_of(row), "")
        row.page = page_of(row)
    return {
        "filters": filters,
        "view": view,
        "active": filters.active(request.GET),
        "reset_url": f"?vista={view}",
        "views": [(key, label, counts[key]) for key, label in VIEWS],
        "shows_reminders": view in queries.REMINDER_VIEWS,
        "page_obj": page,
        "may_act": may_act,
        "chosen_kind": kinds.get(filters.value("tipo")),
    }


def page_of(row) -> str:
    kind = None if isinstance(row, Message) else kinds.get(row.kind)
    return kind.page(row.subject_id) if kind and kind.page else ""


def kind_of(row) -> str:
    if isinstance(row, Message):
        return row.reminder.kind if row.reminder else ""
    return row.kind


@role_required(*ALL_TOWNS_ROLES)
@require_safe
def forecast(request):
    """Who gets what in the next two weeks, and why; held steps first."""
    lines = ForecastLine.objects.filter(reminder__state=Reminder.State.PLANNED, reminder__held_at=None)
    page = Paginator(lines.select_related("reminder"), 50).get_page(request.GET.get("page"))
    held = Reminder.objects.filter(state=Reminder.State.PLANNED).exclude(held_at=None).order_by("due_at", "pk")
    labels = kinds.labels()
    for line in page.object_list:
        line.kind_label = labels.get(line.reminder.kind, line.reminder.kind)
        line.page = page_of(line.reminder)
    held = list(held[:50])
    for row in held:
        row.kind_label, row.page = labels.get(row.kind, row.kind), page_of(row)
    newest = ForecastLine.objects.order_by("-foreseen_at").first()
    context = {"page_obj": page, "held": held, "foreseen_at": newest and newest.foreseen_at}
    return render(request, "reminders/forecast.html", context)


@role_required(*ALL_TOWNS_ROLES)
@require_POST
def foresee(request):
    engine.foresee(now=timezone.now())
    notices.success(request, _("The forecast is up to date."))
    return redirect("reminders:forecast")


ACTS_ON_STEPS = {
    "tieni": (acts.hold, _l("The step waits until somebody lets it go.")),
    "lascia": (acts.let_go, _l("The step will leave when it is due.")),
    "subito": (acts.send_now, _l("It is leaving now.")),
}


@role_required(*ALL_TOWNS_ROLES)
@require_POST
def act_on_step(request, pk, act):
    """Hold a step, let it go, or send it now."""
    if act not in ACTS_ON_STEPS:
        raise Http404
    verb, done = ACTS_ON_STEPS[act]
    return carry_out(request, verb, get_object_or_404(Reminder, pk=pk), done, "reminders:forecast")


ACTS_ON_MESSAGES = {
    "riprova": (acts.try_again, _l("The message is leaving again.")),
    "ferma": (acts.abort, _l("The message is stopped.")),
}


@role_required(*ALL_TOWNS_ROLES)
@require_POST
def act_on_message(request, pk, act):
    """Try a failed message again, or stop one that has not left."""
    if act not in ACTS_ON_MESSAGES:
        raise Http404
    verb, done = ACTS_ON_MESSAGES[act]
    return carry_out(request, verb, get_object_or_404(Message, pk=pk), done, "reminders:messages")


def carry_out(request, verb, obj, done, target: str):
    """`da=stato`: the button stood on the page of the lights, and there one returns."""
    carried_out(request, verb, obj, thanks=done)
    return redirect("portal:status" if request.POST.get("da") == "stato" else target)
