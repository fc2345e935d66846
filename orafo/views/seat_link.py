"""The person's answer to the offer of a seat: by link without sign-in, or from the own page. GET shows, POST answers."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from oltreiperimetri.accounts.enums import LinkPurpose
from oltreiperimetri.accounts.gates import public
from oltreiperimetri.accounts.links import LinkRefused, open_link, use_link
from oltreiperimetri.accounts.ratelimits import limit_posts
from oltreiperimetri.shared.errors import DomainError

from ..domain import membership as verbs
from ..domain.queries import next_session
from ..models import Membership

ANSWERS = {"accept": verbs.accept_offer, "decline": verbs.decline_offer}


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limit_posts("orafo.seat", rate="20/h")
def answer_seat(request, token):
    now = timezone.now()
    try:
        link = open_link(LinkPurpose.SEAT_OFFER, token, now=now)
    except LinkRefused as refusal:
        return refuse(request, refusal.reason)
    membership = Membership.objects.select_related("cohort__municipality", "person").filter(pk=link.subject_id).first()
    if membership is None:
        return refuse(request, "unknown")
    if request.method == "POST":
        return answer(request, membership, link, now=now)
    return render(request, "orafo/seat_link/answer.html", context_of(membership))


def answer(request, membership, link, *, now):
    choice = request.POST.get("answer", "")
    if choice not in ANSWERS:
        return render(request, "orafo/seat_link/answer.html", {**context_of(membership), "asks_again": True}, status=422)
    try:
        ANSWERS[choice](membership, by=None, now=now)
        use_link(link, now=now)
    except DomainError as refusal:
        return render(request, "orafo/seat_link/closed.html", {"sentence": str(refusal)}, status=409)
    except LinkRefused as refusal:
        return refuse(request, refusal.reason)
    context = {
        **context_of(membership),
        "accepted": choice == "accept",
        "next": next_session([membership], now=now),
        "is_ahead": membership.cohort.starts_on > timezone.localdate(now),
    }
    return render(request, "orafo/seat_link/done.html", context)


def context_of(membership) -> dict:
    return {"membership": membership, "cohort": membership.cohort}


def refuse(request, reason: str):
    """Used, closed or past: kind words. Unknown or mistyped: the same page, whatever the token."""
    if reason == "unknown":
        return render(request, "orafo/seat_link/unknown.html", status=404)
    return render(request, "orafo/seat_link/already.html", {"is_late": reason == "expired"}, status=410)


@require_POST
def my_seat(request, pk):
    """The answer of somebody who has signed in."""
    own = Membership.objects.filter(person__user=request.user).select_related("cohort", "person")
    membership = get_object_or_404(own, pk=pk)
    verb = ANSWERS.get(request.POST.get("answer", ""))
    if verb is None:
        messages.error(request, _("Say yes or no to the seat."))
        return redirect("portal:start")
    try:
        verb(membership, by=request.user, now=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, outcome(membership))
    return redirect("portal:start")


def outcome(membership) -> str:
    if not membership.is_holding:
        return _("Thank you for telling us. The seat goes to somebody else; we stay in touch.")
    facts = {"group": membership.cohort.name, "seat": membership.seat}
    return _("You have seat number %(seat)s in the group “%(group)s”.") % facts
