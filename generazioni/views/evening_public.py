"""Themed evenings as everybody sees them: the agenda, one evening, a seat in two taps, the calendar."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oltreiperimetri.accounts.gates import public
from oltreiperimetri.accounts.ratelimits import consume, limit_posts
from oltreiperimetri.documents import calendar
from oltreiperimetri.shared.errors import DomainError

from ..domain import guest as verbs
from ..domain.queries import calendar_entry
from ..forms.evening import AgendaFilters
from ..forms.guest import SignUpForm
from ..models import Evening

PER_PAGE = 20
PAST_SHOWN = 5


@public
@require_safe
def evenings(request):
    now = timezone.now()
    filters = AgendaFilters(request.GET)
    rows = filters.rows(Evening.objects.agenda(now)).with_counts()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "active": filters.active(request.GET),
        "page_obj": page,
        "past": Evening.objects.held().select_related("municipality")[:PAST_SHOWN],
        "now": now,
    }
    return render(request, "generazioni/evening/agenda.html", context)


@public
@limit_posts("generazioni.evening", rate="30/h")
def evening(request, pk):
    """The evening and, while it takes people, the form: two taps from the agenda."""
    now = timezone.now()
    found = get_object_or_404(Evening.objects.public().with_counts(), pk=pk)
    label = _("Take a seat") if found.seats_left else _("Join the waiting list")
    form = SignUpForm(request.POST or None, initial=who(request.user), submit=label)
    if request.method == "POST" and form.is_valid():
        return sign_up(request, found, form, now=now)
    return show(request, found, form, now=now)


def show(request, found, form, *, now) -> HttpResponse:
    context = {"evening": found, "form": form, "takes_people": found.takes_people_at(now), "is_over": found.is_over_at(now)}
    return render(request, "generazioni/evening/detail.html", context)


def sign_up(request, found, form, *, now) -> HttpResponse:
    """The same page for somebody new and for somebody who already has a place."""
    done = reverse("generazioni:evening_done", args=[found.pk])
    if form.is_by_a_program:
        return redirect(done)
    for address in filter(None, [form.cleaned_data["email"], form.cleaned_data["phone"]]):
        if not consume(request, "generazioni.evening_address", rate="10/d", key=address):
            return render(request, "429.html", status=429)
    try:
        outcome = verbs.sign_up(found, form.values, by=None, now=now)
    except DomainError as refusal:
        form.add_error(None, refusal.message)
        return show(request, found, form, now=now)
    return redirect(done if outcome.had_room else f"{done}?lista=1")


def who(user) -> dict[str, str]:
    """Whoever is signed in finds the form already filled; the office signs up other people."""
    if not user.is_authenticated or user.is_staff_member:
        return {}
    return {"name": user.get_full_name(), "email": user.email, "phone": user.phone}


@public
@require_safe
def done(request, pk):
    found = get_object_or_404(Evening.objects.public().select_related("municipality"), pk=pk)
    context = {"evening": found, "is_waiting": request.GET.get("lista") == "1"}
    return render(request, "generazioni/evening/done.html", context)


@public
@require_safe
def evening_calendar(request, pk):
    found = get_object_or_404(Evening.objects.public().select_related("municipality"), pk=pk)
    return calendar.response([entry_of(found)], now=timezone.now(), filename=f"serata-{found.pk}")


@public
@require_safe
def agenda_calendar(request):
    """Every evening to come, to subscribe to; cancelled ones stay in it until their day, as cancelled."""
    now = timezone.now()
    entries = [entry_of(found) for found in Evening.objects.agenda(now).select_related("municipality")]
    return calendar.response(entries, now=now, filename="serate")


def entry_of(found: Evening) -> calendar.Entry:
    return calendar_entry(found, url=settings.SITE_URL + found.get_absolute_url())
