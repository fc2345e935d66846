"""The board of a group: who fits which slot and why not; a proposal starts from a cell."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from beneficiaries.access import people_visible_to
from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.shared.errors import DomainError
from partners.models import Slot

from .. import access
from ..domain import proposal as verbs
from ..domain.board import best_first, board, members_to_place, only_places, to_place_first
from ..domain.queries import fit_of
from ..forms.proposal import MatchingFilters
from ..models import Membership

SLOTS_PER_PAGE = 5


@staff_required
@require_safe
def matching(request, pk):
    cohort = get_object_or_404(access.cohorts_visible_to(request.user), pk=pk)
    today = timezone.localdate()
    filters = MatchingFilters(request.GET)
    slots = list(filters.rows(Slot.objects.open_on(today).with_names()))
    rows = board(members_to_place(cohort, people=people_visible_to(request.user)), slots, today=today)
    page = Paginator(best_first(rows, slots), SLOTS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "cohort": cohort,
        "filters": filters,
        "active": filters.active(request.GET),
        "page_obj": page,
        "slots": [slots[place] for place in page.object_list],
        "rows": to_place_first(only_places(rows, page.object_list)),
        "to_place": sum(row.may_propose for row in rows),
    }
    return render(request, "orafo/matching/board.html", context)


@staff_required
def propose(request, pk, membership_pk, slot_pk):
    """GET asks, POST proposes: the person is asked at once, by mail or by voice."""
    reach = Membership.objects.filter(cohort__in=access.cohorts_visible_to(request.user).filter(pk=pk))
    member = get_object_or_404(
        reach.filter(person__in=people_visible_to(request.user))
        .exclude(enrolled_on=None)
        .select_related("person", "cohort"),
        pk=membership_pk,
    )
    slot = get_object_or_404(Slot.objects.visible_to(request.user).offered().with_names(), pk=slot_pk)
    if request.method == "POST":
        try:
            made = verbs.propose(slot, member.person, by=request.user, now=timezone.now())
        except DomainError as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, told(made))
            return redirect("orafo:matching", pk=member.cohort_id)
    fit = fit_of(member.person, slot, today=timezone.localdate())
    context = {"cohort": member.cohort, "member": member, "person": member.person, "slot": slot, "fit": fit}
    return render(request, "orafo/matching/propose.html", context)


def told(proposal) -> str:
    facts = {"name": proposal.person.full_name, "day": proposal.answer_by.strftime("%d/%m/%Y")}
    if proposal.person.email:
        return _("Proposed: %(name)s is asked by e-mail and has until %(day)s.") % facts
    return _("Proposed. %(name)s has no e-mail address: call before %(day)s, it is among the calls to make.") % facts
