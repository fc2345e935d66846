"""The private address of a colleague's agenda, for the calendar of their telephone."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from oltreiperimetri.accounts.gates import public, staff_required
from oltreiperimetri.accounts.links import LinkRefused
from oltreiperimetri.documents import calendar as files

from ..domain import calendar as verbs


@staff_required
@never_cache
def calendar_feed(request):
    """The address is shown once, when it is made; afterwards only whether there is one."""
    now, token = timezone.now(), ""
    if request.method == "POST" and request.POST.get("act") == "close":
        if verbs.close_feed(request.user, now=now):
            messages.success(request, _("The address no longer works."))
        return redirect("beneficiaries:calendar_feed")
    if request.method == "POST":
        token = verbs.open_feed(request.user, now=now)
    context = {
        "has_feed": verbs.has_feed(request.user, now=now),
        "address": settings.SITE_URL + reverse("beneficiaries:calendar", args=[token]) if token else "",
    }
    return render(request, "beneficiaries/appointments/feed.html", context)


@public
@never_cache
@require_safe
def calendar(request, token):
    now = timezone.now()
    try:
        host = verbs.host_of_feed(token, now=now)
    except LinkRefused as refusal:
        raise Http404 from refusal
    if host is None:
        raise Http404
    return files.response(verbs.agenda_entries(host, now=now), now=now, filename="agenda")
