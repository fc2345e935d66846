"""Debts written down and negotiated again, one by one."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import move, record
from oltreiperimetri.reminders import engine
from oltreiperimetri.shared.errors import DomainError

from ..models import Debt, Offer, Person, Terms
from .days import refuse_the_past

State = Debt.State
NOBODY = {"ball": "", "due_on": None}


@transaction.atomic
def list_debt(person: Person, *, creditor: str, terms: Terms, by, now: datetime) -> Debt:
    debt = Debt(person=person, creditor=creditor)
    debt.terms = terms
    debt.save()
    record("list_debt", debt, by=by, at=now)
    return debt


@transaction.atomic
def correct_debt(debt: Debt, *, creditor: str, terms: Terms, by, now: datetime) -> None:
    """The log keeps that it changed, never what it says."""
    debt.refresh_from_db(from_queryset=Debt.objects.select_for_update(of=("self",)))
    if (debt.creditor, debt.terms) == (creditor, terms):
        return
    debt.creditor, debt.terms = creditor, terms
    debt.save(update_fields=["creditor", "stored_terms", "updated_at"])
    record("correct_debt", debt, by=by, at=now)


@transaction.atomic
def contact_creditor(debt: Debt, *, ball: str, due_on: date, by, now: datetime) -> None:
    """Asked, or asked again: an earlier offer no longer stands. Until `due_on` it is the turn of `ball`."""
    refuse_the_past(due_on, now=now)
    move(debt, State.CONTACTED, by=by, now=now, ball=ball, due_on=due_on, stored_offer=None)
    engine.plan(debt, now=now)


@transaction.atomic
def note_offer(debt: Debt, offer: Offer, *, ball: str, due_on: date, by, now: datetime) -> None:
    """What the creditor proposes; `ball` has until `due_on` to answer."""
    refuse_the_past(due_on, now=now)
    refuse_no_offer(offer)
    debt.offer = offer
    move(debt, State.OFFERED, by=by, now=now, ball=ball, due_on=due_on, stored_offer=debt.stored_offer)
    engine.plan(debt, now=now)


def refuse_no_offer(offer: Offer) -> None:
    if offer.months is None and offer.instalment == 0:
        raise DomainError(_("Without an instalment say for how many months."), code="empty", field="instalment")


@transaction.atomic
def agree(debt: Debt, *, by, now: datetime) -> None:
    move(debt, State.AGREED, by=by, now=now, **NOBODY)
    engine.plan(debt, now=now)


@transaction.atomic
def refuse(debt: Debt, *, by, now: datetime) -> None:
    """No agreement: the terms of before go on."""
    move(debt, State.REFUSED, by=by, now=now, stored_offer=None, **NOBODY)
    engine.plan(debt, now=now)


@transaction.atomic
def close_debt(debt: Debt, *, by, now: datetime) -> None:
    move(debt, State.CLOSED, by=by, now=now, **NOBODY)
    engine.plan(debt, now=now)


@transaction.atomic
def reopen_debt(debt: Debt, *, by, now: datetime) -> None:
    move(debt, State.LISTED, by=by, now=now, **NOBODY)
    engine.plan(debt, now=now)


@transaction.atomic
def wait_longer(debt: Debt, *, ball: str, due_on: date, by, now: datetime) -> None:
    """Another day, or somebody else's turn, in the same state."""
    refuse_the_past(due_on, now=now)
    debt.refresh_from_db(from_queryset=Debt.objects.select_for_update(of=("self",)))
    if debt.state not in Debt.WAITING:
        raise DomainError(_("Nothing is awaited for this debt."), code="not_waiting")
    before = debt.due_on
    debt.ball, debt.due_on = ball, due_on
    debt.save(update_fields=["ball", "due_on", "updated_at"])
    record("wait_longer", debt, by=by, changes={"due_on": [str(before), str(due_on)], "ball": str(ball)}, at=now)
    engine.plan(debt, now=now)
