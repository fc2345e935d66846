"""The owner of a known address says that an application registered with it is theirs."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.accounts.enums import LinkPurpose
from oltreiperimetri.accounts.links import LinkRefused, open_link, use_link
from oltreiperimetri.shared.errors import DomainError

from ..domain.account import claim, may_claim
from ..models import Application


def join_account(request, token):
    """For anybody but the owner of the address the link does not exist."""
    now = timezone.now()
    try:
        link = open_link(LinkPurpose.APPLICATION, token, now=now)
    except LinkRefused:
        raise Http404 from None
    application = get_object_or_404(Application.objects.select_related("person"), pk=link.subject_id)
    if not may_claim(request.user, application):
        raise Http404
    if request.method == "POST":
        try:
            claim(application, by=request.user, now=now)
            use_link(link, now=now)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Done: you find the application on your page."))
        return redirect("portal:start")
    return render(request, "beneficiaries/registration/join_account.html", {"application": application})
