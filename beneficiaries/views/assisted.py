"""Staff register somebody: at the desk, or from a paper form; and correct what an application says."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.audit.trail import record_read
from oltreiperimetri.shared.errors import DomainError

from ..domain.queries import look_alikes
from ..domain.registration import register_assisted
from ..domain.screening import correct_facts
from ..forms.registration import AssistedForm, FactsForm, facts_shown
from ..models import Application
from .posted import posted
from .registration import receipt_of


@staff_required
def assisted(request):
    """One page with every question; whoever is already here is shown before a second file is opened."""
    form = AssistedForm(posted(request), today=timezone.localdate())
    twins, doubts = [], []
    if request.method == "POST" and form.is_valid():
        answers = form.answers(notice_version=settings.PRIVACY_NOTICE_VERSION)
        twins = look_alikes(answers).visible_to(request.user)[:5] if not form.cleaned_data["is_another"] else []
        doubts = form.doubts() if form.must_be_looked_at() else []
        if not twins and not doubts:
            found = register_assisted(answers, channel=form.cleaned_data["channel"], by=request.user, now=timezone.now())
            messages.success(request, _("%(name)s is registered: %(number)s.") % {"name": found.person, "number": found})
            return redirect(found if reachable(request.user, found) else "beneficiaries:applications")
        if doubts:
            form.ask_to_look()
        if twins:
            form.ask_whether_the_same()
    context = {"form": form, "twins": twins, "doubts": doubts}
    return render(request, "beneficiaries/assisted/form.html", context)


def reachable(user, application) -> bool:
    return Application.objects.visible_to(user).filter(pk=application.pk).exists()


def application_of(request, pk) -> Application:
    reach = Application.objects.visible_to(request.user).select_related("person__municipality")
    return get_object_or_404(reach, pk=pk)


@staff_required
@require_safe
def summary(request, pk):
    """What was registered, to print and hand over."""
    found = application_of(request, pk)
    record_read(found, by=request.user, action="print")
    return receipt_of(found)


@staff_required
def facts(request, pk):
    """Correct what the rules look at; a new screening is taken."""
    found = application_of(request, pk)
    form = FactsForm(posted(request), initial=facts_shown(found), today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            screening = correct_facts(found, form.facts(), by=request.user, now=timezone.now())
        except DomainError as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            if screening is None:
                messages.info(request, _("Nothing was different: no new screening."))
            else:
                messages.success(
                    request, _("Saved. New screening: %(outcome)s.") % {"outcome": screening.get_outcome_display()}
                )
            return redirect(found if reachable(request.user, found) else "beneficiaries:applications")
    record_read(found, by=request.user, changes={"part": "facts"})
    context = {"form": form, "application": found, "title": _("Correct the facts")}
    return render(request, "beneficiaries/applications/form.html", context)
