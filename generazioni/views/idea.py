"""An author's ideas: written, sent, taken back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oltreiperimetri.accounts.gates import role_required
from oltreiperimetri.shared.acting import carried_out
from oltreiperimetri.shared.errors import DomainError

from ..access import own_ideas
from ..domain import idea as verbs
from ..forms.idea import IdeaForm
from ..models import Edition, Idea, Review
from ..models.idea import AUTHOR_ROLES
from .here import key_in

author_required = role_required(*AUTHOR_ROLES)


def find(request, pk) -> Idea:
    return get_object_or_404(own_ideas(request.user).select_related("edition", "municipality", "author"), pk=pk)


@author_required
@require_safe
def my_ideas(request):
    today = timezone.localdate()
    edition = Edition.objects.current(today)
    context = {
        "ideas": [
            (idea, next_sentence(idea, today))
            for idea in own_ideas(request.user).select_related("edition").order_by("-edition__announced_on", "-pk")
        ],
        "edition": edition,
        "takes_ideas": bool(edition and edition.takes_ideas_on(today)),
        "today": today,
    }
    return render(request, "generazioni/idea/mine.html", context)


def next_sentence(idea: Idea, today) -> str:
    """Who has the ball, and by when."""
    edition = idea.edition
    if idea.has_outcome:
        return _("The result is here: read what we say about it.")
    if edition.takes_ideas_on(today):
        day = {"day": f"{edition.ideas_until:%d/%m/%Y}"}
        if idea.state == Idea.State.SUBMITTED:
            return _("You can change it until %(day)s.") % day
        return _("You can send it until %(day)s.") % day
    if idea.state == Idea.State.SUBMITTED:
        return _("The jury reads it. The results are expected by %(day)s.") % {
            "day": f"{edition.results_expected_on:%d/%m/%Y}"
        }
    if idea.state == Idea.State.WITHDRAWN:
        return _("You took it back. The text stays here for you.")
    return _("It was not sent in time. The text stays here: you can start from it in the next edition.")


@author_required
def new(request):
    today = timezone.localdate()
    edition = Edition.objects.current(today)
    if edition is None or not edition.takes_ideas_on(today):
        messages.info(request, _("At the moment no ideas can be written. Here are the days of the contest."))
        return redirect("generazioni:contest")
    form = IdeaForm(request.POST or None, edition=edition, initial=starting_values(request, edition))
    if request.method == "POST" and form.is_valid():
        try:
            made = verbs.draft(edition, form.cleaned_data, by=request.user, now=timezone.now())
        except DomainError as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, _("The draft is saved: only you can see it."))
            return redirect(made)
    return show_form(request, form, edition)


def starting_values(request, edition: Edition) -> dict:
    """A need from the contest's page, or an idea of one's own from an earlier edition."""
    need = key_in(request.GET.get("bisogno", ""))
    earlier = own_ideas(request.user).filter(pk=key_in(request.GET.get("da", ""))).exclude(edition=edition).first()
    values = {"needs": [need]} if need else {}
    if earlier:
        values |= {name: getattr(earlier, name) for name in ("title", "team", *Idea.TEXTS)}
    return values


def show_form(request, form, edition, found=None):
    return render(request, "generazioni/idea/form.html", {"form": form, "edition": edition, "idea": found})


@author_required
@require_safe
def idea(request, pk):
    found = find(request, pk)
    today = timezone.localdate()
    mentoring = found.mentorings.active().select_related("mentor").first() if found.state == Idea.State.CHOSEN else None
    context = {
        "idea": found,
        "needs": found.needs.select_related("organisation"),
        "versions": found.versions.all(),
        "gaps": verbs.gap_labels(found),
        "is_open": found.edition.takes_ideas_on(today),
        "sentence": next_sentence(found, today),
        "message": found.decision.message if found.has_outcome else "",
        "reviews": found.reviews.filter(state=Review.State.SENT).order_by("pk") if found.has_outcome else [],
        "mentoring": mentoring,
        "meetings": mentoring.meetings.all() if mentoring else [],
        "may_start_again": may_start_again(found, today),
        "can_withdraw": found.state == Idea.State.SUBMITTED,
    }
    return render(request, "generazioni/idea/detail.html", context)


def may_start_again(found: Idea, today) -> bool:
    """The text of an earlier edition may become a new idea while another edition is open."""
    current = Edition.objects.current(today)
    return bool(current and current != found.edition and current.takes_ideas_on(today))


@author_required
def edit(request, pk):
    found = find(request, pk)
    if not found.edition.takes_ideas_on(timezone.localdate()) or found.has_outcome:
        messages.info(request, next_sentence(found, timezone.localdate()))
        return redirect(found)
    form = IdeaForm(request.POST or None, instance=found, edition=found.edition)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.change(found, form.cleaned_data, by=request.user, now=timezone.now())
        except DomainError as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, _("Saved."))
            return redirect(found)
    return show_form(request, form, found.edition, found)


@author_required
@require_POST
def submit(request, pk):
    return act(request, verbs.submit, find(request, pk), _("Sent! We have written to you with its number."))


@author_required
@require_POST
def withdraw(request, pk):
    return act(request, verbs.withdraw, find(request, pk), _("You took your idea back. The text stays here for you."))


def act(request, verb, found, thanks):
    carried_out(request, verb, found, thanks=thanks)
    return redirect(found)
