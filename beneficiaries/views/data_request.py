"""What people ask about their own data: the person's pages, and the list with its legal deadlines for the office."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oltreiperimetri.accounts.enums import ALL_TOWNS_ROLES, Role
from oltreiperimetri.accounts.gates import role_required
from oltreiperimetri.audit.trail import record_read
from oltreiperimetri.shared.acting import carried_out
from oltreiperimetri.shared.errors import DomainError

from ..domain import data_request as verbs
from ..domain.disposal import propose_asked
from ..domain.erasure import under_way
from ..domain.retention import keeping_of
from ..forms.data_request import CorrectionForm, ErasureForm, ExtensionForm, RequestAnswerForm
from ..models import DataRequest, Disposal, Person

PER_PAGE = 25
participant = role_required(Role.BENEFICIARY)
coordinators = role_required(*ALL_TOWNS_ROLES)
Kind = DataRequest.Kind


def own(request) -> Person:
    return get_object_or_404(Person.objects.filter(user=request.user))


@participant
def my_correction(request):
    return asked(request, Kind.CORRECTION, CorrectionForm, "beneficiaries/data_requests/my_correction.html")


@participant
def my_erasure(request):
    return asked(request, Kind.ERASURE, ErasureForm, "beneficiaries/data_requests/my_erasure.html")


def asked(request, kind: str, form_class, template: str):
    person, today = own(request), timezone.localdate()
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = verbs.ask(person, kind, form.cleaned_data["text"], by=request.user, now=timezone.now())
        except DomainError as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            day = made.due_on.strftime("%d/%m/%Y")
            messages.success(request, _("We have your request and answer by %(day)s.") % {"day": day})
            return redirect("portal:my_data")
    context = {"form": form, "due_on": verbs.last_day(today), "keeping": keeping_of(person, today=today)}
    return render(request, template, context)


@participant
@require_POST
def my_request_back(request, pk):
    found = get_object_or_404(DataRequest.objects.open().filter(person__user=request.user), pk=pk)
    carried_out(request, verbs.take_back, found, thanks=_("You have taken your request back."))
    return redirect("portal:my_data")


@coordinators
@require_safe
def data_requests(request):
    """The open ones by the day of the law; `?tutte` also those answered, newest first."""
    wants_all = "tutte" in request.GET
    found = DataRequest.objects.select_related("person__municipality")
    found = found.order_by("-asked_at", "-pk") if wants_all else found.open().order_by("due_on", "pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "wants_all": wants_all, "today": timezone.localdate(), "count": page.paginator.count}
    return render(request, "beneficiaries/data_requests/list.html", context)


@coordinators
def data_request(request, pk):
    """What is asked, by when, and the answer."""
    found = get_object_or_404(DataRequest.objects.select_related("person__municipality", "answered_by"), pk=pk)
    form = RequestAnswerForm(request.POST or None, kind=found.kind)
    if request.method == "POST" and form.is_valid():
        try:
            facts = form.cleaned_data
            verbs.answer(found, facts["to"], facts["answer"], by=request.user, now=timezone.now())
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Answered. The person reads it among the messages."))
            return redirect("beneficiaries:data_requests")
    record_read(found, by=request.user)
    today = timezone.localdate()
    waiting = under_way(found.person, today=today) if found.person and found.kind == Kind.ERASURE else []
    context = {
        "found": found,
        "form": form,
        "extension_form": ExtensionForm(),
        "is_open": found.state == DataRequest.State.OPEN,
        "may_extend": not found.extended_at and today <= found.due_on,
        "waiting": waiting,
        "proposed": found.disposals.filter(state=Disposal.State.PROPOSED).first(),
        "today": today,
    }
    return render(request, "beneficiaries/data_requests/detail.html", context)


@coordinators
@require_POST
def extend(request, pk):
    found = get_object_or_404(DataRequest, pk=pk)
    form = ExtensionForm(request.POST)
    carried_out(
        request,
        verbs.extend,
        found,
        form.data.get("reason", ""),
        thanks=_("The person knows that it takes longer, and why."),
    )
    return redirect("beneficiaries:data_request", found.pk)


@coordinators
@require_POST
def propose_erasure(request, pk):
    found = get_object_or_404(DataRequest.objects.select_related("person"), pk=pk)
    try:
        propose_asked(found, by=request.user, now=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("beneficiaries:data_request", found.pk)
    messages.success(request, _("It is on the disposal list: a second coordinator erases."))
    return redirect("beneficiaries:disposals")
