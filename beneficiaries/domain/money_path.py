"""Paths of the household economy: opened, met, ended, interrupted; what follows the end is asked for a year."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import move, record
from oltreiperimetri.followups.domain.plan import move_anchor, open_plan, reopen_plan, stop_plan
from oltreiperimetri.followups.models import FollowUpPlan
from oltreiperimetri.shared.errors import DomainError

from ..enums_money import OUTCOMES
from ..models import MoneyPath, MoneySession, Person
from .days import refuse_the_future

State = MoneyPath.State


@transaction.atomic
def open_path(person: Person, kind: str, *, opened_on: date, goals: str = "", educator=None, by, now: datetime) -> MoneyPath:
    Person.objects.select_for_update().get(pk=person.pk)
    refuse_the_future(opened_on, now=now, field="opened_on")
    if person.money_paths.open().filter(kind=kind).exists():
        raise DomainError(_("A path of this kind is already under way."), code="there_already")
    path = MoneyPath.objects.create(person=person, kind=kind, opened_on=opened_on, goals=goals, educator=educator)
    record("open_money_path", path, by=by, changes={"kind": str(kind), "opened_on": str(opened_on)}, at=now)
    return path


def refuse_before(path: MoneyPath, day: date, *, field: str) -> None:
    if day < path.opened_on:
        raise DomainError(_("This day is before the path was opened."), code="too_early", field=field)


@transaction.atomic
def end_path(path: MoneyPath, *, outcome: str, ended_on: date, by, now: datetime) -> None:
    """It has come to its end: from that day on the person is asked, at some months, how it goes."""
    refuse_the_future(ended_on, now=now, field="ended_on")
    refuse_before(path, ended_on, field="ended_on")
    if outcome not in OUTCOMES[path.kind]:
        raise DomainError(_("Choose how this path ended."), code="outcome", field="outcome")
    move(path, State.ENDED, by=by, now=now, outcome=outcome, ended_on=ended_on)
    follow(path, by=by, now=now)


def follow(path: MoneyPath, *, by, now: datetime) -> None:
    """The plan counts from the last day; one that was stopped when the path was opened again goes on."""
    if path.plan is None:
        open_plan(path.follow_up_code, anchor_on=path.ended_on, by=by, now=now, attach=path.follow_by)
        path.save(update_fields=["plan", "updated_at"])
        return
    if path.plan.state == FollowUpPlan.State.STOPPED:
        reopen_plan(path.plan, by=by, now=now, reason=_("The path has ended again."))
    move_anchor(path.plan, path.ended_on, by=by, now=now)


@transaction.atomic
def move_end(path: MoneyPath, ended_on: date, *, by, now: datetime) -> None:
    """The last day was another: what has not been answered yet moves with it."""
    path.refresh_from_db(from_queryset=MoneyPath.objects.select_for_update(of=("self",)))
    if path.state != State.ENDED:
        raise DomainError(_("Only the end of an ended path can be moved."), code="not_ended")
    refuse_the_future(ended_on, now=now, field="ended_on")
    refuse_before(path, ended_on, field="ended_on")
    before, path.ended_on = path.ended_on, ended_on
    path.save(update_fields=["ended_on", "updated_at"])
    record("move_end", path, by=by, changes={"ended_on": [str(before), str(ended_on)]}, at=now)
    if path.plan and path.plan.state != FollowUpPlan.State.STOPPED:
        move_anchor(path.plan, ended_on, by=by, now=now)


@transaction.atomic
def stop_path(path: MoneyPath, *, reason: str, stopped_on: date, by, now: datetime) -> None:
    """Interrupted before its end: nothing is asked afterwards."""
    refuse_the_future(stopped_on, now=now, field="stopped_on")
    refuse_before(path, stopped_on, field="stopped_on")
    move(path, State.STOPPED, by=by, now=now, reason=reason, ended_on=stopped_on)
    silence(path, by=by, now=now, reason=_("The path was interrupted."))


@transaction.atomic
def reopen_path(path: MoneyPath, *, by, now: datetime) -> None:
    Person.objects.select_for_update().get(pk=path.person_id)
    if MoneyPath.objects.open().filter(person=path.person_id, kind=path.kind).exclude(pk=path.pk).exists():
        raise DomainError(_("A path of this kind is already under way."), code="there_already")
    move(path, State.OPEN, by=by, now=now, outcome="", ended_on=None)
    silence(path, by=by, now=now, reason=_("The path was opened again."))


def silence(path: MoneyPath, *, by, now: datetime, reason: str) -> None:
    if path.plan:
        stop_plan(path.plan, by=by, now=now, reason=reason)


@transaction.atomic
def write_session(path: MoneyPath, values: dict, *, by, now: datetime) -> MoneySession:
    """`values`: day, minutes (None when it did not take place), educator, outcome, note (read by its writer alone)."""
    refuse_the_future(values["day"], now=now, field="day")
    refuse_before(path, values["day"], field="day")
    if path.state != State.OPEN and values["day"] > path.ended_on:
        raise DomainError(_("This day is after the end of the path."), code="too_late", field="day")
    held = values["outcome"] == MoneySession.Outcome.HONOURED
    if held and not values["minutes"]:
        raise DomainError(_("Say how many minutes it lasted."), code="minutes", field="minutes")
    session = MoneySession.objects.create(
        path=path, **values | {"minutes": values["minutes"] if held else 0}, note_by=by if values.get("note") else None
    )
    record("write_money_session", session, by=by, changes={"outcome": str(session.outcome)}, at=now)
    return session


@transaction.atomic
def correct_session(session: MoneySession, values: dict, *, by, now: datetime) -> None:
    """Day, minutes and outcome by whoever follows the person; the note stays as it is unless its writer corrects it."""
    refuse_the_future(values["day"], now=now, field="day")
    refuse_before(session.path, values["day"], field="day")
    held = values["outcome"] == MoneySession.Outcome.HONOURED
    if held and not values["minutes"]:
        raise DomainError(_("Say how many minutes it lasted."), code="minutes", field="minutes")
    wanted = values | {"minutes": values["minutes"] if held else 0}
    note = wanted.pop("note", "")
    if session.note_by_id in (None, by.pk):
        wanted |= {"note": note, "note_by": by if note else None}
    changed = [name for name, value in wanted.items() if getattr(session, name) != value]
    for name in changed:
        setattr(session, name, wanted[name])
    if changed:
        session.save(update_fields=[*changed, "updated_at"])
        record("correct_money_session", session, by=by, changes={"fields": changed}, at=now)
