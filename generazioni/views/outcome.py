"""Staff read the ideas, see the ranking once the jury has finished, decide, publish."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.audit.trail import record_read
from oltreiperimetri.documents import exports
from oltreiperimetri.shared.errors import DomainError

from ..access import ideas_visible_to
from ..domain import decision as verbs
from ..domain import mentoring as mentoring_verbs
from ..domain.queries import ideas_for_list, is_full_panel, jury_total, ranking_of
from ..domain.ranking import total
from ..enums import Phase
from ..forms.idea import DecisionForm, IdeaFilters
from ..forms.mentoring import MentorForm
from ..models import Decision, Edition, Idea
from .here import edition_or_404, events, page_of


@staff_required
@require_safe
def ideas(request):
    edition = edition_or_404(request, timezone.localdate())
    filters = IdeaFilters(request.GET, edition=edition)
    rows = ideas_for_list(filters.rows(ideas_visible_to(request.user).filter(edition=edition)))
    if "formato" in request.GET:
        return as_table(request, rows)
    context = {
        "edition": edition,
        "filters": filters,
        "active": filters.active(request.GET),
        "page_obj": page_of(request, rows),
    }
    return render(request, "generazioni/outcome/ideas.html", context)


def as_table(request, rows):
    headers = [_("Number"), _("Title"), _("Author"), _("E-mail"), _("Municipality"), _("State"), _("Sent on"), _("Reviews")]
    lines = (
        [
            idea.reference,
            idea.title,
            str(idea.author),
            idea.author.email,
            idea.municipality.name if idea.municipality else "",
            idea.get_state_display(),
            timezone.localdate(idea.submitted_at),
            idea.sent_reviews,
        ]
        for idea in rows
    )
    return exports.table_response(request, "idee", headers, lines)


def find(request, pk) -> Idea:
    visible = ideas_visible_to(request.user)
    return get_object_or_404(visible.select_related("edition", "author", "municipality", "decision"), pk=pk)


@staff_required
@require_safe
def idea(request, pk):
    found = find(request, pk)
    record_read(found, by=request.user)
    return show(request, found)


def show(request, found: Idea, *, decision_form=None, mentor_form=None):
    phase = found.edition.phase_on(timezone.localdate())
    decision = Decision.objects.filter(idea=found).first()
    initial = {"outcome": decision.outcome, "message": decision.message} if decision else None
    is_decidable = phase == Phase.DECISION and found.state == Idea.State.SUBMITTED
    mentoring = found.mentorings.active().select_related("mentor").first()
    context = {
        "idea": found,
        "needs": found.needs.select_related("organisation"),
        "versions": found.versions.all(),
        "history": events(found),
        "reviews": reviews_of(found) if phase in {Phase.DECISION, Phase.RESULTS} else None,
        "abstentions": found.abstentions.select_related("juror__user"),
        "decision": decision,
        "decision_form": decision_form or (DecisionForm(initial=initial) if is_decidable else None),
        "mentoring": mentoring,
        "mentor_form": mentor_form or (MentorForm() if found.state == Idea.State.CHOSEN and not mentoring else None),
    }
    return render(request, "generazioni/outcome/idea.html", context)


def reviews_of(found: Idea) -> list[dict]:
    """Each sent review with its total and its scores in the order of the rubric."""
    weights = dict(found.edition.criteria.values_list("pk", "weight"))
    reviews = found.reviews.sent().select_related("juror__user").prefetch_related("scores__criterion")
    return [
        {
            "review": review,
            "total": round(float(total({score.criterion_id: score.value for score in review.scores.all()}, weights)), 1),
            "scores": sorted(review.scores.all(), key=lambda score: (score.criterion.position, score.criterion_id)),
        }
        for review in reviews.order_by("juror__user__last_name", "pk")
    ]


@staff_required
@require_POST
def decide(request, pk):
    found = find(request, pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return show(request, found, decision_form=form)
    try:
        verbs.decide(found, **form.cleaned_data, by=request.user, now=timezone.now())
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return redirect("generazioni:idea_office", pk)
    messages.success(request, _("Kept. Nobody is told until you publish the results."))
    return redirect("generazioni:ranking", found.edition_id)


@staff_required
@require_POST
def assign_mentor(request, pk):
    found = find(request, pk)
    form = MentorForm(request.POST)
    if form.is_valid():
        try:
            mentoring_verbs.assign(found, form.cleaned_data["mentor"], by=request.user, now=timezone.now())
        except DomainError as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, _("Both have been told."))
            return redirect("generazioni:idea_office", pk)
    return show(request, found, mentor_form=form)


@staff_required
@require_safe
def ranking(request, pk):
    """Closed while the jury reads: a partial ranking would only influence it."""
    edition = get_object_or_404(Edition, pk=pk)
    phase = edition.phase_on(timezone.localdate())
    is_open = phase in {Phase.DECISION, Phase.RESULTS}
    rows = ranking_of(edition) if is_open else []
    if "formato" in request.GET and is_open:
        return ranking_as_table(request, rows)
    sent, expected = jury_total(edition)
    context = {
        "edition": edition,
        "is_open": is_open,
        "is_published": phase == Phase.RESULTS,
        "rows": rows,
        "is_full_panel": is_full_panel(edition) if is_open else True,
        "undecided": verbs.undecided(edition).count() if phase == Phase.DECISION else 0,
        "sent": sent,
        "expected": expected,
    }
    return render(request, "generazioni/outcome/ranking.html", context)


def ranking_as_table(request, rows):
    headers = [
        _("Rank"),
        _("Tie"),
        _("Number"),
        _("Title"),
        _("Mean"),
        _("Reviews"),
        _("Spread"),
        _("Discordant"),
        _("Outcome"),
    ]
    lines = (
        [
            row.line.rank,
            row.line.is_tied,
            row.idea.reference,
            row.idea.title,
            row.line.mean,
            row.line.reviews,
            row.line.spread,
            row.line.is_disputed,
            row.idea.get_state_display(),
        ]
        for row in rows
    )
    return exports.table_response(request, "graduatoria", headers, lines)


@staff_required
def publish(request, pk):
    """Asks first: it writes to every author, and cannot be undone."""
    edition = get_object_or_404(Edition, pk=pk)
    if request.method == "POST":
        try:
            count = verbs.publish_results(edition, by=request.user, now=timezone.now())
        except DomainError as refusal:
            messages.error(request, refusal.message)
            return redirect("generazioni:ranking", pk)
        text = ngettext("Published: %(count)s author told.", "Published: %(count)s authors told.", count)
        messages.success(request, text % {"count": count})
        return redirect(edition)
    counts = [(label, edition.ideas.filter(decision__outcome=value, state="submitted").count()) for value, label in OUTCOMES]
    return render(request, "generazioni/outcome/publish.html", {"edition": edition, "counts": counts})


OUTCOMES = Decision._meta.get_field("outcome").choices
