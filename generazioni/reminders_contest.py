"""What the contest reminds of: a juror with ideas still to read, an author with a draft still to send."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oltreiperimetri.reminders.enums import Audience
from oltreiperimetri.reminders.kinds import Kind, Recipient, Wanted, register
from oltreiperimetri.shared.dates import at_rome

from . import emails
from .access import ideas_for
from .models import Idea, Juror

JURY_WAITS = "generazioni.jury_waits"
DRAFT_WAITS = "generazioni.draft_waits"
# (step, days before the last day)
STEPS = [(1, 7), (2, 2)]
MORNING, EVENING = 9, 20


def steps_before(last_day: date, *, kind: str, since: datetime) -> list[Wanted]:
    """A week and two days before the last day; not to somebody who has begun after that moment."""
    moments = [(wave, at_rome(last_day - timedelta(days=days), MORNING)) for wave, days in STEPS]
    return [
        Wanted(kind, Audience.PERSON, wave, due_at, not_after=at_rome(last_day, EVENING))
        for wave, due_at in moments
        if due_at > since
    ]


def jury_wanted(juror: Juror) -> list[Wanted]:
    if juror.edition.results_published_at:
        return []
    return steps_before(juror.edition.review_until, kind=JURY_WAITS, since=juror.created_at)


def unread(juror: Juror) -> int:
    """Ideas that the juror has neither scored nor stepped aside from."""
    handled = ideas_for(juror).exclude(abstentions__juror=juror)
    return handled.exclude(pk__in=juror.reviews.sent().values("idea")).count()


def jury_needed(juror: Juror, reminder, *, today: date) -> str:
    if not juror.edition.is_judged_on(today):
        return _("The jury does not score on this day.")
    return "" if unread(juror) else _("Every idea has been read.")


def jury_recipients(juror: Juror, reminder) -> list[Recipient]:
    return [Recipient(email=juror.user.email, name=str(juror.user), user=juror.user)]


def jury_compose(juror: Juror, reminder, recipient: Recipient) -> tuple[str, dict]:
    return emails.jury_waits(juror, unread(juror))


def draft_wanted(idea: Idea) -> list[Wanted]:
    if idea.state != Idea.State.DRAFT:
        return []
    return steps_before(idea.edition.ideas_until, kind=DRAFT_WAITS, since=idea.created_at)


def draft_needed(idea: Idea, reminder, *, today: date) -> str:
    if idea.state != Idea.State.DRAFT:
        return _("The idea has been sent.")
    return "" if idea.edition.takes_ideas_on(today) else _("Ideas cannot be sent on this day.")


def draft_recipients(idea: Idea, reminder) -> list[Recipient]:
    return [Recipient(email=idea.author.email, name=str(idea.author), user=idea.author, phone=idea.author.phone)]


def draft_compose(idea: Idea, reminder, recipient: Recipient) -> tuple[str, dict]:
    return emails.draft_waits(idea)


def live_jurors():
    return Juror.objects.filter(edition__results_published_at=None).select_related("edition", "user")


def live_drafts():
    drafts = Idea.objects.filter(state=Idea.State.DRAFT, edition__results_published_at=None)
    return drafts.select_related("edition", "author")


def register_kinds() -> None:
    register(
        Kind(
            code=JURY_WAITS,
            subject="generazioni.juror",
            label=gettext_lazy("Ideas that a juror still has to read"),
            wanted=jury_wanted,
            still_needed=jury_needed,
            recipients=jury_recipients,
            compose=jury_compose,
            live_subjects=live_jurors,
            to_whom=gettext_lazy("To each juror of an edition who has ideas still to read."),
            when=gettext_lazy("7 and 2 days before the last day for reading, in the morning."),
            why=gettext_lazy("Every idea deserves to be read by everybody who judges."),
            stop=gettext_lazy("When every idea has been scored, or the juror has stepped aside from it."),
            templates=("generazioni/jury_waits",),
        )
    )
    register(
        Kind(
            code=DRAFT_WAITS,
            subject="generazioni.idea",
            label=gettext_lazy("Idea still to be sent"),
            wanted=draft_wanted,
            still_needed=draft_needed,
            recipients=draft_recipients,
            compose=draft_compose,
            live_subjects=live_drafts,
            to_whom=gettext_lazy("To whoever has begun an idea and has not sent it."),
            when=gettext_lazy("7 and 2 days before the last day for ideas, in the morning."),
            why=gettext_lazy("So that nobody misses the contest for a draft that was forgotten."),
            stop=gettext_lazy("When the idea is sent or withdrawn, or the contest no longer takes ideas."),
            templates=("generazioni/draft_waits",),
            title=lambda idea: _("Draft of an idea"),
        )
    )
