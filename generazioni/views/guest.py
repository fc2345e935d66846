"""Who signs up for an evening, as the office helps: by phone, at the door, or when somebody cannot come."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.shared.acting import carried_out
from oltreiperimetri.shared.errors import DomainError

from ..domain import guest as verbs
from ..forms.guest import GuestForm
from ..models import Evening, Guest


@staff_required
def new(request, pk):
    found = get_object_or_404(Evening.objects.with_counts(), pk=pk)
    form = GuestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            outcome = verbs.sign_up(found, form.values, by=request.user, now=timezone.now())
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, said(outcome))
            return redirect("generazioni:evening_office", pk)
    return render(request, "generazioni/evening/guest_form.html", {"form": form, "evening": found})


def said(outcome) -> str:
    name = {"name": outcome.guest.name}
    if not outcome.is_new:
        return _("%(name)s had already signed up with this e-mail or phone: nothing changes.") % name
    if outcome.guest.is_seated:
        return _("%(name)s has a seat.") % name
    return _("The seats are all taken: %(name)s is on the waiting list.") % name


@staff_required
def give_back(request, pk):
    """Asks first: the seat goes at once to the first who waits."""
    guest = get_object_or_404(Guest.objects.select_related("evening"), pk=pk)
    if request.method == "POST":
        try:
            promoted = verbs.give_back(guest, by=request.user, now=timezone.now())
        except DomainError as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("The place of %(name)s is free.") % {"name": guest.name})
            for other in promoted:
                messages.info(request, _("The seat goes to %(name)s, who was waiting.") % {"name": other.name})
        return redirect("generazioni:evening_office", guest.evening_id)
    return render(request, "generazioni/evening/guest_give_back.html", {"guest": guest, "evening": guest.evening})


@staff_required
@require_POST
def called(request, pk):
    guest = get_object_or_404(Guest, pk=pk)
    carried_out(request, verbs.note_call, guest, thanks=_("Noted: %(name)s knows.") % {"name": guest.name})
    return redirect("generazioni:evening_office", guest.evening_id)
