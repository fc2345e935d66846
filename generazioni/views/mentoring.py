"""A mentor and a chosen idea: who to call, and the log of the meetings."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from oltreiperimetri.accounts.enums import STAFF_ROLES, Role
from oltreiperimetri.accounts.gates import role_required, staff_required
from oltreiperimetri.shared.acting import carried_out
from oltreiperimetri.shared.errors import DomainError

from ..access import mentorings_visible_to
from ..domain import mentoring as verbs
from ..forms.mentoring import MeetingForm
from ..models import Mentoring


def find(request, pk) -> Mentoring:
    visible = mentorings_visible_to(request.user)
    return get_object_or_404(visible.select_related("idea__author", "idea__edition", "mentor"), pk=pk)


@role_required(Role.MENTOR, *STAFF_ROLES)
def mentoring(request, pk):
    found = find(request, pk)
    form = MeetingForm(request.POST or None, initial={"day": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            verbs.log_meeting(found, form.cleaned_data, by=request.user, now=timezone.now())
        except DomainError as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, _("Written down: the authors read it too."))
            return redirect(found)
    meetings = list(found.meetings.select_related("by"))
    context = {"mentoring": found, "idea": found.idea, "form": form, "meetings": meetings}
    return render(request, "generazioni/mentoring/mentoring.html", context)


@staff_required
@require_POST
def end(request, pk):
    found = find(request, pk)
    carried_out(request, verbs.end, found, thanks=_("The mentoring has ended; its log stays."))
    return redirect(found)
