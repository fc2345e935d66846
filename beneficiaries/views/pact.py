"""The pact as the office writes it: goals, actions, agreement, review, paper."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oltreiperimetri.accounts.enums import STAFF_ROLES, Role
from oltreiperimetri.accounts.gates import role_required, staff_required
from oltreiperimetri.audit.trail import record_read
from oltreiperimetri.documents import pdf
from oltreiperimetri.shared.errors import DomainError

from ..desk_work import content_of, shown_pact
from ..domain import pact as writing
from ..domain import pact_agreement as verbs
from ..forms import pact as forms
from ..models import Pact, PactAction, PactGoal
from .people import person_of
from .posted import posted

PACT_FORM = "beneficiaries/pact/form.html"


def pact_of(request, pk) -> Pact:
    return get_object_or_404(
        Pact.objects.visible_to(request.user).with_content().select_related("person", "drafted_by"), pk=pk
    )


def form_page(request, pact: Pact, form, *, title: str, verb, done: str):
    """Every step of a pact has this page: `verb()` carries it out."""
    if request.method == "POST" and form.is_valid():
        try:
            verb()
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, done)
            return redirect(pact)
    return render(request, PACT_FORM, {"form": form, "pact": pact, "person": pact.person, "title": title})


@staff_required
@require_POST
def pact_new(request, pk):
    """The draft under way, or a new one: the first, or the next version of the agreed one."""
    person = person_of(request, pk)
    try:
        return redirect(writing.start_pact(person, by=request.user, now=timezone.now()))
    except DomainError as refusal:
        messages.warning(request, str(refusal))
        return redirect(person)


@staff_required
@require_safe
def pact(request, pk):
    found = pact_of(request, pk)
    record_read(found, by=request.user)
    context = {"pact": shown_pact(found, content_of(found), today=timezone.localdate()), "person": found.person}
    return render(request, "beneficiaries/pact/detail.html", context)


@staff_required
def goal_new(request, pk):
    found = pact_of(request, pk)
    form = forms.GoalForm(posted(request))

    def save():
        writing.write_goal(found, **form.cleaned_data, by=request.user, now=timezone.now())

    return form_page(request, found, form, title=_("A goal"), verb=save, done=_("Goal saved. Now say who does what."))


@staff_required
def goal_edit(request, pk):
    goal = get_object_or_404(PactGoal.objects.visible_to(request.user).select_related("pact__person"), pk=pk)
    form = forms.GoalForm(posted(request), initial={"area": goal.area, "text": goal.text})

    def save():
        writing.write_goal(goal.pact, **form.cleaned_data, goal=goal, by=request.user, now=timezone.now())

    return form_page(request, goal.pact, form, title=_("A goal"), verb=save, done=_("Goal saved."))


@staff_required
def action_new(request, pk):
    goal = get_object_or_404(PactGoal.objects.visible_to(request.user).select_related("pact__person"), pk=pk)
    form = forms.ActionForm(posted(request), today=timezone.localdate())

    def save():
        writing.write_action(goal, **form.cleaned_data, by=request.user, now=timezone.now())

    return form_page(request, goal.pact, form, title=_("Who does what by when"), verb=save, done=_("Action saved."))


def action_of(request, pk) -> PactAction:
    return get_object_or_404(PactAction.objects.visible_to(request.user).with_pact(), pk=pk)


@staff_required
def action_edit(request, pk):
    action = action_of(request, pk)
    initial = {name: getattr(action, name) for name in ("text", "ball", "partner_name", "due_on")}
    form = forms.ActionForm(posted(request), initial=initial, today=timezone.localdate())

    def save():
        writing.write_action(action.goal, **form.cleaned_data, action=action, by=request.user, now=timezone.now())

    return form_page(request, action.goal.pact, form, title=_("Who does what by when"), verb=save, done=_("Action saved."))


def carried_out(request, pact: Pact, carry_out, done: str):
    """A step without a form: done, or the reason why not."""
    try:
        carry_out()
    except DomainError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(pact)


@staff_required
@require_POST
def goal_remove(request, pk):
    goal = get_object_or_404(PactGoal.objects.visible_to(request.user).select_related("pact__person"), pk=pk)
    return carried_out(
        request, goal.pact, lambda: writing.remove(goal, by=request.user, now=timezone.now()), _("Goal taken away.")
    )


@staff_required
@require_POST
def action_remove(request, pk):
    action = action_of(request, pk)
    return carried_out(
        request,
        action.goal.pact,
        lambda: writing.remove(action, by=request.user, now=timezone.now()),
        _("Action taken away."),
    )


@staff_required
@require_POST
def action_tick(request, pk):
    """`to`: the state it goes to."""
    action = action_of(request, pk)
    to = request.POST.get("to", "")
    if to not in PactAction.State:
        return redirect(action.goal.pact)
    return carried_out(
        request, action.goal.pact, lambda: verbs.tick(action, to, by=request.user, now=timezone.now()), _("Saved.")
    )


@staff_required
def pact_propose(request, pk):
    found = pact_of(request, pk)
    form = forms.ProposeForm(posted(request), today=timezone.localdate())

    def save():
        verbs.propose(found, **form.cleaned_data, by=request.user, now=timezone.now())

    return form_page(
        request, found, form, title=_("Let the person read it"), verb=save, done=_("The person has it to read now.")
    )


@staff_required
@require_POST
def pact_take_back(request, pk):
    found = pact_of(request, pk)
    return carried_out(
        request, found, lambda: verbs.take_back(found, by=request.user, now=timezone.now()), _("You can write on it again.")
    )


@staff_required
def pact_agree(request, pk):
    found = pact_of(request, pk)
    form = forms.AgreeForm(posted(request), today=timezone.localdate())

    def save():
        verbs.agree(found, **form.cleaned_data, by=request.user, now=timezone.now())

    return form_page(request, found, form, title=_("The pact is agreed"), verb=save, done=_("The pact is in force."))


@staff_required
def pact_review(request, pk):
    found = pact_of(request, pk)
    form = forms.ReviewForm(posted(request), today=timezone.localdate())

    def save():
        verbs.set_review(found, **form.cleaned_data, by=request.user, now=timezone.now())

    return form_page(
        request, found, form, title=_("You have looked at it together"), verb=save, done=_("The next day is written down.")
    )


@role_required(Role.BENEFICIARY, *STAFF_ROLES)
@require_safe
def pact_on_paper(request, pk):
    """To read and sign together; the person prints their own, once they may read it."""
    found = pact_of(request, pk)
    if not request.user.is_staff_member and found.state == Pact.State.DRAFT:
        return redirect("portal:my_path")
    record_read(found, by=request.user, action="download")
    context = {"pact": shown_pact(found, content_of(found), today=timezone.localdate()), "person": found.person}
    return pdf.response("beneficiaries/pact/paper.html", context, filename=f"patto-{found.pk}")
