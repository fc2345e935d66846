"""The person's two minutes: by link, without sign-in, in seven languages. GET shows, POST records."""

from datetime import datetime

from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from oltreiperimetri.accounts.enums import LinkPurpose
from oltreiperimetri.accounts.gates import public
from oltreiperimetri.accounts.links import LinkRefused, open_link
from oltreiperimetri.accounts.models import AccessLink
from oltreiperimetri.accounts.ratelimits import limit_posts
from oltreiperimetri.shared.errors import DomainError

from .. import languages, paths
from ..domain.answer import answer_by_link
from ..domain.queries import answer_before
from ..forms.answer import AnswerForm, initial_from
from ..models import Checkpoint


@public
@never_cache
@limit_posts("followups.answer", rate="60/h")
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, token):
    now = timezone.now()
    try:
        link = open_link(LinkPurpose.FOLLOW_UP, token, now=now, allow_used=True)
    except LinkRefused as refusal:
        return in_language(request, languages.chosen(request.GET.get("lingua")), link_is_closed, refusal.reason)
    checkpoint = Checkpoint.objects.select_related("plan", "answer").filter(pk=link.subject_id).first()
    if checkpoint is None:
        return in_language(request, languages.chosen(request.GET.get("lingua")), link_is_closed, "unknown")
    earlier = answer_before(checkpoint)
    given = getattr(checkpoint, "answer", None) or earlier
    language = languages.chosen(request.GET.get("lingua"), given.language if given else "")
    return in_language(request, language, two_minutes, link, checkpoint, earlier, now=now)


def in_language(request, language: languages.Language, view, *args, **kwargs):
    """The page of `view` in a language: this page only, whatever the browser or the portal speak."""
    with translation.override(language.code):
        response = view(request, language, *args, **kwargs)
    response["Content-Language"] = language.code
    return response


def two_minutes(request, language, link: AccessLink, checkpoint: Checkpoint, earlier, *, now: datetime):
    given = getattr(checkpoint, "answer", None)
    if given and not given.may_be_corrected_at(now):
        return link_is_closed(request, language, "used")
    initial = initial_from(given, whole=True) if given else initial_from(earlier)
    had_firm = paths.get(checkpoint.plan.path).had_firm
    form = AnswerForm(request.POST or None, initial=initial, had_firm=had_firm)
    if request.method == "POST" and form.is_valid():
        try:
            given = answer_by_link(link, checkpoint, form.cleaned_data, now=now, language=language.code)
        except DomainError as refusal:
            return page(request, language, "closed", {"sentence": refusal.message}, status=409)
        return page(request, language, "done", {"answer": given, "checkpoint": checkpoint})
    context = {"form": form, "checkpoint": checkpoint, "is_correction": bool(given), "is_prefilled": bool(initial)}
    return page(request, language, "form", context, status=422 if form.is_bound else 200)


def link_is_closed(request, language, reason: str):
    """Used or closed: thanks. Unknown, expired or mistyped: the same page, whatever the token."""
    if reason in ("used", "revoked"):
        return page(request, language, "already", {}, status=410)
    return page(request, language, "unknown", {}, status=404)


def page(request, language, name: str, context: dict, *, status: int = 200):
    context |= {"language": language, "languages": languages.ALL}
    return render(request, f"followups/answer/{name}.html", context, status=status)
