from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.documents import exports
from oltreiperimetri.shared.acting import carried_out
from oltreiperimetri.shared.errors import DomainError

from ..domain import slot as verbs
from ..forms.filters import SlotFilters
from ..forms.slot import SlotForm, WithdrawForm
from ..models import Organisation, Slot
from .here import events, home_of, host_or_staff, page_of


def find(request, pk) -> Slot:
    return get_object_or_404(Slot.objects.visible_to(request.user).with_names(), pk=pk)


@staff_required
@require_safe
def slots(request):
    today = timezone.localdate()
    filters = SlotFilters(request.GET)
    rows = filters.rows(Slot.objects.visible_to(request.user).with_names(), today=today)
    if "formato" in request.GET:
        return as_table(request, rows)
    context = {
        "filters": filters,
        "active": filters.active(request.GET),
        "page_obj": page_of(request, rows),
        "today": today,
    }
    return render(request, "partners/slot/list.html", context)


def as_table(request, slots):
    headers = [
        _("Title"),
        _("Organisation"),
        _("Municipality"),
        _("Sector"),
        _("State"),
        _("Places"),
        _("Hours a week"),
        _("From"),
        _("To"),
        _("Licence"),
        _("Car"),
        _("Valid until"),
    ]
    rows = (
        [
            slot.title,
            slot.organisation.name,
            slot.site.municipality.name if slot.site else "",
            slot.get_sector_display(),
            slot.get_state_display(),
            slot.quantity,
            slot.weekly_hours,
            slot.starts_on,
            slot.ends_on,
            slot.needs_licence,
            slot.needs_car,
            slot.expires_on,
        ]
        for slot in slots
    )
    return exports.table_response(request, "tirocini-offerti", headers, rows)


@host_or_staff
def new(request):
    organisation = organisation_of(request)
    form = SlotForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        slot = verbs.draft(organisation, form.cleaned_data, by=request.user)
        messages.success(request, _("The draft is saved."))
        return redirect(slot)
    return show_form(request, form, organisation)


def organisation_of(request) -> Organisation:
    """The one named in the address; without it the only one a contact works for, or the first."""
    visible = Organisation.objects.visible_to(request.user)
    chosen = request.GET.get("ente", "")
    if chosen:
        return get_object_or_404(
            visible, pk=int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 19 else 0
        )
    own = Organisation.objects.of_contact(request.user).first()
    if own is None:
        raise Http404
    return own


@host_or_staff
@require_safe
def slot(request, pk):
    return show(request, find(request, pk), WithdrawForm())


def show(request, found, withdraw_form):
    today = timezone.localdate()
    context = {
        "slot": found,
        "gaps": verbs.gaps(found, today=today) if found.state == Slot.State.DRAFT else [],
        "is_expired": found.is_expired_on(today),
        "has_ended": found.has_ended_on(today),
        "withdraw_form": withdraw_form,
        "history": events(found),
        "back": home_of(found.organisation, request.user),
        "today": today,
    }
    return render(request, "partners/slot/detail.html", context)


@host_or_staff
def edit(request, pk):
    found = find(request, pk)
    form = SlotForm(request.POST or None, instance=found, organisation=found.organisation)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.change(found, form.cleaned_data, by=request.user, now=timezone.now())
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Saved."))
            return redirect(found)
    return show_form(request, form, found.organisation, found)


def show_form(request, form, organisation, found=None):
    back = found.get_absolute_url() if found else home_of(organisation, request.user)
    context = {"form": form, "organisation": organisation, "slot": found, "back": back}
    return render(request, "partners/slot/form.html", context)


@host_or_staff
@require_POST
def offer(request, pk):
    return act(request, verbs.offer, find(request, pk), _("The slot is on offer. We write to you before it expires."))


@host_or_staff
@require_POST
def confirm(request, pk):
    return act(request, verbs.confirm, find(request, pk), _("Thank you: the offer stands for 90 more days."))


@host_or_staff
@require_POST
def prepare_again(request, pk):
    return act(request, verbs.prepare_again, find(request, pk), _("The slot is a draft again."))


@host_or_staff
@require_POST
def withdraw(request, pk):
    found = find(request, pk)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return show(request, found, form)
    return act(request, verbs.withdraw, found, _("The slot is withdrawn."), reason=form.cleaned_data["reason"])


def act(request, verb, found, thanks, **details):
    carried_out(request, verb, found, thanks=thanks, **details)
    return redirect(found)
