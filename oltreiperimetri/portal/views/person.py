"""A person's file: what every app knows that the reader may see, sheet by sheet, or all of it on paper."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from beneficiaries.domain.merge import keys_of
from beneficiaries.models import Person
from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.audit.trail import record_read
from oltreiperimetri.reminders.queries import refuses_mail
from oltreiperimetri.reminders.views import listing
from oltreiperimetri.shared.desk import Tab

from .. import desks

EVENTS_SHOWN = 60


@staff_required
@require_safe
def person(request, pk):
    """One sheet (`?scheda=`); of the others no query is made. `?stampa=1`: all, for paper. One audit entry per view."""
    found = get_object_or_404(Person.objects.visible_to(request.user).select_related("municipality"), pk=pk)
    for_print = "stampa" in request.GET
    tab = None if for_print else tab_of(request)
    record_read(found, by=request.user, changes={"format": "print"} if for_print else {"part": tab.value})
    today = timezone.localdate()
    context = {
        "person": found,
        "today": today,
        "tab": tab,
        "tabs": [(found.tab_url(one), one.label, one == tab) for one in Tab],
        "panels": desks.person_panels(found, request.user, today=today, tab=tab),
        "step_url": "",
        "for_print": for_print,
        "shows_overview": tab in (None, Tab.OVERVIEW),
        "shows_events": tab in (None, Tab.TIMELINE),
    }
    if context["shows_overview"]:
        context |= steps_of(found, request.user, today)
    if context["shows_events"]:
        context |= events_of(found, request.user, for_print)
    return render(request, "portal/person/detail.html", context)


def tab_of(request) -> Tab:
    """The sheet asked for; of an unknown one, the overview."""
    asked = request.GET.get("scheda", "")
    return Tab(asked) if asked in Tab.values else Tab.OVERVIEW


def steps_of(found: Person, viewer, today) -> dict:
    steps = desks.next_steps(found, viewer, today=today)
    return {"step": steps[0] if steps else None, "step_url": steps[0].url if steps else "", "more_steps": steps[1:]}


def events_of(found: Person, viewer, for_print: bool) -> dict:
    events = desks.person_events(found, viewer)
    shown = events if for_print else events[:EVENTS_SHOWN]
    return {"events": shown, "hidden_events": len(events) - len(shown)}


@staff_required
@require_safe
def mail(request, pk):
    """Every step and message about one person; the buttons are those of /messaggi/ and of who may open it."""
    found = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    record_read(found, by=request.user, changes={"part": "mail"})
    context = listing(request, may_act=request.user.sees_all_towns, person_key=keys_of(found)) | {
        "person": found,
        "refuses": refuses_mail(found.email),
        "trail": [(found.full_name, found.get_absolute_url()), (_("What we wrote"), "")],
    }
    return render(request, "portal/person/mail.html", context)
