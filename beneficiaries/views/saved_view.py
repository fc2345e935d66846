"""Views that staff save of their lists."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.shared.errors import DomainError

from ..domain.saved_view import delete_view, save_view
from ..forms.saved_view import SaveViewForm
from ..models import SavedView

UNFILTERED = "?vista=tutte"


def views_for(request, list_name: str) -> list[SavedView]:
    """The views one may open on a list: one's own and the shared ones; `is_current` where the page shows it now."""
    views = list(SavedView.objects.visible_to(request.user).filter(list=list_name).select_related("owner"))
    asked = request.GET.urlencode()
    for view in views:
        view.is_mine = view.owner_id == request.user.pk
        view.is_current = bool(view.query) and view.query == asked
    return views


def default_address(request, views: list[SavedView]) -> str | None:
    """Where a list opens for who has a default view and asked for nothing else."""
    if request.GET:
        return None
    return next((view.get_absolute_url() for view in views if view.is_default and view.is_mine and view.query), None)


@staff_required
@require_POST
def save(request):
    form = SaveViewForm(request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, errors[0])
        wanted = request.POST.get("list")
        return redirect(f"beneficiaries:{wanted if wanted in SavedView.List.values else 'applications'}")
    facts = form.cleaned_data
    try:
        view = save_view(
            request.user,
            facts["list"],
            facts["name"],
            facts["query"],
            is_default=facts["is_default"],
            is_shared=facts["is_shared"],
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect(f"beneficiaries:{facts['list']}")
    messages.success(request, _("View “%(name)s” saved.") % {"name": view.name})
    return redirect(view)


@staff_required
@require_POST
def delete(request, pk):
    view = get_object_or_404(SavedView.objects.filter(owner=request.user), pk=pk)
    delete_view(view, by=request.user)
    messages.success(request, _("View “%(name)s” deleted.") % {"name": view.name})
    return redirect(f"{view.get_absolute_url().partition('?')[0]}{UNFILTERED}")
