"""The secretariat of the contest: the edition, its days, its rubric, its jury."""

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.shared.acting import carried_out
from oltreiperimetri.shared.errors import DomainError

from ..domain import edition as verbs
from ..domain import jury as jury_verbs
from ..domain.queries import jurors_with_progress, milestones, with_shares
from ..forms.edition import CriterionForm, EditionForm, EditionTextForm, MoveDayForm
from ..forms.jury import SeatForm
from ..models import Criterion, Edition, Juror
from .here import edition_in


@staff_required
@require_safe
def desk(request):
    return show(request, edition_in(request, timezone.localdate()))


def show(request, edition: Edition | None, seat_form: SeatForm | None = None):
    context = {"edition": edition, "editions": Edition.objects.all()}
    if edition:
        context |= desk_of(edition, seat_form)
    return render(request, "generazioni/office/desk.html", context)


def desk_of(edition: Edition, seat_form: SeatForm | None) -> dict:
    today = timezone.localdate()
    ideas = dict(edition.ideas.order_by().values_list("state").annotate(Count("pk")))
    in_contest = sum(count for state, count in ideas.items() if state not in {"draft", "withdrawn"})
    jurors = list(jurors_with_progress(edition))
    return {
        "phase": edition.phase_on(today),
        "phase_label": edition.phase_on(today).label,
        "milestones": milestones(edition, today),
        "needs": dict(edition.needs.order_by().values_list("state").annotate(Count("pk"))),
        "ideas": ideas,
        "in_contest": in_contest,
        "jurors": [(juror, in_contest - juror.stepped_aside) for juror in jurors],
        "sent": sum(juror.sent for juror in jurors),
        "expected": sum(in_contest - juror.stepped_aside for juror in jurors),
        "criteria": with_shares(edition.criteria.all()),
        "is_rubric_open": edition.phase_on(today) in {"preparation", "announced"},
        "moved": edition.boundary_changes.select_related("by"),
        "seat_form": seat_form or SeatForm(edition=edition),
    }


@staff_required
def new(request):
    form = EditionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = verbs.prepare(form.cleaned_data, by=request.user)
        messages.success(request, _("The edition is prepared, with the rubric of the last one: check it before ideas open."))
        return redirect(made)
    return render(request, "generazioni/office/form.html", {"form": form, "title": _("New edition")})


@staff_required
def edit(request, pk):
    edition = get_object_or_404(Edition, pk=pk)
    form = EditionTextForm(request.POST or None, instance=edition)
    if request.method == "POST" and form.is_valid():
        verbs.change(edition, form.cleaned_data, by=request.user)
        messages.success(request, _("Saved."))
        return redirect(edition)
    return show_form(request, form, edition, _("Name and introduction"))


def show_form(request, form, edition: Edition, title: str):
    return render(request, "generazioni/office/form.html", {"form": form, "edition": edition, "title": title})


@staff_required
def move_day(request, pk):
    edition = get_object_or_404(Edition, pk=pk)
    form = MoveDayForm(request.POST or None, initial={"boundary": request.GET.get("giorno", "")})
    if request.method == "POST" and form.is_valid():
        try:
            verbs.move_day(edition, **form.cleaned_data, by=request.user, now=timezone.now())
        except DomainError as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, _("The day is moved, and everybody reads why."))
            return redirect(edition)
    return show_form(request, form, edition, _("Move a day"))


@staff_required
def criterion_new(request, pk):
    edition = get_object_or_404(Edition, pk=pk)
    form = CriterionForm(request.POST or None, edition=edition)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.add_criterion(edition, form.cleaned_data, by=request.user, now=timezone.now())
        except DomainError as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            return redirect(edition)
    return show_form(request, form, edition, _("New criterion"))


@staff_required
def criterion_edit(request, pk):
    found = get_object_or_404(Criterion.objects.select_related("edition"), pk=pk)
    form = CriterionForm(request.POST or None, instance=found, edition=found.edition)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.change_criterion(found, form.cleaned_data, by=request.user, now=timezone.now())
        except DomainError as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            return redirect(found.edition)
    return show_form(request, form, found.edition, found.name)


@staff_required
@require_POST
def criterion_remove(request, pk):
    found = get_object_or_404(Criterion.objects.select_related("edition"), pk=pk)
    carried_out(request, verbs.remove_criterion, found, thanks=_("The criterion is gone."))
    return redirect(found.edition)


@staff_required
@require_POST
def seat(request, pk):
    edition = get_object_or_404(Edition, pk=pk)
    form = SeatForm(request.POST, edition=edition)
    if form.is_valid():
        try:
            juror = jury_verbs.seat(edition, form.cleaned_data["user"], by=request.user, now=timezone.now())
        except DomainError as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, _("%(name)s is on the jury, and has been told.") % {"name": juror})
            return redirect(edition)
    return show(request, edition, form)


@staff_required
@require_POST
def unseat(request, pk):
    juror = get_object_or_404(Juror.objects.select_related("edition", "user"), pk=pk)
    carried_out(request, jury_verbs.unseat, juror, thanks=_("Taken off the jury."))
    return redirect(juror.edition)
