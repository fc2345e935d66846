"""Home pages of the roles: cards and panels that each app's desk.py supplies, most urgent first."""

from django.shortcuts import render
from django.utils import timezone

from oltreiperimetri.accounts.enums import STAFF_ROLES, Role
from oltreiperimetri.accounts.gates import role_required

from .. import desks


@role_required(*STAFF_ROLES)
def today(request):
    day = timezone.localdate()
    return render(request, "portal/homes/today.html", {"cards": desks.cards(request.user, today=day), "today": day})


@role_required(Role.MENTOR)
def mentor(request):
    day = timezone.localdate()
    return render(request, "portal/homes/mentor.html", {"cards": desks.cards(request.user, today=day), "today": day})
