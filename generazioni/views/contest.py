"""The contest as everybody sees it: days, needs, rubric, results by title."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from oltreiperimetri.accounts.gates import public

from ..domain.queries import milestones, with_shares
from ..models import Edition, Idea, Need
from ..models.idea import AUTHOR_ROLES


@public
@require_safe
def contest(request):
    today = timezone.localdate()
    edition = Edition.objects.current(today)
    context = {"edition": edition, "today": today, "past": chosen_in_the_past(edition)}
    if edition:
        context |= {
            "phase": edition.phase_on(today),
            "milestones": milestones(edition, today),
            "needs": edition.needs.published().select_related("organisation").order_by("title", "pk"),
            "criteria": with_shares(edition.criteria.all()),
            "moved": edition.boundary_changes.all(),
            "takes_ideas": edition.takes_ideas_on(today),
            "takes_needs": edition.takes_needs_on(today),
            "may_write": not request.user.is_authenticated or request.user.has_role(*AUTHOR_ROLES),
            "chosen": edition.ideas.chosen().order_by("title", "pk") if edition.results_published_at else [],
        }
    return render(request, "generazioni/contest/contest.html", context)


def chosen_in_the_past(current: Edition | None) -> list[tuple[Edition, list[Idea]]]:
    """(edition, its chosen ideas) of the editions before the current one, latest first."""
    editions = Edition.objects.published().exclude(pk=current.pk if current else None)
    chosen = list(Idea.objects.chosen().filter(edition__in=editions).order_by("title", "pk"))
    return [(edition, [idea for idea in chosen if idea.edition_id == edition.pk]) for edition in editions]


@public
@require_safe
def need(request, pk):
    """A published need of an announced edition."""
    today = timezone.localdate()
    needs = Need.objects.published().filter(edition__announced_on__lte=today)
    found = get_object_or_404(needs.select_related("organisation", "edition"), pk=pk)
    context = {
        "need": found,
        "takes_ideas": found.edition.takes_ideas_on(today),
        "may_write": not request.user.is_authenticated or request.user.has_role(*AUTHOR_ROLES),
    }
    return render(request, "generazioni/contest/need.html", context)
