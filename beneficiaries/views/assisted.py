"""Staff register somebody: at the desk, or from a paper form; and correct what an application says."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.audit.trail import record_read
from oltreiperimetri.documents import pdf
from oltreiperimetri.shared.errors import DomainError

from ..domain.inbound_referral import register_referred
from ..domain.registration import register_assisted
from ..domain.screening import correct_facts
from ..domain.twins import known_like
from ..forms.assisted import AssistedForm, told_by_partner
from ..forms.registration import FactsForm, facts_shown
from ..models import Application, InboundReferral, PersonDocument
from .posted import posted
from .registration_answers import facts_of


@staff_required
def assisted(request):
    """One page with every question, for whom it says at the top; whoever is already here is shown before a second file is
    opened. `?segnalazione=`: somebody sent by a partner, whose name and contacts are there already.
    """
    referral = referral_of(request)
    known = told_by_partner(referral) if referral else None
    form = AssistedForm(posted(request), initial=known, today=timezone.localdate())
    twins, doubts = [], []
    if request.method == "POST" and form.is_valid():
        answers = form.answers(notice_version=settings.PRIVACY_NOTICE_VERSION)
        twins = known_like(answers, request.user) if not form.cleaned_data["is_another"] else []
        doubts = form.doubts() if form.must_be_looked_at() else []
        if not twins and not doubts:
            return registered(request, register_for(form, answers, referral, by=request.user))
        if doubts:
            form.ask_to_look()
        if twins:
            form.ask_whether_the_same()
    context = {"form": form, "twins": twins, "doubts": doubts, "referral": referral}
    return render(request, "beneficiaries/assisted/form.html", context)


def referral_of(request) -> InboundReferral | None:
    """An open one in the reader's reach, when the address names one."""
    wanted = request.GET.get("segnalazione", "")
    if not wanted.isdecimal():
        return None
    return get_object_or_404(InboundReferral.objects.visible_to(request.user).open(), pk=wanted)


def register_for(form, answers, referral, *, by) -> Application:
    given = {"channel": form.cleaned_data["channel"], "by": by, "now": timezone.now()}
    return register_referred(referral, answers, **given) if referral else register_assisted(answers, **given)


def registered(request, found: Application):
    """What is still to be done while the person is here; out of reach, back to the queue."""
    messages.success(request, _("%(name)s is registered: %(number)s.") % {"name": found.person, "number": found})
    if reachable(request.user, found):
        return redirect("beneficiaries:before_leaving", found.pk)
    return redirect("beneficiaries:applications")


@staff_required
@require_safe
def before_leaving(request, pk):
    """The summary to sign, its signed copy, the access: while the person is still at the desk."""
    found = application_of(request, pk)
    signed = found.person.documents.in_use().filter(kind=PersonDocument.Kind.SIGNED).first()
    context = {"application": found, "person": found.person, "signed": signed}
    return render(request, "beneficiaries/assisted/before_leaving.html", context)


def reachable(user, application) -> bool:
    return Application.objects.visible_to(user).filter(pk=application.pk).exists()


def application_of(request, pk) -> Application:
    reach = Application.objects.visible_to(request.user).select_related("person__municipality")
    return get_object_or_404(reach, pk=pk)


@staff_required
@require_safe
def summary(request, pk):
    """What was registered, with the declaration, to print, read together and sign."""
    found = application_of(request, pk)
    record_read(found, by=request.user, action="print")
    context = {"application": found, "person": found.person, "facts": facts_of(found), "PHONE": settings.PHONE}
    return pdf.response("beneficiaries/assisted/summary.html", context, filename=found.number)


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
