"""The person's two minutes: by link, without sign-in. GET shows, POST records."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from oltreiperimetri.accounts.enums import LinkPurpose
from oltreiperimetri.accounts.gates import public
from oltreiperimetri.accounts.links import LinkRefused, open_link
from oltreiperimetri.shared.errors import DomainError

from ..domain.answer import answer_by_link
from ..forms.answer import AnswerForm
from ..models import Checkpoint


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, token):
    now = timezone.now()
    try:
        link = open_link(LinkPurpose.FOLLOW_UP, token, now=now)
    except LinkRefused as refusal:
        return link_is_closed(request, refusal.reason)
    checkpoint = Checkpoint.objects.select_related("plan").filter(pk=link.subject_id).first()
    if checkpoint is None:
        return link_is_closed(request, "unknown")
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            given = answer_by_link(link, checkpoint, form.cleaned_data, now=now)
        except DomainError as refusal:
            return render(request, "followups/answer/closed.html", {"sentence": refusal.message}, status=409)
        return render(request, "followups/answer/done.html", {"answer": given, "checkpoint": checkpoint})
    status = 422 if form.is_bound else 200
    return render(request, "followups/answer/form.html", {"form": form, "checkpoint": checkpoint}, status=status)


def link_is_closed(request, reason: str):
    """Used or closed: thanks. Unknown, expired or mistyped: the same page, whatever the token."""
    if reason in ("used", "revoked"):
        return render(request, "followups/answer/already.html", status=410)
    return render(request, "followups/answer/unknown.html", status=404)
