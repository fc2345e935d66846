from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oltreiperimetri.shared.errors import DomainError

from . import invitations
from .enums import LinkPurpose
from .links import LinkRefused, open_link, use_link
from .models import Invitation


def accept_invitation(request, token):
    """GET shows what is offered, POST accepts; whoever is not signed in signs in first, with the invited address."""
    now = timezone.now()
    try:
        link = open_link(LinkPurpose.INVITATION, token, now=now)
    except LinkRefused:
        raise Http404 from None
    invitation = get_object_or_404(Invitation, pk=link.subject_id)
    if request.method == "POST":
        try:
            invitations.accept(invitation, by=request.user, now=now)
            use_link(link, now=now)
        except DomainError as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("Welcome. You can now use the portal in your new role."))
            return redirect("portal:start")
    return render(request, "accounts/accept_invitation.html", {"invitation": invitation})


@require_safe
def security(request):
    return render(request, "accounts/security.html")
