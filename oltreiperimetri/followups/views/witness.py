"""The firm's or mentor's minute: by link, without sign-in. GET shows, POST records."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from oltreiperimetri.accounts.enums import LinkPurpose
from oltreiperimetri.accounts.gates import public
from oltreiperimetri.accounts.links import LinkRefused, open_link
from oltreiperimetri.accounts.ratelimits import limit_posts
from oltreiperimetri.shared.errors import DomainError

from .. import languages
from ..domain.witness import testify_by_link
from ..forms.witness import WitnessForm
from ..models import Witness
from .answer import link_is_closed

ITALIAN = languages.chosen(None)


@public
@never_cache
@limit_posts("followups.witness", rate="60/h")
@require_http_methods(["GET", "HEAD", "POST"])
def witness(request, token):
    now = timezone.now()
    try:
        link = open_link(LinkPurpose.WITNESS, token, now=now)
    except LinkRefused as refusal:
        return link_is_closed(request, ITALIAN, refusal.reason)
    found = Witness.objects.select_related("checkpoint__plan").filter(pk=link.subject_id).first()
    if found is None:
        return link_is_closed(request, ITALIAN, "unknown")
    form = WitnessForm(request.POST or None, witness=found)
    context = {"form": form, "witness": found, "checkpoint": found.checkpoint}
    if request.method == "POST" and form.is_valid():
        try:
            testify_by_link(link, found, form.cleaned_data, now=now)
        except DomainError as refusal:
            return render(request, "followups/answer/closed.html", {"sentence": refusal.message}, status=409)
        return render(request, "followups/witness/done.html", context)
    return render(request, "followups/witness/form.html", context, status=422 if form.is_bound else 200)
