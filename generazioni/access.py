"""Who reaches what in the contest. Out of reach is a missing object (404); not allowed is a refusal (403).

Jurors have no rows of their own here but `ideas_for`: they read ideas only through `domain.blind`.
"""

from datetime import date

from .models import Idea, Juror, Mentoring, Need


def ideas_visible_to(user):
    return Idea.objects.visible_to(user)


def own_ideas(user):
    return Idea.objects.of_author(user)


def needs_visible_to(user):
    return Need.objects.visible_to(user)


def mentorings_visible_to(user):
    return Mentoring.objects.visible_to(user)


def seat_of(user, day: date) -> Juror | None:
    """The seat on which a juror scores on `day`; None outside the phase."""
    return Juror.objects.reading_on(user, day).order_by("-edition__announced_on", "-pk").first()


def ideas_for(juror: Juror):
    """What the jury reads: sent and not withdrawn; never the juror's own."""
    return (
        juror.edition.ideas.filter(state=Idea.State.SUBMITTED)
        .exclude(author=juror.user_id)
        .select_related("edition", "author")
        .order_by("number")
    )
