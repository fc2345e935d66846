"""A proposal answered by the person, then by the firm: by the link in the mail, or from the own home page."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from oltreiperimetri.accounts.enums import LinkPurpose, Role
from oltreiperimetri.accounts.gates import public, role_required
from oltreiperimetri.accounts.links import LinkRefused, open_link
from oltreiperimetri.accounts.ratelimits import limit_posts
from oltreiperimetri.shared.errors import DomainError

from .. import access, said
from ..domain import proposal as verbs
from ..domain.offer import offer_of
from ..enums import DeclinedBy
from ..forms.proposal import DeclineForm
from ..models import Proposal

with_details = ("person", "slot__organisation", "slot__site__municipality", "slot__tutor")


def read_answer(request, side: str) -> tuple[DeclineForm, dict | None]:
    """The form to show, and the answer once it is complete: yes, or no with its reason."""
    if request.method != "POST":
        return DeclineForm(side=side), None
    if request.POST.get("answer") == "yes":
        return DeclineForm(side=side), {"says_yes": True}
    form = DeclineForm(request.POST, side=side)
    return form, {"says_yes": False, **form.cleaned_data} if form.is_valid() else None


@public
@never_cache
@limit_posts("answer_proposal", rate="30/h")
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request, token):
    """Whoever is asked now answers: the person first, then the firm. GET only shows."""
    now = timezone.now()
    try:
        link = open_link(LinkPurpose.PROPOSAL, token, now=now)
    except LinkRefused as refusal:
        return link_is_closed(request, refusal.reason)
    proposal = Proposal.objects.select_related(*with_details).filter(pk=link.subject_id).first()
    if proposal is None or not proposal.waits_for:
        return link_is_closed(request, "revoked")
    side = proposal.waits_for
    form, given = read_answer(request, side)
    if given:
        try:
            verbs.answer_by_link(link, proposal, side=side, now=now, **given)
        except DomainError as refusal:
            return render(request, "followups/answer/closed.html", {"sentence": refusal.message}, status=409)
        except LinkRefused as refusal:
            return link_is_closed(request, refusal.reason)
        context = {"proposal": proposal, "says_yes": given["says_yes"], "is_firm": side == DeclinedBy.FIRM}
        return render(request, "orafo/answer/done.html", context)
    context = question(proposal, side, form, today=timezone.localdate(now))
    return render(request, "orafo/answer/proposal.html", context, status=422 if form.is_bound else 200)


def question(proposal: Proposal, side: str, form: DeclineForm, *, today) -> dict:
    return {
        "proposal": proposal,
        "slot": proposal.slot,
        "offer": offer_of(proposal.slot, today=today),
        "is_firm": side == DeclinedBy.FIRM,
        "form": form,
        "today": today,
    }


def link_is_closed(request, reason: str):
    """Answered or closed: thanks. Unknown, expired or mistyped: the same page, whatever the token."""
    if reason in ("used", "revoked"):
        return render(request, "followups/answer/already.html", status=410)
    return render(request, "followups/answer/unknown.html", status=404)


@role_required(Role.BENEFICIARY)
@require_http_methods(["GET", "HEAD", "POST"])
def my_proposal(request, pk):
    found = get_object_or_404(access.own_proposals(request.user).select_related(*with_details), pk=pk)
    return from_home(request, found, DeclinedBy.PERSON, said.TO_PERSON)


@role_required(Role.FIRM_CONTACT)
@require_http_methods(["GET", "HEAD", "POST"])
def firm_proposal(request, pk):
    found = get_object_or_404(access.proposals_to_firm(request.user).select_related(*with_details), pk=pk)
    return from_home(request, found, DeclinedBy.FIRM, said.TO_FIRM)


def from_home(request, proposal: Proposal, side: str, sentences: dict):
    now = timezone.now()
    form, given = read_answer(request, side)
    if given:
        try:
            verbs.answer(proposal, side=side, by=request.user, now=now, **given)
        except DomainError as refusal:
            messages.error(request, refusal.message)
            return redirect(request.path)
        messages.success(request, _("Thank you, we have your answer."))
        return redirect(request.path if given["says_yes"] or side == DeclinedBy.PERSON else "portal:partner_area")
    is_asked = proposal.waits_for == side and not proposal.has_lapsed_on(timezone.localdate(now))
    context = question(proposal, side, form, today=timezone.localdate(now)) | {
        "is_asked": is_asked,
        "sentence": sentences[proposal.State.EXPIRED if not is_asked and proposal.waits_for == side else proposal.state],
    }
    return render(request, "orafo/answer/own_proposal.html", context, status=422 if form.is_bound else 200)
