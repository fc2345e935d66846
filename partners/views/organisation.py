from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.audit.trail import available_moves
from oltreiperimetri.documents import exports
from oltreiperimetri.shared.errors import DomainError

from ..domain import organisation as verbs
from ..domain.queries import organisations_for_list, with_towns
from ..domain.quota import quota_for
from ..forms.filters import OrganisationFilters
from ..forms.organisation import MoveForm, OrganisationForm, StaffOrganisationForm
from ..models import Organisation
from .here import events, home_of, host_or_staff, page_of


@staff_required
@require_safe
def organisations(request):
    filters = OrganisationFilters(request.GET)
    visible = filters.rows(Organisation.objects.visible_to(request.user))
    rows = organisations_for_list(visible, today=timezone.localdate())
    if "formato" in request.GET:
        return as_table(request, rows)
    context = {"filters": filters, "active": filters.active(request.GET), "page_obj": page_of(request, rows)}
    return render(request, "partners/organisation/list.html", context)


def as_table(request, organisations):
    headers = [
        _("Name"),
        _("Kind"),
        _("State"),
        _("Municipalities"),
        _("VAT number"),
        _("E-mail"),
        _("Phone"),
        _("Slots on offer"),
    ]
    rows = (
        [
            organisation.name,
            organisation.get_kind_display(),
            organisation.get_state_display(),
            ", ".join(sorted({site.municipality.name for site in organisation.sites.all()})),
            organisation.vat_number,
            organisation.email,
            organisation.phone,
            organisation.open_slots,
        ]
        for organisation in organisations
    )
    return exports.table_response(request, "partner", headers, rows)


@staff_required
def new(request):
    form = StaffOrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        organisation, _contact = verbs.enter(
            organisation=form.cleaned_data, site=None, contact=None, by=request.user, now=timezone.now()
        )
        messages.success(request, _("Saved. Now add a site and a contact, then accredit it."))
        return redirect(organisation)
    return render(request, "partners/organisation/form.html", {"form": form, "organisation": None})


@staff_required
@require_safe
def organisation(request, pk):
    found = get_object_or_404(
        Organisation.objects.visible_to(request.user).prefetch_related(with_towns(), "contacts"), pk=pk
    )
    context = {
        "organisation": found,
        "sites": [(site, quota_for(site.headcount)) for site in found.sites.all()],
        "contacts": found.contacts.all(),
        "slots": found.slots.with_names(),
        "today": timezone.localdate(),
        "requests": found.join_requests.open(),
        "missing": verbs.missing_details(found),
        "moves": available_moves(found, by=request.user),
        "history": events(found),
    }
    return render(request, "partners/organisation/detail.html", context)


@host_or_staff
def edit(request, pk):
    found = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    form_class = StaffOrganisationForm if request.user.is_staff_member else OrganisationForm
    form = form_class(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        verbs.change(found, form.cleaned_data, by=request.user)
        messages.success(request, _("Saved."))
        return redirect(home_of(found, request.user))
    context = {"form": form, "organisation": found, "back": home_of(found, request.user)}
    return render(request, "partners/organisation/form.html", context)


@staff_required
@require_POST
def move(request, pk):
    found = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    form = MoveForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    verb = verbs.accredit if request.POST.get("to") == Organisation.State.ACCREDITED else verbs.suspend
    try:
        verb(found, by=request.user, now=timezone.now(), reason=reason)
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The state is now “%(state)s”.") % {"state": found.get_state_display()})
    return redirect(found)
