"""A juror's desk: what to read, one idea at a time, without names."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.accounts.gates import role_required
from oltreiperimetri.shared.acting import carried_out
from oltreiperimetri.shared.errors import DomainError

from ..access import ideas_for, seat_of
from ..domain import jury as verbs
from ..domain.blind import blind, blind_title
from ..domain.queries import with_shares
from ..forms.jury import ConflictForm, ReviewForm
from ..models import Abstention, Edition, Idea, Juror, Review

juror_required = role_required(Role.JUROR)


def seat_or_404(request) -> Juror:
    """Outside the days of the jury there is nothing to read."""
    seat = seat_of(request.user, timezone.localdate())
    if seat is None:
        raise Http404
    return seat


def find(seat: Juror, pk) -> Idea:
    return get_object_or_404(ideas_for(seat), pk=pk)


@juror_required
@require_safe
def jury(request):
    today = timezone.localdate()
    seat = seat_of(request.user, today)
    if seat is None:
        waits_for = Edition.objects.filter(jurors__user=request.user).order_by("-announced_on").first()
        phase = waits_for.phase_on(today) if waits_for else ""
        return render(request, "generazioni/jury/closed.html", {"edition": waits_for, "phase": phase})
    lists = sorted_ideas(seat)
    done, whole = len(lists["sent"]), sum(len(rows) for rows in lists.values()) - len(lists["aside"])
    context = {
        "edition": seat.edition,
        "lists": lists,
        "done": done,
        "whole": whole,
        "next_idea": next(iter(lists["drafts"] or lists["todo"]), None),
        "days_left": (seat.edition.review_until - today).days,
        "criteria": with_shares(seat.edition.criteria.all()),
    }
    return render(request, "generazioni/jury/jury.html", context)


def sorted_ideas(seat: Juror) -> dict[str, list[dict]]:
    """To do, drafts, sent, stepped aside; each row has pk, reference, title without names."""
    states = dict(seat.reviews.values_list("idea", "state"))
    aside = set(seat.abstentions.values_list("idea", flat=True))
    lists = {"todo": [], "drafts": [], "sent": [], "aside": []}
    for idea in verbs.reading_order(seat, list(ideas_for(seat))):
        place = {Review.State.DRAFT: "drafts", Review.State.SENT: "sent"}.get(states.get(idea.pk), "todo")
        row = {"pk": idea.pk, "reference": idea.reference, "title": blind_title(idea)}
        lists["aside" if idea.pk in aside else place].append(row)
    return lists


@juror_required
def review(request, pk):
    seat = seat_or_404(request)
    idea = find(seat, pk)
    if Abstention.objects.filter(juror=seat, idea=idea).exists():
        messages.info(request, _("You stepped aside for this idea."))
        return redirect("generazioni:jury")
    criteria = list(seat.edition.criteria.all())
    written = Review.objects.filter(juror=seat, idea=idea).prefetch_related("scores").first()
    sends = "save" not in request.POST or (written is not None and written.state == Review.State.SENT)
    form = ReviewForm(request.POST or None, criteria=criteria, review=written, must_be_whole=sends)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.save_review(
                seat, idea, scores=form.scores, texts=form.texts, send=sends, by=request.user, now=timezone.now()
            )
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            return after_saving(request, seat, is_sent=sends)
    version = idea.versions.order_by("-number").first()
    context = {
        "idea": blind(idea, version),
        "form": form,
        "shares": {criterion.pk: share for criterion, share in with_shares(criteria)},
        "rows": [
            (field, criterion, share)
            for (criterion, field), (_c, share) in zip(form.score_fields(), with_shares(criteria), strict=True)
        ],
        "is_sent": written is not None and written.state == Review.State.SENT,
        "until": seat.edition.review_until,
    }
    return render(request, "generazioni/jury/review.html", context)


def after_saving(request, seat: Juror, *, is_sent: bool):
    """On to the next idea, so that nobody goes back to the list twenty times."""
    if not is_sent:
        messages.success(request, _("The draft is saved."))
        return redirect("generazioni:jury")
    todo = sorted_ideas(seat)["todo"]
    if not todo:
        messages.success(request, _("Sent. You have read them all: thank you!"))
        return redirect("generazioni:jury")
    messages.success(request, _("Sent. Here is the next one."))
    return redirect("generazioni:review", todo[0]["pk"])


@juror_required
def conflict(request, pk):
    seat = seat_or_404(request)
    idea = find(seat, pk)
    form = ConflictForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        carried_out(
            request,
            verbs.abstain,
            seat,
            idea,
            reason=form.cleaned_data["reason"],
            thanks=_("Thank you: you will not score this idea."),
        )
        return redirect("generazioni:jury")
    context = {"form": form, "reference": idea.reference, "idea_title": blind_title(idea), "pk": idea.pk}
    return render(request, "generazioni/jury/conflict.html", context)
