"""Stopping and going on: from another day, from another phone, with the code or with the link sent by mail."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from oltreiperimetri.accounts.gates import public
from oltreiperimetri.accounts.links import LinkRefused
from oltreiperimetri.accounts.ratelimits import limit_posts
from oltreiperimetri.shared.errors import DomainError

from ..domain import draft as drafts
from ..forms.resume import LostCodeForm, ResumeForm
from .posted import posted
from .registration_session import FOLDER, code_of, draft_of, forget, place_of, remember
from .registration_steps import step_of


@public
@never_cache
@limit_posts("registration.resume", rate="20/h")
def resume(request):
    form = ResumeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["code"]
        try:
            draft = drafts.resume(typed, now=timezone.now())
        except DomainError as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            remember(request, draft, drafts.as_written(typed))
            return redirect(place_of(draft))
    return render(request, FOLDER + "resume.html", {"form": form})


@public
@never_cache
@limit_posts("registration.lost_code", rate="10/h")
def lost_code(request):
    """A link by mail to whoever has lost the code. The answer is the same whether the address is known or not."""
    form = LostCodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        drafts.send_links_to(form.cleaned_data["email"], now=timezone.now())
        return render(request, FOLDER + "link_sent.html", {"email": form.cleaned_data["email"]})
    return render(request, FOLDER + "lost_code.html", {"form": form})


@public
@never_cache
@limit_posts("registration.link", rate="60/h")
def resume_link(request, token):
    """The link of a mail: opening it shows a button (mail scanners open links), pressing it goes on."""
    try:
        draft = drafts.resume_by_link(token, now=timezone.now())
    except LinkRefused:
        raise Http404 from None
    if request.method == "POST":
        remember(request, draft)
        return redirect(place_of(draft))
    return render(request, FOLDER + "resume_link.html", {"kept_until": draft.kept_until})


@public
@never_cache
@require_POST
@limit_posts("registration.leave", rate="60/h")
def leave(request):
    """Go on later, or elsewhere: this browser forgets, the code remembers, also what is half typed at `?passo=`.

    Where there is an address a link leaves too. After sending, it closes everything: "I have finished, sign out".
    """
    draft, kept = draft_of(request), code_of(request)
    forget(request)
    if draft is None:
        return redirect("beneficiaries:register")
    if draft.application_id:
        request.session.flush()
        return redirect("beneficiaries:register_finished")
    now, asked = timezone.now(), step_of(request.GET.get("passo", ""))
    if asked is not None:
        drafts.save_half(draft, asked.form(request.POST, today=timezone.localdate()).half_typed(), now=now)
    sent_to = draft.email if drafts.send_link(draft, now=now) else ""
    return render(request, FOLDER + "left.html", {"code": kept, "kept_until": draft.kept_until, "sent_to": sent_to})


@public
@never_cache
@require_safe
def finished(request):
    """The last page on a computer that others use: nothing is left here."""
    return render(request, FOLDER + "finished.html")
