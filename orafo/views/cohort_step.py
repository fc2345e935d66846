"""One page per step of a group: what it means, the reason where one is due, then the act."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.audit.trail import can_move
from oltreiperimetri.shared.errors import DomainError

from ..domain import cohort as verbs
from ..domain.rules import rules_on
from ..forms.cohort import CohortStepForm
from ..models import Cohort, Membership
from .here import find_cohort

State = Cohort.State
SLUGS = {
    State.OPEN: "apri",
    State.CONFIRMED: "conferma",
    State.CLOSED: "chiudi",
    State.CANCELLED: "annulla",
}
TARGETS = {slug: state for state, slug in SLUGS.items()}


@staff_required
def step(request, pk, slug):
    if slug not in TARGETS:
        raise Http404
    to = TARGETS[slug]
    cohort = find_cohort(request, pk, to_run=True)
    if not can_move(cohort, to, by=request.user):
        messages.warning(
            request,
            _("This step is not possible now: %(name)s is “%(state)s”.")
            % {"name": cohort.name, "state": cohort.get_state_display()},
        )
        return redirect(cohort)
    transition = Cohort.TRANSITIONS[cohort.state, to]
    form = CohortStepForm(request.POST if request.method == "POST" else None, transition=transition)
    if request.method == "POST" and form.is_valid():
        try:
            carry_out(cohort, to, by=request.user, now=timezone.now(), **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            facts = {"name": cohort.name, "state": cohort.get_state_display()}
            messages.success(request, _("%(name)s: now “%(state)s”.") % facts)
            return redirect(cohort)
    context = {
        "form": form,
        "cohort": cohort,
        "title": transition.label,
        "text": meaning(cohort, to),
        "too_few": too_few(cohort) if to == State.CONFIRMED else None,
    }
    return render(request, "orafo/cohort/step.html", context)


def carry_out(cohort, to, *, by, now, note: str = ""):
    match to:
        case State.OPEN if cohort.state == State.CONFIRMED:
            verbs.reopen(cohort, by=by, now=now, note=note)
        case State.OPEN:
            verbs.open_to_people(cohort, by=by, now=now)
        case State.CONFIRMED:
            verbs.confirm(cohort, by=by, now=now)
        case State.CLOSED:
            verbs.close(cohort, by=by, now=now)
        case State.CANCELLED:
            verbs.cancel(cohort, by=by, now=now, note=note)


def meaning(cohort, to) -> str:
    """What the step brings with it."""
    match to:
        case State.OPEN if cohort.state == State.CONFIRMED:
            return _("The group goes back to being open. Seats, meetings and registers stay as they are.")
        case State.OPEN:
            return _("From now on seats can be offered and given, and people can be put on the waiting list.")
        case State.CONFIRMED:
            return _("The group takes place. Free seats can still be given.")
        case State.CLOSED:
            return _("Everybody on a seat has completed the group, and the waiting list is closed. It cannot be undone.")
    return _("The group does not take place, and the waiting list is closed. It cannot be undone.")


def too_few(cohort) -> dict | None:
    """How many have a seat, and how many the programme wants to begin with; None when they are enough."""
    seated = cohort.memberships.filter(state=Membership.State.ENROLLED).count()
    wanted = rules_on(cohort.starts_on)["group_min_start"]
    return {"seated": seated, "wanted": wanted} if seated < wanted else None
