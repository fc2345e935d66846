"""Meetings and their register. A register holds exactly those who were in the group on the day of the meeting."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import move, record
from oltreiperimetri.reminders import engine
from oltreiperimetri.shared.errors import DomainError

from .. import emails
from ..enums import Mark
from ..models import Attendance, Cohort, Membership, Session
from .membership import lock

State = Session.State
APPOINTMENT = ("day", "start_time", "end_time", "place")


@transaction.atomic
def plan_session(cohort: Cohort, values: Mapping, *, by, now: datetime, invite: bool = False) -> Session:
    """Put a meeting in the calendar of a group; `invite` writes to everybody now, the day before they hear anyway."""
    if cohort.state in (Cohort.State.CLOSED, Cohort.State.CANCELLED):
        raise DomainError(_("This group is closed: it takes no new meetings."), code="closed")
    refuse_day_outside(cohort, values["day"])
    session = Session.objects.create(cohort=cohort, **values)
    record("create", session, by=by, at=now)
    engine.plan(session, now=now)
    if invite:
        emails.session_invitation(session, members_on(session), by=by, now=now)
    return session


def refuse_day_outside(cohort: Cohort, day: date) -> None:
    """Who is in the group is in it between its first and its last day: a meeting outside would have nobody."""
    if not cohort.starts_on <= day <= cohort.ends_on:
        raise DomainError(
            _("The group meets from %(first)s to %(last)s: choose a day between them, or change the days of the group.")
            % {"first": cohort.starts_on.strftime("%d/%m/%Y"), "last": cohort.ends_on.strftime("%d/%m/%Y")},
            code="outside_the_group",
            field="day",
        )


@transaction.atomic
def change_session(session: Session, values: Mapping, *, by, now: datetime) -> list[str]:
    """A meeting moved in time or place gets a new version: calendars follow and everybody is told."""
    stored = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if stored.state != State.PLANNED:
        raise DomainError(_("Only a planned meeting can be changed."), code="not_planned")
    changed = [name for name, value in values.items() if getattr(stored, name) != value]
    if "day" in changed:
        refuse_day_outside(stored.cohort, values["day"])
    for name, value in values.items():
        setattr(session, name, value)
    if not changed:
        return []
    is_moved = any(name in APPOINTMENT for name in changed)
    if is_moved:
        session.sequence = stored.sequence + 1
    session.save(update_fields=[*changed, "sequence", "updated_at"])
    record("change", session, by=by, changes=dict.fromkeys(changed, "changed"), at=now)
    engine.plan(session, now=now)
    if is_moved:
        emails.session_moved(session, members_on(session), by=by, now=now)
    return changed


@transaction.atomic
def cancel_session(session: Session, *, by, now: datetime, note: str) -> None:
    members = list(members_on(session))
    move(session, State.CANCELLED, by=by, now=now, note=note, sequence=session.sequence + 1)
    engine.plan(session, now=now)
    emails.session_cancelled(session, members, by=by, now=now)


def members_on(session: Session) -> QuerySet:
    """Who is in the group on the day of the meeting; for a day to come, who is in it as things stand."""
    return (
        Membership.objects.filter(cohort=session.cohort_id)
        .in_the_group_on(session.day)
        .select_related("person", "cohort")
        .order_by("seat", "pk")
    )


@transaction.atomic
def hold_session(session: Session, marks: Mapping[int, str], *, by, now: datetime) -> None:
    """The meeting took place: one mark (`{membership id: mark}`) for each person in the group on that day."""
    lock(session.cohort)
    if timezone.localdate(now) < session.day:
        raise DomainError(_("The register can be filled from the day of the meeting."), code="too_early")
    members = list(members_on(session))
    if {member.pk for member in members} - set(marks):
        raise DomainError(_("Say for everybody whether they came."), code="incomplete")
    move(session, State.HELD, by=by, now=now)
    Attendance.objects.bulk_create(
        Attendance(session=session, membership=member, mark=Mark(marks[member.pk]), noted_by=by, noted_at=now)
        for member in members
    )
    engine.plan(session, now=now)


@transaction.atomic
def correct_register(session: Session, marks: Mapping[int, str], *, by, now: datetime) -> int:
    """Change marks of a held meeting; old and new stay in the log. Returns how many changed."""
    if session.state != State.HELD:
        raise DomainError(_("This meeting has no register yet."), code="not_held")
    changes = {}
    for attendance in session.attendances.select_for_update(of=("self",)).order_by("pk"):
        mark = Mark(marks.get(attendance.membership_id, attendance.mark))
        if mark != attendance.mark:
            changes[str(attendance.membership_id)] = [attendance.mark, str(mark)]
            attendance.mark, attendance.noted_by, attendance.noted_at = mark, by, now
            attendance.save(update_fields=["mark", "noted_by", "noted_at", "updated_at"])
    if changes:
        record("correct_register", session, by=by, changes=changes, at=now)
    return len(changes)
