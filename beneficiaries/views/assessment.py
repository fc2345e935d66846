"""A new assessment of a person, begun from the one before."""

from django.contrib import messages
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.audit.trail import record_read
from oltreiperimetri.shared.errors import DomainError

from ..domain.assessment import assess, looks_of
from ..forms.assessment import AssessmentForm
from .people import person_of, person_page
from .posted import posted


@staff_required
def assessment_new(request, pk):
    person = person_of(request, pk)
    last = next(reversed(looks_of(person)), None)
    form = AssessmentForm(posted(request), last=last, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            assess(
                person,
                form.levels(),
                taken_on=values["taken_on"],
                is_shared=values["is_shared"],
                by=request.user,
                now=timezone.now(),
            )
        except DomainError as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The assessment is saved: below you see what has changed."))
            return person_page(person, "valutazione")
    if last:
        record_read(person, by=request.user, changes={"part": "assessment"})
    context = {"form": form, "person": person, "title": _("How things stand"), "last": last}
    return render(request, "beneficiaries/assessment/form.html", context)
