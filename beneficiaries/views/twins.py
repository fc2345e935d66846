"""Files that may be of one person: the queue, two of them side by side, making them one and taking it back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.audit.trail import record_read
from oltreiperimetri.shared.acting import carried_out
from oltreiperimetri.shared.errors import DomainError

from ..domain import twins as pairs
from ..domain.comparison import lines_of, what_moves
from ..domain.merge import MergeRefused, may_merge, merge
from ..domain.merge_undo import last_day_to_undo, may_undo, undo_merge, undo_refusals
from ..forms.twins import CompareForm
from ..models import Person, PersonMerge, TwinPair
from .posted import posted

PER_PAGE = 25


@staff_required
@require_safe
def twins(request):
    """Pairs still to be looked at; `?stato=not_same`: those said to be two people."""
    decided = request.GET.get("stato") == TwinPair.State.NOT_SAME
    state = TwinPair.State.NOT_SAME if decided else TwinPair.State.SUSPECTED
    found = TwinPair.objects.visible_to(request.user).filter(state=state)
    rows = found.select_related("first__municipality", "second__municipality", "decided_by").order_by("-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "count": page.paginator.count, "decided": decided}
    return render(request, "beneficiaries/twins/list.html", context)


def pair_of(request, pk) -> TwinPair:
    found = TwinPair.objects.visible_to(request.user).select_related("first", "second")
    pair = get_object_or_404(found, pk=pk)
    if not pairs.may_decide_pair(request.user, pair):
        raise PermissionDenied
    return pair


@staff_required
@require_POST
def twins_not_same(request, pk):
    carried_out(
        request,
        pairs.not_the_same,
        pair_of(request, pk),
        thanks=_("Written down: they are two people."),
        tone=messages.WARNING,
    )
    return redirect("beneficiaries:twins")


@staff_required
@require_POST
def twins_again(request, pk):
    carried_out(
        request,
        pairs.look_again,
        pair_of(request, pk),
        thanks=_("The two files are again among those to look at."),
        tone=messages.WARNING,
    )
    return redirect("beneficiaries:twins")


@staff_required
def compare(request, pk, other_pk):
    """The file that stays on the left; sent, the two become one."""
    reach = Person.objects.visible_to(request.user).select_related("municipality", "user")
    keep, drop = get_object_or_404(reach, pk=pk), get_object_or_404(reach.exclude(pk=pk), pk=other_pk)
    if not may_merge(request.user, keep, drop):
        raise PermissionDenied
    form, reasons = CompareForm(posted(request), lines=lines_of(keep, drop)), []
    if request.method == "POST" and form.is_valid():
        try:
            merge(keep, drop, form.choices(), by=request.user, now=timezone.now())
        except MergeRefused as refusal:
            reasons = refusal.reasons
        except DomainError as refusal:
            reasons = [str(refusal)]
        else:
            messages.success(request, _("The two files are one. Within thirty days you can undo it, from the timeline."))
            return redirect(keep)
    for person in (keep, drop):
        record_read(person, by=request.user, changes={"part": "compare"})
    context = {
        "form": form,
        "keep": keep,
        "drop": drop,
        "reasons": reasons,
        "moves": what_moves(drop),
        "pair": TwinPair.objects.of(keep).of(drop).suspected().first(),
    }
    return render(request, "beneficiaries/twins/compare.html", context)


@staff_required
def merge_undo(request, pk):
    """Asks first; says every reason when it is too late."""
    merged = get_object_or_404(PersonMerge.objects.visible_to(request.user).select_related("kept"), pk=pk)
    if not may_undo(request.user, merged):
        raise PermissionDenied
    now = timezone.now()
    reasons = undo_refusals(merged, now=now)
    if request.method == "POST":
        try:
            back = undo_merge(merged, by=request.user, now=now)
        except MergeRefused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Undone: %(name)s has their own file again.") % {"name": back.full_name})
            return redirect(back)
    context = {"merged": merged, "reasons": reasons, "last_day": last_day_to_undo(merged)}
    return render(request, "beneficiaries/twins/undo.html", context)
