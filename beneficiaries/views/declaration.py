"""Answers sent again with changes: what differs, and that somebody of the office has looked at it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from oltreiperimetri.accounts.gates import staff_required

from ..domain.declaration import mark_seen, told_before
from ..models import Application, Declaration
from .registration_answers import differences_said


def sent_again(application: Application, viewer) -> dict | None:
    """The latest answers beside those sent before, with (term, before, now) rows; None when they came once only."""
    latest = application.declarations.order_by("-pk").first()
    before = told_before(latest, among=Application.objects.visible_to(viewer)) if latest else None
    if before is None:
        return None
    return {"latest": latest, "before": before, "rows": differences_said(before, latest)}


@staff_required
@require_POST
def declaration_seen(request, pk):
    reach = Application.objects.visible_to(request.user)
    found = get_object_or_404(Declaration.objects.filter(application__in=reach).select_related("application"), pk=pk)
    mark_seen(found, by=request.user, now=timezone.now())
    messages.success(request, _("Written down: the changes have been looked at."))
    return redirect(found.application)
