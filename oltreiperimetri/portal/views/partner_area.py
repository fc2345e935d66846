"""The home of a partner's contact: what we expect, then the own slots, trainees, needs and data."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from oltreiperimetri.accounts.enums import STAFF_ROLES, Role
from oltreiperimetri.accounts.gates import role_required
from partners.models import Organisation

from .. import desks


@role_required(Role.FIRM_CONTACT, *STAFF_ROLES)
@require_safe
def partner_area(request):
    today = timezone.localdate()
    own = list(Organisation.objects.of_contact(request.user))
    current = chosen_organisation(request, own)
    context = {
        "organisation": current,
        "organisations": own,
        "cards": desks.cards(request.user, today=today) if current in own else [],
        "panels": desks.organisation_panels(current, request.user, today=today) if current else [],
        "today": today,
    }
    return render(request, "partners/area.html", context)


def chosen_organisation(request, own: list) -> Organisation | None:
    """The one in the address, if the viewer reaches it; else the first own one."""
    chosen = request.GET.get("ente", "")
    if chosen:
        key = int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 19 else 0
        return get_object_or_404(Organisation.objects.visible_to(request.user), pk=key)
    return own[0] if own else None
