"""A person's file: what every app knows that the reader may see, composed on one printable page."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from beneficiaries.models import Person
from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.audit.trail import record_read
from oltreiperimetri.reminders.queries import refuses_mail
from oltreiperimetri.reminders.views import listing

from .. import desks

EVENTS_SHOWN = 60


@staff_required
@require_safe
def person(request, pk):
    """One audit entry per view, whatever the panels show. `?stampa=1`: everything open, as it goes on paper."""
    found = get_object_or_404(Person.objects.visible_to(request.user).select_related("municipality"), pk=pk)
    for_print = "stampa" in request.GET
    record_read(found, by=request.user, changes={"format": "print"} if for_print else None)
    today = timezone.localdate()
    steps = desks.next_steps(found, request.user, today=today)
    events = desks.person_events(found, request.user)
    context = {
        "person": found,
        "today": today,
        "step": steps[0] if steps else None,
        "step_url": steps[0].url if steps else "",
        "more_steps": steps[1:],
        "panels": desks.person_panels(found, request.user, today=today),
        "events": events if for_print else events[:EVENTS_SHOWN],
        "hidden_events": 0 if for_print else max(0, len(events) - EVENTS_SHOWN),
        "for_print": for_print,
    }
    return render(request, "portal/person/detail.html", context)


@staff_required
@require_safe
def mail(request, pk):
    """Every step and message about one person; the buttons are those of /messaggi/ and of who may open it."""
    found = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    record_read(found, by=request.user, changes={"part": "mail"})
    context = listing(request, may_act=request.user.sees_all_towns, person_key=found.audit_key) | {
        "person": found,
        "refuses": refuses_mail(found.email),
        "trail": [(found.full_name, found.get_absolute_url()), (_("What we wrote"), "")],
    }
    return render(request, "portal/person/mail.html", context)
