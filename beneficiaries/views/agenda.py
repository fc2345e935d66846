"""The agenda of the office: what is published, who is expected, how it went."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.shared.errors import DomainError

from ..domain.agenda import agenda as days_of_agenda
from ..domain.agenda import without_outcome
from ..domain.free_time import publish, withdraw
from ..domain.invitation import without_choice
from ..domain.place import place_named
from ..forms.appointment import AgendaFilters, FreeTimesForm
from ..models import FreeTime

UNSAID_SHOWN = 6


@staff_required
@require_safe
def agenda(request):
    now = timezone.now()
    filters = AgendaFilters(request.GET, user=request.user, now=now)
    days = days_of_agenda(
        request.user,
        filters.first,
        filters.days,
        now=now,
        host=filters.host,
        place=filters.chosen("luogo"),
        kind=filters.chosen("tipo") or "",
    )
    context = {
        "days": days,
        "today": filters.today,
        "is_empty": not any(day.lines for day in days),
        "filters": filters,
        "chips": [chip for chip in filters.chips() if chip.label != str(filters.fields["dal"].label)],
        "earlier": filters.shifted(-filters.days),
        "later": filters.shifted(filters.days),
        "unsaid": list(without_outcome(request.user, before=filters.first, now=now, host=filters.host)[:UNSAID_SHOWN]),
        "stuck": without_choice(request.user, now=now),
        "now": now,
    }
    return render(request, "beneficiaries/appointments/agenda.html", context)


def back(request, default: str = "beneficiaries:agenda"):
    """To the page the button stood on, when it is one of ours."""
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return redirect(target)
    return redirect(default)


@staff_required
def free_time_new(request):
    now = timezone.now()
    form = FreeTimesForm(request.POST or None, user=request.user, today=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        facts = form.facts()
        try:
            place = place_named(facts.pop("place"), by=request.user, now=now)
            published = publish(place, by=request.user, now=now, **facts)
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            tell_published(request, published)
            return redirect("beneficiaries:agenda")
    return render(request, "beneficiaries/appointments/publish.html", {"form": form})


def tell_published(request, published) -> None:
    count = len(published.made)
    if count:
        text = ngettext("%(count)s time is published.", "%(count)s times are published.", count) % {"count": count}
        messages.success(request, text)
    if published.busy:
        text = ngettext(
            "%(count)s time was left out: it overlaps another one already published.",
            "%(count)s times were left out: they overlap others already published.",
            published.busy,
        )
        messages.warning(request, text % {"count": published.busy})
    if published.holidays:
        text = ngettext("%(count)s holiday was left out.", "%(count)s holidays were left out.", published.holidays)
        messages.info(request, text % {"count": published.holidays})


@staff_required
@require_POST
def free_time_withdraw(request, pk):
    free_time = get_object_or_404(FreeTime, pk=pk)
    try:
        booked = withdraw(free_time, by=request.user, now=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Nobody can book this time any more."))
        if booked:
            text = ngettext(
                "%(count)s person stays booked: move or cancel the appointment yourself, if you cannot be there.",
                "%(count)s people stay booked: move or cancel the appointments yourself, if you cannot be there.",
                booked,
            )
            messages.warning(request, text % {"count": booked})
    return back(request)
