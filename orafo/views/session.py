"""Meetings of a group: planned, changed, cancelled, and their register."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.shared.errors import DomainError

from ..access import may_run
from ..domain import session as verbs
from ..forms.session import CancelSessionForm, RegisterForm, SessionForm
from ..models import Session
from .here import events, find_cohort, find_session, with_names


@staff_required
def new(request, pk):
    cohort = find_cohort(request, pk, to_run=True)
    form = SessionForm(request.POST or None, cohort=cohort)
    if request.method == "POST" and form.is_valid():
        invite = form.cleaned_data["invite"]
        try:
            session = verbs.plan_session(cohort, form.values, by=request.user, now=timezone.now(), invite=invite)
        except DomainError as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The meeting is planned. Everybody gets a reminder the day before."))
            return redirect(session)
    return render(request, "orafo/session/form.html", {"form": form, "cohort": cohort, "session": None})


@staff_required
@require_safe
def session(request, pk):
    found = find_session(request, pk)
    today = timezone.localdate()
    is_held = found.state == Session.State.HELD
    marks = {one.membership_id: one for one in found.attendances.all()} if is_held else {}
    members = with_names(request.user, found.cohort, members_of(found))
    for member in members:
        member.mark = marks.get(member.pk)
    context = {
        "session": found,
        "cohort": found.cohort,
        "may_run": may_run(request.user, found.cohort),
        "members": members,
        "came": sum(member.mark is not None and member.mark.attended for member in members),
        "facts": facts_of(found),
        "register_is_due": found.state == Session.State.PLANNED and found.day <= today,
        "history": events(found),
    }
    return render(request, "orafo/session/detail.html", context)


def members_of(session):
    """Of a held meeting those in its register; of another those in the group on its day."""
    if session.state == Session.State.HELD:
        return session.cohort.memberships.filter(attendances__session=session).select_related("person")
    return verbs.members_on(session)


def facts_of(session) -> list[tuple]:
    return [
        (_("Day"), date_format(session.day, "l j F Y")),
        (_("Time"), f"{session.start_time:%H:%M}–{session.end_time:%H:%M}"),
        (_("Place"), session.place),
        (_("Trainer"), session.trainer),
    ]


@staff_required
def edit(request, pk):
    found = find_session(request, pk, to_run=True)
    if found.state != Session.State.PLANNED:
        messages.warning(request, _("Only a planned meeting can be changed."))
        return redirect(found)
    form = SessionForm(request.POST or None, instance=found, cohort=found.cohort)
    if request.method == "POST" and form.is_valid():
        try:
            changed = verbs.change_session(found, form.values, by=request.user, now=timezone.now())
        except DomainError as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            moved = set(changed) & set(verbs.APPOINTMENT)
            messages.success(request, _("Saved. We are telling everybody in the group.") if moved else _("Saved."))
            return redirect(found)
    return render(request, "orafo/session/form.html", {"form": form, "cohort": found.cohort, "session": found})


@staff_required
def cancel(request, pk):
    found = find_session(request, pk, to_run=True)
    if found.state != Session.State.PLANNED:
        messages.warning(request, _("Only a planned meeting can be cancelled."))
        return redirect(found)
    form = CancelSessionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.cancel_session(found, by=request.user, now=timezone.now(), note=form.cleaned_data["note"])
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The meeting is cancelled. We are telling everybody in the group."))
            return redirect(found.cohort)
    return render(request, "orafo/session/cancel.html", {"form": form, "session": found, "cohort": found.cohort})


@staff_required
def register(request, pk):
    """Fill the register, or correct it when it is closed."""
    found = find_session(request, pk, to_run=True)
    today = timezone.localdate()
    if found.state == Session.State.CANCELLED or found.day > today:
        messages.warning(request, _("The register can be filled from the day of the meeting, if it took place."))
        return redirect(found)
    is_held = found.state == Session.State.HELD
    marks = dict(found.attendances.values_list("membership", "mark")) if is_held else {}
    form = RegisterForm(request.POST if request.method == "POST" else None, members=members_of(found), marks=marks)
    if request.method == "POST" and form.is_valid():
        try:
            thanks = write_register(found, form.marks, is_held=is_held, by=request.user, now=timezone.now())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, thanks)
            return redirect(found)
    context = {"form": form, "session": found, "cohort": found.cohort, "is_held": is_held}
    return render(request, "orafo/session/register.html", context)


def write_register(session, marks, *, is_held: bool, by, now) -> str:
    if not is_held:
        verbs.hold_session(session, marks, by=by, now=now)
        return _("The register is closed. You can correct it at any time: what changes stays in the log.")
    count = verbs.correct_register(session, marks, by=by, now=now)
    if not count:
        return _("Nothing has changed.")
    return ngettext("%(count)d mark corrected.", "%(count)d marks corrected.", count) % {"count": count}
