"""Colleagues: what each follows, who is away and who covers, who may take lists away, and the hand-over of files."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from oltreiperimetri.accounts.enums import ALL_TOWNS_ROLES
from oltreiperimetri.accounts.gates import role_required, staff_required
from oltreiperimetri.shared.acting import carried_out
from oltreiperimetri.shared.errors import DomainError

from ..domain import colleagues as people
from ..domain import hand_over as handing
from ..forms.colleagues import AbsenceForm, ExportRightForm, HandOverForm
from .batch import results_page


@staff_required
@require_safe
def colleagues(request):
    """Coordinators see all; a caseworker finds the own page here."""
    if not request.user.sees_all_towns:
        return redirect("beneficiaries:colleague", request.user.pk)
    rows = people.with_open_files(people.colleagues())
    today = timezone.localdate()
    for user in rows:
        user.is_away = user.is_away_on(today)
        user.role_labels = ", ".join(str(role) for role in user.role_assignments.all())
        user.town_labels = ", ".join(str(town) for town in user.municipalities.all())
    return render(request, "beneficiaries/colleagues/list.html", {"colleagues": rows, "count": len(rows)})


def colleague_of(request, pk):
    """Oneself, or for coordinators anybody who works here."""
    user = get_object_or_404(people.colleagues().select_related("covered_by"), pk=pk)
    if not people.may_set_absence(request.user, user):
        raise PermissionDenied
    return user


@staff_required
def colleague(request, pk):
    """Absence and cover, and where one may give it the right to take lists away."""
    user = colleague_of(request, pk)
    initial = {"absent_until": user.absent_until, "covered_by": user.covered_by_id}
    form = AbsenceForm(request.POST or None, initial=initial, user=user)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            people.set_absence(
                user, until=facts["absent_until"], cover=facts["covered_by"], by=request.user, now=timezone.now()
            )
        except DomainError as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("beneficiaries:colleague", user.pk)
    context = {
        "colleague": user,
        "form": form,
        "towns": handing.preview(user),
        "is_away": user.is_away_on(timezone.localdate()),
        "export_form": ExportRightForm(initial={"may_export": user.may_export}) if request.user.sees_all_towns else None,
    }
    return render(request, "beneficiaries/colleagues/detail.html", context)


@role_required(*ALL_TOWNS_ROLES)
def export_right(request, pk):
    user = get_object_or_404(people.colleagues(), pk=pk)
    form = ExportRightForm(request.POST or None, initial={"may_export": user.may_export})
    if request.method == "POST" and form.is_valid():
        carried_out(request, people.allow_export, user, allowed=form.cleaned_data["may_export"], thanks=_("Saved."))
    return redirect("beneficiaries:colleague", user.pk)


@staff_required
def hand_over(request, pk):
    user = colleague_of(request, pk)
    towns = handing.preview(user)
    form = HandOverForm(request.POST or None, user=user, towns=towns)
    if request.method == "POST" and form.is_valid():
        try:
            done = handing.hand_over(user, form.takers(), form.cleaned_data["note"], by=request.user, now=timezone.now())
        except DomainError as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            if done.left:
                text = ngettext("%(count)d file is left: do it again.", "%(count)d files are left: do it again.", done.left)
                messages.warning(request, text % {"count": done.left})
            return results_page(request, _("Files of %(who)s handed over") % {"who": user}, done.rows)
    context = {
        "colleague": user,
        "form": form,
        "towns": towns,
        "total": sum(town.applications for town in towns),
    }
    return render(request, "beneficiaries/colleagues/hand_over.html", context)
