"""A need as its firm and the office see it."""

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
from partners.models import Organisation
from partners.views.here import home_of, host_or_staff

from ..access import needs_visible_to
from ..domain import need as verbs
from ..forms.need import NeedFilters, NeedForm, SendBackForm
from ..models import Need
from .here import edition_or_404, events, key_in, page_of


def find(request, pk) -> Need:
    return get_object_or_404(needs_visible_to(request.user).select_related("organisation", "edition"), pk=pk)


def organisation_in(request) -> Organisation:
    """The one named in the address; without it the first for which a contact works."""
    chosen = request.GET.get("ente", "")
    if chosen:
        return get_object_or_404(Organisation.objects.visible_to(request.user), pk=key_in(chosen))
    own = Organisation.objects.of_contact(request.user).first()
    if own is None:
        raise Http404
    return own


@host_or_staff
def new(request):
    organisation = organisation_in(request)
    form = NeedForm(request.POST or None)
    is_open = verbs.edition_for_needs(timezone.localdate()) is not None
    if request.method == "POST" and form.is_valid():
        try:
            made = verbs.post(organisation, form.cleaned_data, by=request.user, now=timezone.now())
        except DomainError as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, _("Thank you: our office reads it and publishes it within five working days."))
            return redirect(made)
    return show_form(request, form, organisation, is_open=is_open)


def show_form(request, form, organisation, found=None, *, is_open=True):
    back = found.get_absolute_url() if found else home_of(organisation, request.user)
    context = {"form": form, "organisation": organisation, "need": found, "back": back, "is_open": is_open}
    return render(request, "generazioni/need/form.html", context)


@host_or_staff
@require_safe
def need(request, pk):
    return show(request, find(request, pk), SendBackForm())


def show(request, found, send_back_form):
    context = {
        "need": found,
        "history": events(found),
        "send_back_form": send_back_form,
        "back": home_of(found.organisation, request.user),
        "may_check": request.user.is_staff_member and found.state == Need.State.PROPOSED,
        "may_edit": request.user.is_staff_member or found.is_editable_by_firm,
        "chosen": found.ideas.chosen().order_by("title") if found.edition.results_published_at else [],
    }
    return render(request, "generazioni/need/detail.html", context)


@host_or_staff
def edit(request, pk):
    found = find(request, pk)
    form = NeedForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.change(found, form.cleaned_data, by=request.user, now=timezone.now())
        except DomainError as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, _("Saved."))
            return redirect(found)
    return show_form(request, form, found.organisation, found)


@host_or_staff
@require_POST
def withdraw(request, pk):
    return act(request, verbs.withdraw, find(request, pk), _("The need is withdrawn."))


@staff_required
@require_POST
def publish(request, pk):
    return act(request, verbs.publish, find(request, pk), _("Published: everybody can read it, and the firm has been told."))


@staff_required
@require_POST
def send_back(request, pk):
    found = find(request, pk)
    form = SendBackForm(request.POST)
    if not form.is_valid():
        return show(request, found, form)
    return act(request, verbs.send_back, found, _("Sent back to the firm."), reason=form.cleaned_data["reason"])


def act(request, verb, found, thanks, **details):
    carried_out(request, verb, found, thanks=thanks, **details)
    return redirect(found)


@staff_required
@require_safe
def needs(request):
    """The office's list."""
    edition = edition_or_404(request, timezone.localdate())
    filters = NeedFilters(request.GET)
    rows = filters.rows(edition.needs.select_related("organisation").order_by("title", "pk"))
    if "formato" in request.GET:
        return as_table(request, rows)
    context = {
        "edition": edition,
        "filters": filters,
        "active": filters.active(request.GET),
        "page_obj": page_of(request, rows),
    }
    return render(request, "generazioni/need/list.html", context)


def as_table(request, rows):
    headers = [_("Title"), _("Organisation"), _("State"), _("Published on"), _("What you need"), _("What you offer")]
    lines = (
        [need.title, need.organisation.name, need.get_state_display(), need.published_on, need.description, need.offer]
        for need in rows
    )
    return exports.table_response(request, "bisogni", headers, lines)
