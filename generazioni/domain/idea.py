"""An idea: written, sent as many times as one likes until the deadline, withdrawn."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import move, record
from oltreiperimetri.reminders import engine
from oltreiperimetri.shared.errors import DomainError
from partners.domain import changes

from .. import emails
from ..models import Edition, Idea, IdeaVersion

NEEDED = ("summary", "problem", "solution", "customers", "first_steps")


def refuse_closed(edition: Edition, *, now: datetime) -> None:
    if not edition.takes_ideas_on(timezone.localdate(now)):
        raise DomainError(
            _("Ideas could be sent until %(day)s. Your text stays here: you can use it in the next edition.")
            % {"day": f"{edition.ideas_until:%d/%m/%Y}"},
            code="closed",
        )


@transaction.atomic
def draft(edition: Edition, values: Mapping, *, by, now: datetime) -> Idea:
    refuse_closed(edition, now=now)
    values = dict(values)
    needs = values.pop("needs", ())
    idea = Idea.objects.create(edition=edition, author=by, **values)
    idea.needs.set(needs)
    record("create", idea, by=by, at=now)
    engine.plan(idea, now=now)
    return idea


@transaction.atomic
def change(idea: Idea, values: Mapping, *, by, now: datetime) -> None:
    """A draft may lack anything but its title; an idea already sent must stay whole, and becomes a new version."""
    refuse_closed(idea.edition, now=now)
    refuse_after_outcome(idea)
    values = dict(values)
    needs = values.pop("needs", None)
    changed = changes.apply(idea, values, by=by)
    if needs is not None and set(needs) != set(idea.needs.all()):
        idea.needs.set(needs)
        changed.append("needs")
    if idea.state == Idea.State.SUBMITTED and changed:
        refuse_gaps(idea)
        keep_version(idea, now=now)


def refuse_after_outcome(idea: Idea) -> None:
    if idea.has_outcome:
        raise DomainError(_("This idea already has its result."), code="has_outcome")


def gaps(idea: Idea) -> list[str]:
    """What is still to be written before it can be sent, as names of the fields."""
    return [name for name in NEEDED if not getattr(idea, name).strip()]


def gap_labels(idea: Idea) -> list[str]:
    return [str(Idea._meta.get_field(name).verbose_name) for name in gaps(idea)]


def refuse_gaps(idea: Idea) -> None:
    missing = gap_labels(idea)
    if missing:
        raise DomainError(
            _("Before sending it, write: %(parts)s.") % {"parts": ", ".join(missing)}, code="gaps", field=gaps(idea)[0]
        )


@transaction.atomic
def submit(idea: Idea, *, by, now: datetime) -> None:
    """Give it its number, keep the text, send the receipt. Raises DomainError after the deadline or with gaps."""
    edition = Edition.objects.select_for_update().get(pk=idea.edition_id)
    refuse_closed(edition, now=now)
    refuse_gaps(idea)
    number = idea.number or next_number(edition)
    move(idea, Idea.State.SUBMITTED, by=by, now=now, number=number, submitted_at=idea.submitted_at or now)
    keep_version(idea, now=now)
    engine.plan(idea, now=now)
    emails.idea_received(idea, now=now)


def next_number(edition: Edition) -> int:
    """Called with the edition locked; drafts leave no holes."""
    return (edition.ideas.aggregate(last=Max("number"))["last"] or 0) + 1


def keep_version(idea: Idea, *, now: datetime) -> IdeaVersion:
    texts = {"title": idea.title, **{name: getattr(idea, name) for name in Idea.TEXTS}}
    texts["needs"] = sorted(idea.needs.values_list("pk", flat=True))
    number = (idea.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    return IdeaVersion.objects.create(idea=idea, number=number, texts=texts, sent_at=now)


@transaction.atomic
def withdraw(idea: Idea, *, by, now: datetime) -> None:
    """The author takes it back, at any time before the results; it can be sent again until the deadline."""
    move(idea, Idea.State.WITHDRAWN, by=by, now=now)
