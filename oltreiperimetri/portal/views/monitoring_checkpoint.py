"""One checkpoint for the office: the answers, what was tried, and every act on it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.audit.trail import record_read, state_changes
from oltreiperimetri.followups import paths
from oltreiperimetri.followups.domain import answer as verbs
from oltreiperimetri.followups.domain import plan as plan_verbs
from oltreiperimetri.followups.domain import witness as witness_verbs
from oltreiperimetri.followups.domain.queries import answer_before
from oltreiperimetri.followups.forms.answer import initial_from
from oltreiperimetri.followups.forms.checkpoint import AttemptForm, ClosingForm, OfficeAnswerForm
from oltreiperimetri.followups.forms.plan import MoveForm
from oltreiperimetri.followups.forms.witness import LeaveOutForm, OfficeWitnessForm
from oltreiperimetri.followups.models import Checkpoint, Witness
from oltreiperimetri.reminders.models import Message, Reminder
from oltreiperimetri.shared.acting import carried_out
from oltreiperimetri.shared.errors import DomainError

from .monitoring_facts import facts_of, versions_of, witness_facts

ADDRESSES = {
    "answer": "portal:checkpoint_answer",
    "attempt": "portal:checkpoint_attempt",
    "closing": "portal:checkpoint_close",
    "move": "portal:checkpoint_move",
    "witness": "portal:checkpoint_witness",
    "leave_out": "portal:checkpoint_leave_out",
}


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
    answer, witness = getattr(found, "answer", None), getattr(found, "witness", None)
    context = {
        "checkpoint": found,
        "answer": answer,
        "witness": witness,
        "witness_facts": witness_facts(witness),
        "subject_url": path.subject_url(found.plan) if path.subject_url else "",
        "siblings": found.plan.checkpoints.order_by("due_on", "pk"),
        "reminders": reminders_of(found, witness),
        "letters": Message.objects.about(found).order_by("-queued_at", "-pk"),
        "attempts": found.attempts.select_related("by"),
        "history": [(change, states.get(change.to_state, "")) for change in state_changes(found)],
        "has_address": bool((contact := paths.contact_of(found.plan)) and contact.email),
        "may_give_up": found.may_be_given_up_on(timezone.localdate()),
        "attempts_missing": verbs.attempts_missing(found),
        "facts": facts_of(answer),
        "versions": versions_of(answer),
        "trail": [(_("Follow-up"), reverse("portal:monitoring")), (found.plan.subject_label, "")],
        **forms_of(found, path, answer, witness),
        **bound_forms,
    }
    for name, address in ADDRESSES.items():
        if context.get(f"{name}_form"):
            context[f"{name}_form"].helper.form_action = reverse(address, kwargs={"pk": found.pk})
    return render(request, "portal/monitoring/checkpoint.html", context, status=status)


def forms_of(found: Checkpoint, path: paths.Path, answer, witness) -> dict:
    initial = initial_from(answer, whole=True) if answer else initial_from(answer_before(found))
    submit = {"submit": _("Correct the answer")} if answer else {}
    return {
        "answer_form": OfficeAnswerForm(prefix="answer", initial=initial, had_firm=path.had_firm, **submit),
        "attempt_form": AttemptForm(prefix="attempt"),
        "closing_form": ClosingForm(prefix="closing"),
        "move_form": MoveForm(prefix="move", initial={"due_on": found.due_on}),
        "witness_form": OfficeWitnessForm(prefix="witness", witness=witness) if witness else None,
        "leave_out_form": LeaveOutForm(prefix="leave_out") if witness else None,
    }


def reminders_of(found: Checkpoint, witness: Witness | None) -> list[Reminder]:
    rows = list(Reminder.objects.about(found))
    rows += Reminder.objects.about(witness) if witness else []
    return sorted(rows, key=lambda row: (row.due_at, row.pk))


def act(request, pk, form_name: str, make_form, verb, *, done: str):
    """Find, validate, one domain call, message, redirect; a refusal stands where it was typed.

    `make_form(found, data, prefix=...)` gives the bound form.
    """
    found = find(request, pk)
    form = make_form(found, request.POST, prefix=form_name)
    if form.is_valid():
        try:
            verb(found, form.cleaned_data)
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, done)
            return redirect("portal:checkpoint", pk=pk)
    return show(request, find(request, pk), status=422, **{f"{form_name}_form": form})


def plain(form_class):
    return lambda found, *args, **kwargs: form_class(*args, **kwargs)


@staff_required
@require_POST
def record_answer(request, pk):
    """The answer that came another way, or the right values in place of one that is in."""

    def make_form(found, *args, **kwargs):
        return OfficeAnswerForm(*args, had_firm=paths.get(found.plan.path).had_firm, **kwargs)

    def verb(found, data):
        given, how = getattr(found, "answer", None), {"channel": data["channel"], "by": request.user, "now": timezone.now()}
        verbs.correct(given, data, **how) if given else verbs.answer(found, data, **how)

    return act(request, pk, "answer", make_form, verb, done=_("The answer is recorded: no more messages will be sent."))


@staff_required
@require_POST
def record_attempt(request, pk):
    def verb(found, data):
        verbs.log_attempt(found, channel=data["channel"], note=data["note"], by=request.user, now=timezone.now())

    return act(request, pk, "attempt", plain(AttemptForm), verb, done=_("The attempt is noted."))


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

    return act(request, pk, "closing", plain(ClosingForm), verb, done=_("Closed: no more messages will be sent."))


@staff_required
@require_POST
def move_checkpoint(request, pk):
    def verb(found, data):
        plan_verbs.move_checkpoint(found, data["due_on"], by=request.user, now=timezone.now())

    return act(request, pk, "move", plain(MoveForm), verb, done=_("Moved: the messages not yet sent move with it."))


def witness_or_404(found: Checkpoint) -> Witness:
    witness = getattr(found, "witness", None)
    if witness is None:
        raise Http404
    witness.checkpoint = found
    return witness


@staff_required
@require_POST
def record_witness(request, pk):
    def make_form(found, *args, **kwargs):
        return OfficeWitnessForm(*args, witness=witness_or_404(found), **kwargs)

    def verb(found, data):
        witness_verbs.testify(found.witness, data, channel=data["channel"], by=request.user, now=timezone.now())

    return act(request, pk, "witness", make_form, verb, done=_("Recorded: they will not be asked again."))


@staff_required
@require_POST
def leave_out(request, pk):
    def make_form(found, *args, **kwargs):
        witness_or_404(found)
        return LeaveOutForm(*args, **kwargs)

    def verb(found, data):
        witness_verbs.leave_out(found.witness, by=request.user, now=timezone.now(), note=data["note"])

    return act(request, pk, "leave_out", make_form, verb, done=_("They will not be asked."))


@staff_required
@require_safe
def witness(request, pk):
    """Where the messages to a firm or mentor lead: the page of its checkpoint."""
    visible = Witness.objects.filter(checkpoint__in=Checkpoint.objects.visible_to(request.user))
    return redirect("portal:checkpoint", pk=get_object_or_404(visible, pk=pk).checkpoint_id)


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
    carried_out(request, verb, found, thanks=done)
    return redirect("portal:checkpoint", pk=pk)
