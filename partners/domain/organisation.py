"""How an organisation enters the network, and whether it counts."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.accounts.invitations import invite
from oltreiperimetri.audit.trail import move, record

from .. import emails
from ..enums import Kind
from ..models import Contact, JoinRequest, Organisation, Site
from . import changes

WITH_VAT_NUMBER = frozenset({Kind.FIRM, Kind.COOPERATIVE, Kind.BANK})


@transaction.atomic
def sign_up(*, organisation: Mapping, site: Mapping, contact: Mapping, now: datetime) -> Organisation:
    """Somebody signs up an organisation without an account; the caller's answer is the same in every case.

    A new one waits to be accredited and its contact is invited; for one already here a request waits for staff.
    """
    try:
        with transaction.atomic():
            created, person = enter(organisation=organisation, site=site, contact=contact, by=None, now=now)
    except IntegrityError:  # the database keeps one organisation per VAT number, also of two who sign up together
        known = Organisation.objects.get(vat_number=organisation["vat_number"])
        request, _created = JoinRequest.objects.get_or_create(
            organisation=known, email=contact["email"], handled_at=None, defaults={**contact, "asked_at": now}
        )
        record("ask_to_join", known, by=None, at=now)
        emails.sign_up_received(known, request, now=now)
        return known
    emails.sign_up_received(created, person, now=now)
    invite(person.email, Role.FIRM_CONTACT, by=None, now=now, subject=created)
    return created


@transaction.atomic
def enter(
    *, organisation: Mapping, site: Mapping | None, contact: Mapping | None, by, now: datetime
) -> tuple[Organisation, Contact | None]:
    """Write down an organisation with its first site and contact; it waits to be accredited."""
    created = Organisation.objects.create(**organisation)
    record("create", created, by=by, at=now)
    if site:
        Site.objects.create(organisation=created, **site)
    person = Contact.objects.create(organisation=created, **contact) if contact else None
    return created, person


def change(organisation: Organisation, values: Mapping, *, by) -> list[str]:
    return changes.apply(organisation, values, by=by)


@transaction.atomic
def accredit(organisation: Organisation, *, by, now: datetime, reason: str = "") -> None:
    move(organisation, Organisation.State.ACCREDITED, by=by, now=now, note=reason)
    emails.accredited(organisation, now=now)


@transaction.atomic
def suspend(organisation: Organisation, *, by, now: datetime, reason: str) -> None:
    """Its slots are no longer open while it is suspended; they come back with it."""
    move(organisation, Organisation.State.SUSPENDED, by=by, now=now, note=reason)
    emails.suspended(organisation, now=now)


def missing_details(organisation: Organisation) -> list[str]:
    """What we still need to know before a traineeship can start here."""
    contacts, missing = list(organisation.contacts.all()), []
    if not organisation.vat_number and organisation.kind in WITH_VAT_NUMBER:
        missing.append(_("The VAT number."))
    if not organisation.sites.all():
        missing.append(_("At least one site, with how many people work there."))
    if not any(contact.is_tutor for contact in contacts):
        missing.append(_("Somebody who can be a host tutor."))
    if not any(contact.is_legal_representative for contact in contacts):
        missing.append(_("The legal representative, who signs the agreement."))
    if not (organisation.phone or organisation.email):
        missing.append(_("A phone number or an e-mail address of the organisation."))
    return missing
