"""People sent by partner bodies: received, spoken with, brought into a path or closed; the body hears how far it is."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import move, record
from oltreiperimetri.shared.crypto import blind_index
from oltreiperimetri.shared.errors import DomainError, refuse_unless
from partners.models import Organisation

from .. import emails
from ..models import Application, InboundReferral, Person
from .answers import Answers
from .registration import register_assisted
from .search import phone_digits, words_of

State = InboundReferral.State
ANSWER_DAYS = 7


def waiting_for(user) -> QuerySet[InboundReferral]:
    """Those in the user's reach that nobody has spoken with yet, the oldest first."""
    return InboundReferral.objects.visible_to(user).filter(state=State.RECEIVED)


def same_index(organisation: Organisation, told: Mapping) -> str:
    """Equal for the same name with the same contact, however they are written; the key makes it unreadable."""
    name = " ".join(sorted(words_of(f"{told['first_name']} {told['last_name']}")))
    contact = phone_digits(told.get("phone") or "") or (told.get("email") or "").lower()
    return blind_index(f"{organisation.pk}|{name}|{contact}", purpose="inbound_referral")


@transaction.atomic
def send_person(organisation: Organisation, told: Mapping, *, by, now: datetime) -> InboundReferral:
    """A partner sends somebody who agreed. Sent twice it stays one, and the answer is the same.

    `told`: first_name, last_name, phone, email, municipality, other_town, why, tells_referrer.
    """
    refuse_unless(Organisation.objects.of_contact(by).referrers().filter(pk=organisation.pk).exists())
    if not told.get("phone") and not told.get("email"):
        raise DomainError(_("Write a phone number or an e-mail address."), code="no_contact", field="phone")
    index = same_index(organisation, told)
    same = InboundReferral.objects.filter(organisation=organisation, same_index=index).exclude(state=State.CLOSED)
    if same.exists():
        return same.get()
    try:
        with transaction.atomic():
            referral = InboundReferral.objects.create(
                organisation=organisation, same_index=index, sent_by=by, sent_at=now, **told
            )
    except IntegrityError:  # sent twice in the same moment
        return same.get()
    record("send_person", referral, by=by, at=now)
    emails.sent_by_partner(referral, now=now)
    return referral


def must_be_taken_by(user, referral: InboundReferral) -> None:
    refuse_unless(InboundReferral.objects.visible_to(user).filter(pk=referral.pk).exists())


@transaction.atomic
def mark_contacted(referral: InboundReferral, *, by, now: datetime) -> None:
    """Somebody of the office has spoken with the person and follows the referral; one that was closed is open again."""
    must_be_taken_by(by, referral)
    sent_again = InboundReferral.objects.filter(organisation=referral.organisation_id, same_index=referral.same_index)
    if referral.state == State.CLOSED and sent_again.exclude(state=State.CLOSED).exists():
        raise DomainError(_("The partner has sent this person again: go on from there."), code="sent_again")
    move(referral, State.CONTACTED, by=by, now=now, taken_by=by)
    emails.referral_state(referral, now=now)


@transaction.atomic
def close(referral: InboundReferral, reason: str, *, by, now: datetime) -> None:
    must_be_taken_by(by, referral)
    move(referral, State.CLOSED, by=by, now=now, reason=reason, taken_by=by)
    emails.referral_state(referral, now=now)


@transaction.atomic
def bring_into_path(referral: InboundReferral, person: Person, *, by, now: datetime) -> None:
    """The person sent is this one, registered now or already here: the body reads the same either way."""
    must_be_taken_by(by, referral)
    move(referral, State.IN_PATH, by=by, now=now, taken_by=by, person=person)
    record("came_through_partner", person, by=by, changes={"referral": referral.pk}, at=now)
    emails.referral_state(referral, now=now)


@transaction.atomic
def register_referred(referral: InboundReferral, answers: Answers, *, channel: str, by, now: datetime) -> Application:
    """Register at the desk somebody whom a partner sent."""
    application = register_assisted(answers, channel=channel, by=by, now=now)
    bring_into_path(referral, application.person, by=by, now=now)
    return application
