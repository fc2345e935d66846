"""A person's place in a group, and the small pages by which it goes on."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from beneficiaries.access import people_visible_to
from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.audit.trail import record_read
from oltreiperimetri.shared.errors import DomainError

from ..access import may_run
from ..domain import queries
from ..enums import LeavingReason
from ..models import Cohort, Membership, Session
from .here import events
from .membership_steps import STEPS, steps_for


def find(request, pk) -> Membership:
    visible = Membership.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("cohort__municipality", "person__municipality"), pk=pk)


@staff_required
@require_safe
def membership(request, pk):
    found = find(request, pk)
    record_read(found, by=request.user)
    sessions = list(found.cohort.sessions.exclude(state=Session.State.CANCELLED))
    rows = queries.register(sessions, [found])
    context = {
        "membership": found,
        "person": found.person,
        "cohort": found.cohort,
        "has_file": people_visible_to(request.user).filter(pk=found.person_id).exists(),
        "sees_cohort": Cohort.objects.visible_to(request.user).filter(pk=found.cohort_id).exists(),
        "facts": facts_of(found),
        "steps": steps_for(found, runs=may_run(request.user, found.cohort)),
        "attended": list(zip(sessions, rows[0].marks, strict=True)) if rows else [],
        "participation": rows[0].participation if rows else None,
        "history": events(found, LeavingReason.choices),
    }
    return render(request, "orafo/membership/detail.html", context)


def facts_of(membership) -> list[tuple]:
    """What applies to its state, as (term, value)."""

    def shown(day):
        return date_format(day, "j F Y") if day else ""

    facts = [
        (_("Seat"), membership.seat),
        (_("Position on the waiting list"), membership.position),
        (_("On the list since"), shown(membership.listed_on)),
        (_("Answer by"), shown(membership.offer_until)),
        (_("In the group from"), shown(membership.enrolled_on)),
        (_("Seat free from"), shown(membership.left_on)),
        (_("Phone"), membership.person.phone),
    ]
    return [(term, value) for term, value in facts if value]


@staff_required
def step(request, pk, slug):
    if slug not in STEPS:
        raise Http404
    chosen = STEPS[slug]
    found = find(request, pk)
    if chosen.for_who_runs and not may_run(request.user, found.cohort):
        raise PermissionDenied
    if found.state not in chosen.from_states:
        messages.warning(
            request,
            _("This step is not possible now: %(name)s is “%(state)s”.")
            % {"name": found.person.full_name, "state": found.get_state_display()},
        )
        return redirect(found)
    now = timezone.now()
    data = request.POST if request.method == "POST" else None
    form = chosen.form(data, membership=found, viewer=request.user, today=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        try:
            after = chosen.act(found, form.facts(), by=request.user, now=now) or found
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, thanks(found, after))
            return redirect(after)
    context = {"form": form, "membership": found, "person": found.person, "cohort": found.cohort, "step": chosen}
    return render(request, "orafo/membership/step.html", context)


def thanks(membership, after) -> str:
    facts = {"name": membership.person.full_name, "state": after.get_state_display(), "group": after.cohort.name}
    return _("%(name)s, group “%(group)s”: now “%(state)s”.") % facts
