"""A mentor for a chosen idea, and the log of their meetings."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.accounts.models import User
from oltreiperimetri.audit.trail import record
from oltreiperimetri.shared.errors import DomainError

from .. import emails
from ..models import Idea, Meeting, Mentoring


@transaction.atomic
def assign(idea: Idea, mentor: User, *, by, now: datetime) -> Mentoring:
    """Raises DomainError for an idea that was not chosen or already has a mentor."""
    Idea.objects.select_for_update(of=("self",)).get(pk=idea.pk)
    if idea.state != Idea.State.CHOSEN:
        raise DomainError(_("Only a chosen idea gets a mentor."), code="not_chosen")
    if not mentor.has_role(Role.MENTOR):
        raise DomainError(_("%(name)s is not a mentor.") % {"name": mentor}, code="not_a_mentor", field="mentor")
    if mentor.pk == idea.author_id:
        raise DomainError(_("Nobody is one's own mentor."), code="is_author", field="mentor")
    if idea.mentorings.active().exists():
        raise DomainError(_("This idea already has a mentor."), code="has_mentor", field="mentor")
    mentoring = Mentoring.objects.create(idea=idea, mentor=mentor, started_on=timezone.localdate(now))
    record("create", mentoring, by=by, changes={"mentor": mentor.pk}, at=now)
    emails.mentor_assigned(mentoring, now=now)
    emails.mentor_introduced(mentoring, now=now)
    return mentoring


@transaction.atomic
def end(mentoring: Mentoring, *, by, now: datetime) -> None:
    if mentoring.ended_on:
        raise DomainError(_("It has already ended."), code="ended")
    mentoring.ended_on = timezone.localdate(now)
    mentoring.save(update_fields=["ended_on", "updated_at"])
    record("end", mentoring, by=by, changes={"ended_on": str(mentoring.ended_on)}, at=now)


@transaction.atomic
def log_meeting(mentoring: Mentoring, values: Mapping, *, by, now: datetime) -> Meeting:
    """Raises DomainError for a day to come or after the end."""
    today = timezone.localdate(now)
    if mentoring.ended_on:
        raise DomainError(_("It has already ended."), code="ended")
    if values["day"] > today:
        raise DomainError(_("Write down a meeting after it took place."), code="future", field="day")
    if values.get("next_on") and values["next_on"] <= values["day"]:
        raise DomainError(_("The next meeting comes after this one."), code="order", field="next_on")
    meeting = Meeting.objects.create(mentoring=mentoring, by=by, **values)
    record("create", meeting, by=by, at=now)
    return meeting
