"""An appointment as the person sees it, by the link in a mail or from the own page: choose, move, cancel, calendar."""

from dataclasses import dataclass
from functools import wraps

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oltreiperimetri.accounts.enums import LinkPurpose, Role
from oltreiperimetri.accounts.gates import public, role_required
from oltreiperimetri.accounts.links import LinkRefused, open_link
from oltreiperimetri.accounts.ratelimits import limit_posts
from oltreiperimetri.shared.errors import DomainError

from ..domain import appointment as verbs
from ..domain.free_time import offered_to
from ..forms.appointment import ChooseForm
from ..models import Appointment
from .appointment import MOST_SHOWN, calendar_file

STATUS = {"unknown": 404}
ROWS = Appointment.objects.select_related("person__municipality", "host", "free_time__place", "application")


@dataclass(frozen=True)
class Door:
    """By which way the person came in: who acts, the layout, and the addresses of the sister pages."""

    by: object
    base: str
    page: str
    move: str
    cancel: str
    calendar: str


def door_of(names: str, value, *, by, base: str) -> Door:
    urls = {part: reverse(names.format(part and f"_{part}"), args=[value]) for part in ("", "move", "cancel", "calendar")}
    return Door(by, base, urls[""], urls["move"], urls["cancel"], urls["calendar"])


def by_link(view):
    """Whoever holds the link; it may be opened as often as needed until the appointment is over."""

    @public
    @limit_posts("beneficiaries.appointment", rate="60/h")
    @wraps(view)
    def opened(request, token):
        try:
            link = open_link(LinkPurpose.APPOINTMENT, token, now=timezone.now())
        except LinkRefused as refusal:
            context = {"reason": refusal.reason}
            status = STATUS.get(refusal.reason, 410)
            return render(request, "beneficiaries/appointments/link_refused.html", context, status=status)
        door = door_of("beneficiaries:my_appointment_link{}", token, by=None, base="base_link.html")
        return view(request, get_object_or_404(ROWS, pk=link.subject_id), door)

    return opened


def by_account(view):
    """The person, signed in: the own ones only."""

    @role_required(Role.BENEFICIARY)
    @wraps(view)
    def opened(request, pk):
        door = door_of("beneficiaries:my_appointment{}", pk, by=request.user, base="base.html")
        return view(request, get_object_or_404(ROWS.filter(person__user=request.user), pk=pk), door)

    return opened


def choose_with(request, found: Appointment, door: Door, *, now):
    """The form of the times offered, and the answer once one is taken (None before)."""
    offered = offered_to(found.person, found.kind, now=now, host=found.host).exclude(pk=found.free_time_id)
    form = ChooseForm(request.POST or None, offered=offered[:MOST_SHOWN])
    if request.method == "POST" and form.is_valid():
        try:
            verbs.choose(found, form.chosen, by=door.by, now=now)
        except DomainError as refusal:
            form.add_error("time", str(refusal))
        else:
            messages.success(request, _("It is booked. We expect you."))
            return form, redirect(door.page)
    return form, None


def page(request, found: Appointment, door: Door):
    """Whoever is invited chooses here; whoever has a day sees where and when, and how to change it."""
    now = timezone.now()
    form, answer = choose_with(request, found, door, now=now) if found.is_invited else (None, None)
    if answer:
        return answer
    context = {
        "appointment": found,
        "door": door,
        "form": form,
        "may_change": found.is_booked and verbs.may_change_at(found, now),
        "last_change_at": verbs.last_change_at(found) if found.is_booked else None,
        "is_over": found.is_over(now),
    }
    return render(request, "beneficiaries/appointments/mine.html", context)


def move(request, found: Appointment, door: Door):
    now = timezone.now()
    if not (found.is_booked and verbs.may_change_at(found, now)):
        return redirect(door.page)
    form, answer = choose_with(request, found, door, now=now)
    return answer or render(
        request, "beneficiaries/appointments/mine_move.html", {"appointment": found, "door": door, "form": form}
    )


def cancel(request, found: Appointment, door: Door):
    """GET asks, POST cancels."""
    now = timezone.now()
    if not verbs.may_change_at(found, now):
        return redirect(door.page)
    if request.method == "POST":
        try:
            verbs.cancel(found, by=door.by, now=now)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        return redirect(door.page)
    return render(request, "beneficiaries/appointments/mine_cancel.html", {"appointment": found, "door": door})


@require_safe
def calendar(request, found: Appointment, door: Door):
    if found.starts_at is None:
        raise Http404
    return calendar_file(found)


link_page, link_move, link_cancel, link_calendar = (by_link(view) for view in (page, move, cancel, calendar))
own_page, own_move, own_cancel, own_calendar = (by_account(view) for view in (page, move, cancel, calendar))
