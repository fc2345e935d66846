"""Follow-up for the office: the board, its list and figures, and one checkpoint."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.audit.trail import record_read, state_changes
from oltreiperimetri.documents.exports import table_response
from oltreiperimetri.followups import charts, exports, paths
from oltreiperimetri.followups.domain import answer as verbs
from oltreiperimetri.followups.domain import queries
from oltreiperimetri.followups.forms.board import GROUP_LABELS, BoardFilter
from oltreiperimetri.followups.forms.checkpoint import AttemptForm, ClosingForm, OfficeAnswerForm
from oltreiperimetri.followups.models import Checkpoint
from oltreiperimetri.reminders.models import Message, Reminder
from oltreiperimetri.shared.errors import DomainError

ROWS_IN_A_COLUMN = 6
LOOKS = {
    "coming": ("it-calendar", gettext_lazy("Nothing in the next thirty days.")),
    "waiting": ("it-clock", gettext_lazy("Nobody is being waited for.")),
    "to_call": ("it-telephone", gettext_lazy("Nobody to call.")),
    "overdue": ("it-warning-circle", gettext_lazy("Nobody: well done.")),
}
ADDRESSES = {
    "answer": "portal:checkpoint_answer",
    "attempt": "portal:checkpoint_attempt",
    "closing": "portal:checkpoint_close",
}


@staff_required
@require_safe
def board(request):
    today = timezone.localdate()
    filters = BoardFilter(request.GET)
    checkpoints = filters.apply(Checkpoint.objects.visible_to(request.user))
    asked = checkpoints.asked()
    if request.GET.get("formato"):
        return export(request, checkpoints, filters, today)
    group = filters.value("stato")
    counts = queries.group_counts(asked, today)
    context = {
        "filters": filters,
        "group": group,
        "columns": [] if group else [column(checkpoints, key, label, counts, today) for key, label in GROUP_LABELS],
        "count": sum(counts.values()),
        "chart": charts.chart(queries.outcome_rates(checkpoints, today)),
        "today": today,
        "active": filters.active(request.GET),
    }
    if group:
        rows = queries.in_group(checkpoints, group, today).with_subjects()
        context["page_obj"] = Paginator(rows, 25).get_page(request.GET.get("page"))
        context["count"] = context["page_obj"].paginator.count
    return render(request, "portal/monitoring/board.html", context)


def column(checkpoints, key, label, counts, today) -> dict:
    rows = queries.in_group(checkpoints, key, today).with_subjects()[:ROWS_IN_A_COLUMN] if counts[key] else []
    icon, empty = LOOKS[key]
    return {"key": key, "label": label, "count": counts[key], "rows": list(rows), "icon": icon, "empty": empty}


def export(request, checkpoints, filters, today):
    """The column shown, or without one every checkpoint, decided ones too."""
    group = filters.value("stato")
    rows = queries.in_group(checkpoints, group, today) if group else checkpoints.order_by("due_on", "pk")
    return table_response(request, "monitoraggio", exports.HEADERS, exports.rows(rows))


def find(request, pk) -> Checkpoint:
    return get_object_or_404(Checkpoint.objects.visible_to(request.user).with_subjects(), pk=pk)


@staff_required
@require_safe
def checkpoint(request, pk):
    found = find(request, pk)
    record_read(found, by=request.user)
    return show(request, found)


def show(request, found: Checkpoint, *, status: int = 200, **bound_forms):
    path, states = paths.get(found.plan.path), dict(Checkpoint.State.choices)
    context = {
        "checkpoint": found,
        "answer": getattr(found, "answer", None),
        "subject_url": path.subject_url(found.plan) if path.subject_url else "",
        "siblings": found.plan.checkpoints.order_by("months"),
        "reminders": Reminder.objects.about(found).order_by("due_at", "pk"),
        "letters": Message.objects.about(found).order_by("-queued_at", "-pk"),
        "attempts": found.attempts.select_related("by"),
        "history": [(change, states.get(change.to_state, "")) for change in state_changes(found)],
        "has_address": bool((contact := paths.contact_of(found.plan)) and contact.email),
        "may_give_up": found.may_be_given_up_on(timezone.localdate()),
        "facts": facts_of(found),
        "trail": [(_("Follow-up"), reverse("portal:monitoring")), (found.plan.subject_label, "")],
        "answer_form": OfficeAnswerForm(prefix="answer"),
        "attempt_form": AttemptForm(prefix="attempt"),
        "closing_form": ClosingForm(prefix="closing"),
        **bound_forms,
    }
    for name in ("answer", "attempt", "closing"):
        context[f"{name}_form"].helper.form_action = reverse(ADDRESSES[name], kwargs={"pk": found.pk})
    return render(request, "portal/monitoring/checkpoint.html", context, status=status)


def facts_of(found: Checkpoint) -> list[tuple]:
    """The answer as terms and values; empty without one."""
    given = getattr(found, "answer", None)
    if given is None:
        return []
    call = _("yes") if given.wants_call else _("no")
    if given.called_back_at:
        call = _("yes, called on %(day)s") % {"day": date_format(timezone.localtime(given.called_back_at), "j F Y")}
    same_firm = {True: _("yes"), False: _("no"), None: ""}[given.same_firm]
    facts = [
        (_("Situation"), given.get_situation_display()),
        (_("Contract"), given.get_contract_kind_display() if given.contract_kind else ""),
        (_("Same firm"), same_firm),
        (_("Usefulness, 1 to 5"), given.usefulness or ""),
        (_("Wants a call"), call),
        (_("Anything else"), given.note),
        (_("Answered at"), date_format(timezone.localtime(given.answered_at), "j F Y, H:i")),
        (_("How"), given.get_channel_display()),
        (_("Recorded by"), str(given.by or "")),
    ]
    return [fact for fact in facts if fact[1] != ""]


def act(request, pk, form_name: str, form_class, verb, *, done: str):
    """Find, validate, one domain call, message, redirect; a refusal stands where it was typed."""
    found = find(request, pk)
    form = form_class(request.POST, prefix=form_name)
    if form.is_valid():
        try:
            verb(found, form.cleaned_data)
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, done)
            return redirect("portal:checkpoint", pk=pk)
    return show(request, find(request, pk), status=422, **{f"{form_name}_form": form})


@staff_required
@require_POST
def record_answer(request, pk):
    def verb(found, data):
        verbs.answer(found, data, channel=data["channel"], by=request.user, now=timezone.now())

    return act(
        request, pk, "answer", OfficeAnswerForm, verb, done=_("The answer is recorded: no more messages will be sent.")
    )


@staff_required
@require_POST
def record_attempt(request, pk):
    def verb(found, data):
        verbs.log_attempt(found, channel=data["channel"], note=data["note"], by=request.user, now=timezone.now())

    return act(request, pk, "attempt", AttemptForm, verb, done=_("The attempt is noted."))


@staff_required
@require_POST
def close_without_answer(request, pk):
    closings = {
        ClosingForm.UNREACHABLE: verbs.mark_unreachable,
        ClosingForm.REFUSED: verbs.mark_refused,
        ClosingForm.WAIVED: verbs.waive,
    }

    def verb(found, data):
        closings[data["outcome"]](found, by=request.user, now=timezone.now(), note=data["note"])

    return act(request, pk, "closing", ClosingForm, verb, done=_("Closed: no more messages will be sent."))


@staff_required
@require_POST
def send_again(request, pk):
    return act_at_once(request, pk, verbs.send_again, _("A new link is on its way."))


@staff_required
@require_POST
def called_back(request, pk):
    return act_at_once(request, pk, verbs.note_call_back, _("Noted: the call was made."))


def act_at_once(request, pk, verb, done: str):
    found = find(request, pk)
    try:
        verb(found, by=request.user, now=timezone.now())
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, done)
    return redirect("portal:checkpoint", pk=pk)
