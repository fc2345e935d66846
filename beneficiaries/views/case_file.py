"""The case of a person: opened, moved from phase to phase, closed with its reason, opened again."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.audit.trail import can_move
from oltreiperimetri.shared.acting import carried_out
from oltreiperimetri.shared.errors import DomainError

from ..desk_work import PHASE_SLUGS
from ..domain import case_file as verbs
from ..forms.case_file import PhaseForm
from ..models import CaseFile
from .people import person_of
from .posted import posted

State = CaseFile.State
TARGETS = {slug: state for state, slug in PHASE_SLUGS.items()}


@staff_required
@require_POST
def case_open(request, pk):
    person = person_of(request, pk)
    carried_out(
        request, verbs.open_case, person, thanks=_("The case is open: it begins with the access."), tone=messages.WARNING
    )
    return redirect(person)


@staff_required
def case_step(request, pk, slug):
    if slug not in TARGETS:
        raise Http404
    to = TARGETS[slug]
    case = get_object_or_404(CaseFile.objects.visible_to(request.user).select_related("person"), pk=pk)
    if not can_move(case, to, by=request.user):
        messages.warning(
            request, _("This step is not possible now: the case is in “%(phase)s”.") % {"phase": case.get_state_display()}
        )
        return redirect(case)
    transition = CaseFile.TRANSITIONS[case.state, to]
    form = PhaseForm(posted(request), case=case, to=to, transition=transition)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.go_to(case, to, **form.cleaned_data, by=request.user, now=timezone.now())
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("The case is now in “%(phase)s”.") % {"phase": case.get_state_display()})
            return redirect(case)
    context = {"form": form, "person": case.person, "title": transition.label}
    return render(request, "beneficiaries/people/form.html", context)
