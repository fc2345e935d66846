"""People sent by partners: what the partner sends and sees, and the queue from which the office calls them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.accounts.gates import role_required, staff_required
from oltreiperimetri.accounts.ratelimits import limit_posts
from oltreiperimetri.audit.trail import record_read, state_changes
from oltreiperimetri.shared.errors import DomainError
from partners.models import Organisation

from ..domain import inbound_referral as verbs
from ..domain.twins import look_alikes
from ..enums import ReferralClosing
from ..forms.inbound_referral import CloseReferralForm, InboundReferralFilters, SendPersonForm
from ..models import InboundReferral, Person
from .posted import posted

PER_PAGE = 25
FOLDER = "beneficiaries/inbound/"
partner_required = role_required(Role.FIRM_CONTACT)


def referrers_of(request):
    """The bodies for which the reader may send people; without any, these pages do not exist."""
    found = Organisation.objects.of_contact(request.user).referrers().order_by("name", "pk")
    if not found:
        raise Http404
    return found


@partner_required
@require_safe
def my_referrals(request):
    """Whom we sent and how far it is: no note, no data of the path."""
    referrers_of(request)
    sent = InboundReferral.objects.sent_by(request.user).select_related("organisation").order_by("-sent_at", "-pk")
    page = Paginator(sent.defer("why", "phone", "email"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, FOLDER + "mine.html", {"page_obj": page, "count": page.paginator.count})


@partner_required
@limit_posts("inbound_referral.send", rate="60/h")
def my_referral_new(request):
    organisations = referrers_of(request)
    form = SendPersonForm(posted(request), organisations=organisations)
    if request.method == "POST" and form.is_valid():
        body = form.cleaned_data["organisation"]
        try:
            verbs.send_person(body, form.told(), by=request.user, now=timezone.now())
        except DomainError as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Thank you: we call the person within %(days)d days.") % {"days": verbs.ANSWER_DAYS})
            return redirect("beneficiaries:my_referrals")
    return render(request, FOLDER + "send.html", {"form": form})


@staff_required
@require_safe
def inbound_referrals(request):
    filters = InboundReferralFilters(request.GET, user=request.user)
    reach = InboundReferral.objects.visible_to(request.user).select_related("organisation", "municipality", "taken_by")
    page = Paginator(filters.apply(reach.defer("why")), PER_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    for referral in page.object_list:
        referral.age = (today - timezone.localtime(referral.sent_at).date()).days
        referral.is_late = referral.state == InboundReferral.State.RECEIVED and referral.age > verbs.ANSWER_DAYS
    context = {"page_obj": page, "count": page.paginator.count, "filters": filters, "chips": filters.chips()}
    return render(request, FOLDER + "list.html", context)


def referral_of(request, pk) -> InboundReferral:
    reach = InboundReferral.objects.visible_to(request.user)
    return get_object_or_404(reach.select_related("organisation", "municipality", "sent_by", "taken_by", "person"), pk=pk)


def page_context(request, referral) -> dict:
    known = referral.person
    return {
        "referral": referral,
        "twins": look_alikes(told_of(referral)).visible_to(request.user)[:5] if referral.is_open else [],
        "person": known if known and Person.objects.visible_to(request.user).filter(pk=known.pk).exists() else None,
        "changes": changes_of(referral),
    }


def changes_of(referral) -> list:
    """Each passage with `told`: where it led, and for a closed one why."""
    states, reasons = dict(InboundReferral.State.choices), dict(ReferralClosing.choices)
    changes = list(state_changes(referral))
    for change in changes:
        change.told = ": ".join(str(part) for part in (states[change.to_state], reasons.get(change.reason, "")) if part)
    return changes


def told_of(referral) -> Person:
    return Person(first_name=referral.first_name, last_name=referral.last_name, phone=referral.phone)


@staff_required
@require_safe
def inbound_referral(request, pk):
    referral = referral_of(request, pk)
    record_read(referral, by=request.user)
    return render(request, FOLDER + "detail.html", page_context(request, referral))


@staff_required
@require_POST
def inbound_contacted(request, pk):
    referral = referral_of(request, pk)
    return answered(request, referral, verbs.mark_contacted)


@staff_required
def inbound_close(request, pk):
    referral = referral_of(request, pk)
    form = CloseReferralForm(posted(request))
    if request.method == "POST" and form.is_valid():
        return answered(request, referral, verbs.close, form.cleaned_data["reason"])
    return render(request, FOLDER + "close.html", {"form": form, "referral": referral})


@staff_required
@require_POST
def inbound_join(request, pk, person_pk):
    """The person sent is somebody already here."""
    referral = referral_of(request, pk)
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=person_pk)
    return answered(request, referral, verbs.bring_into_path, person)


def answered(request, referral, verb, *args):
    try:
        verb(referral, *args, by=request.user, now=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Saved: %(state)s.") % {"state": referral.get_state_display()})
    return redirect(referral)
