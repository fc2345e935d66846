"""One small page per step of an application: what it means, what the person reads, a note for the team."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.audit.trail import can_move
from oltreiperimetri.shared.errors import DomainError

from ..domain import application as verbs
from ..domain import queries
from ..forms import application as forms
from ..models import Application, Appointment

State = Application.State
SLUGS = {
    State.IN_REVIEW: "in-esame",
    State.INFO_REQUESTED: "informazioni",
    State.INTERVIEW: "colloquio",
    State.ADMITTED: "ammetti",
    State.WAITING_LIST: "lista-attesa",
    State.NOT_ADMITTED: "non-ammettere",
    State.WITHDRAWN: "ritira",
}
TARGETS = {slug: state for state, slug in SLUGS.items()}


def form_for(application, to, transition, data):
    today = timezone.localdate()
    common = {"application": application, "to": to, "transition": transition, "today": today}
    match to:
        case State.IN_REVIEW:
            return (forms.ReopenForm if transition.needs_reason else forms.ReviewForm)(data, **common)
        case State.INFO_REQUESTED:
            return forms.InformationForm(data, **common)
        case State.INTERVIEW:
            return forms.InterviewForm(data, **common)
        case State.WITHDRAWN:
            return forms.WithdrawalForm(data, **common)
    return forms.DecisionForm(data, against=verbs.goes_against_advice(application, to), **common)


def carry_out(application, to, facts, *, by, now):
    match to:
        case State.IN_REVIEW:
            verbs.take_in_review(application, by=by, now=now, **facts)
        case State.INFO_REQUESTED:
            verbs.request_information(application, by=by, now=now, **facts)
        case State.INTERVIEW:
            verbs.plan_interview(application, by=by, now=now, **facts)
        case State.WITHDRAWN:
            verbs.withdraw(application, by=by, now=now, **facts)
        case _decision:
            verbs.decide(application, to, by=by, now=now, **facts)


def transition_to(application, to, *, by):
    """The table's passage; a planned interview may also be planned again. None when it is not possible now."""
    if to == State.INTERVIEW == application.state:
        return Application.TRANSITIONS[State.IN_REVIEW, State.INTERVIEW]
    return application.TRANSITIONS.get((application.state, to)) if can_move(application, to, by=by) else None


@staff_required
def step(request, pk, slug):
    if slug not in TARGETS:
        raise Http404
    to = TARGETS[slug]
    application = get_object_or_404(Application.objects.visible_to(request.user).select_related("person", "owner"), pk=pk)
    transition = transition_to(application, to, by=request.user)
    if transition is None:
        messages.warning(
            request,
            _("This step is not possible now: %(number)s is “%(state)s”.")
            % {"number": application.number, "state": application.get_state_display()},
        )
        return redirect(application)
    form = form_for(application, to, transition, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            carry_out(application, to, form.facts(), by=request.user, now=timezone.now())
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, told(application))
            return redirect(application)
    screening = queries.latest_screening(application)
    context = {
        "form": form,
        "application": application,
        "person": application.person,
        "transition": transition,
        "screening": screening,
        "is_decision": to in verbs.DECISIONS,
        "against": to in verbs.DECISIONS and verbs.goes_against_advice(application, to),
        "to": to,
    }
    return render(request, "beneficiaries/applications/step.html", context)


def told(application) -> str:
    """What happened, and how the person hears of it."""
    facts = {"name": application.person.full_name, "state": application.get_state_display()}
    if application.person.email:
        return _("%(name)s: now “%(state)s”. If you wrote a message, it is leaving by e-mail.") % facts
    return (
        _("%(name)s: now “%(state)s”. There is no e-mail address: if you wrote a message, it is among the calls to make.")
        % facts
    )


@staff_required
def interview(request, pk):
    """How a planned interview went."""
    reach = Application.objects.visible_to(request.user)
    found = get_object_or_404(Appointment.objects.filter(application__in=reach).select_related("application__person"), pk=pk)
    form = forms.InterviewOutcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.close_interview(
                found, form.cleaned_data["outcome"], note=form.cleaned_data["note"], by=request.user, now=timezone.now()
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Written down. Now decide, or ask for what is missing."))
            return redirect(found.application)
    context = {"form": form, "application": found.application, "title": _("The interview"), "lead": str(found)}
    return render(request, "beneficiaries/applications/form.html", context)
