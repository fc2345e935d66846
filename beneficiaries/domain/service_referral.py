"""Somebody is sent to another service: prepared with their consent, sent, and its answer awaited by a day."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import move, record
from oltreiperimetri.reminders import engine
from oltreiperimetri.shared.errors import DomainError

from ..enums import Ball
from ..models import Person, ServiceReferral
from .days import refuse_the_future, refuse_the_past

State = ServiceReferral.State
FIELDS = ("service", "organisation", "other_name", "reason", "consent_on")
NOBODY = {"ball": "", "due_on": None}


def check(values: dict, *, now: datetime) -> None:
    refuse_the_future(values["consent_on"], now=now, field="consent_on")
    if not values["organisation"] and not values["other_name"]:
        raise DomainError(
            _("Choose an organisation of the network or write the name of the service."), code="where", field="other_name"
        )


@transaction.atomic
def prepare(person: Person, values: dict, *, by, now: datetime) -> ServiceReferral:
    """`values`: service, organisation or other_name, reason, consent_on (the day on which the person said yes)."""
    check(values, now=now)
    referral = ServiceReferral.objects.create(person=person, by=by, **{name: values[name] for name in FIELDS})
    record("prepare_referral", referral, by=by, changes={"service": str(referral.service)}, at=now)
    return referral


@transaction.atomic
def change(referral: ServiceReferral, values: dict, *, by, now: datetime) -> None:
    """Only while it is being prepared: what was sent stays as it was sent."""
    check(values, now=now)
    referral.refresh_from_db(from_queryset=ServiceReferral.objects.select_for_update(of=("self",)))
    if referral.state != State.DRAFT:
        raise DomainError(_("What was sent cannot be changed any more."), code="sent")
    changed = [name for name in FIELDS if getattr(referral, name) != values[name]]
    for name in changed:
        setattr(referral, name, values[name])
    if changed:
        referral.save(update_fields=[*changed, "updated_at"])
        record("change_referral", referral, by=by, changes={"fields": changed}, at=now)


@transaction.atomic
def send(referral: ServiceReferral, *, sending: str, sent_on: date, due_on: date, by, now: datetime) -> None:
    """The service has the ball until `due_on`; then whoever follows the person is told. An earlier no is forgotten."""
    refuse_the_future(sent_on, now=now, field="sent_on")
    if due_on < max(sent_on, timezone.localdate(now)):
        raise DomainError(_("This day has passed: choose a day to come."), code="past", field="due_on")
    if sent_on < referral.consent_on:
        raise DomainError(_("First the person agrees, then it is sent."), code="before_consent", field="sent_on")
    facts = {"sending": sending, "sent_on": sent_on, "due_on": due_on, "ball": Ball.PARTNER}
    move(referral, State.SENT, by=by, now=now, answered_on=None, answer="", **facts)
    engine.plan(referral, now=now)


@transaction.atomic
def wait_longer(referral: ServiceReferral, *, ball: str, due_on: date, by, now: datetime) -> None:
    """Another day, or somebody else's turn: the person has to go there, the office has to call."""
    refuse_the_past(due_on, now=now)
    referral.refresh_from_db(from_queryset=ServiceReferral.objects.select_for_update(of=("self",)))
    if referral.state != State.SENT:
        raise DomainError(_("No answer is awaited any more."), code="not_waiting")
    before = referral.due_on
    referral.ball, referral.due_on = ball, due_on
    referral.save(update_fields=["ball", "due_on", "updated_at"])
    record("wait_longer", referral, by=by, changes={"due_on": [str(before), str(due_on)], "ball": str(ball)}, at=now)
    engine.plan(referral, now=now)


@transaction.atomic
def note_answer(
    referral: ServiceReferral, *, says_yes: bool, answered_on: date, answer: str = "", by, now: datetime
) -> None:
    refuse_the_future(answered_on, now=now, field="answered_on")
    if referral.sent_on and answered_on < referral.sent_on:
        raise DomainError(_("The answer cannot come before it was sent."), code="too_early", field="answered_on")
    state = State.ACCEPTED if says_yes else State.DECLINED
    move(referral, state, by=by, now=now, answered_on=answered_on, answer=answer, **NOBODY)
    engine.plan(referral, now=now)


@transaction.atomic
def withdraw(referral: ServiceReferral, *, by, now: datetime) -> None:
    """The person has changed their mind, or it is not needed any more."""
    move(referral, State.WITHDRAWN, by=by, now=now, **NOBODY)
    engine.plan(referral, now=now)
