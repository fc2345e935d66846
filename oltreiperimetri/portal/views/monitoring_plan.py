"""The plan of one subject: its checkpoints, one more, stopped and opened again."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.audit.trail import record_read, state_changes
from oltreiperimetri.followups import paths
from oltreiperimetri.followups.domain import plan as verbs
from oltreiperimetri.followups.forms.plan import AddForm, PlanReasonForm
from oltreiperimetri.followups.models import FollowUpPlan
from oltreiperimetri.shared.errors import DomainError


def find(request, pk) -> FollowUpPlan:
    return get_object_or_404(FollowUpPlan.objects.visible_to(request.user).with_subjects(), pk=pk)


@staff_required
@require_safe
def plan(request, pk):
    found = find(request, pk)
    record_read(found, by=request.user)
    return show(request, found)


def show(request, found: FollowUpPlan, *, status: int = 200, **bound_forms):
    path, states = paths.get(found.path), dict(FollowUpPlan.State.choices)
    is_stopped = found.state == FollowUpPlan.State.STOPPED
    context = {
        "plan": found,
        "checkpoints": found.checkpoints.select_related("answer", "witness").order_by("due_on", "pk"),
        "beside": path.beside,
        "subject_url": path.subject_url(found) if path.subject_url else "",
        "history": [(change, states.get(change.to_state, "")) for change in state_changes(found)],
        "trail": [(_("Follow-up"), reverse("portal:monitoring")), (found.subject_label, "")],
        "is_stopped": is_stopped,
        "add_form": AddForm(prefix="add"),
        "state_form": state_form(is_stopped),
        **bound_forms,
    }
    context["add_form"].helper.form_action = reverse("portal:plan_add", kwargs={"pk": found.pk})
    context["state_form"].helper.form_action = reverse(
        "portal:plan_reopen" if is_stopped else "portal:plan_stop", kwargs={"pk": found.pk}
    )
    return render(request, "portal/monitoring/plan.html", context, status=status)


def state_form(is_stopped: bool, *args) -> PlanReasonForm:
    submit = _("Open it again") if is_stopped else _("Stop the monitoring")
    return PlanReasonForm(*args, prefix="state", submit=submit)


def act(request, found: FollowUpPlan, name: str, form, verb, *, done: str):
    """Validate, one domain call, message, redirect; a refusal stands where it was typed."""
    if form.is_valid():
        try:
            verb(form.cleaned_data)
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, done)
            return redirect("portal:follow_up_plan", pk=found.pk)
    return show(request, find(request, found.pk), status=422, **{f"{name}_form": form})


@staff_required
@require_POST
def add(request, pk):
    found = find(request, pk)

    def verb(data):
        verbs.add_checkpoint(found, data["months"], by=request.user, now=timezone.now())

    return act(request, found, "add", AddForm(request.POST, prefix="add"), verb, done=_("The checkpoint is in the plan."))


@staff_required
@require_POST
def stop(request, pk):
    found = find(request, pk)

    def verb(data):
        verbs.stop_plan(found, by=request.user, now=timezone.now(), reason=data["note"])

    return act(request, found, "state", state_form(False, request.POST), verb, done=_("Stopped: nothing more is asked."))


@staff_required
@require_POST
def reopen(request, pk):
    found = find(request, pk)

    def verb(data):
        verbs.reopen_plan(found, by=request.user, now=timezone.now(), reason=data["note"])

    return act(request, found, "state", state_form(True, request.POST), verb, done=_("Open again."))
