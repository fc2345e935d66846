"""Everything this app can say by e-mail, one function a message."""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse

from oltreiperimetri.accounts.enums import LinkPurpose
from oltreiperimetri.accounts.links import issue_link
from oltreiperimetri.reminders import engine
from oltreiperimetri.shared.dates import at_rome

from .models import Organisation, Slot

LINK_OUTLIVES_SLOT = timedelta(days=30)


def sign_up_received(organisation: Organisation, contact, *, now: datetime) -> None:
    """To whoever asked to join the network: the same words whether the organisation was new or already here."""
    engine.queue_mail(
        "partners/sign_up_received",
        {"organisation_name": organisation.name, "first_name": contact.first_name},
        to=contact.email,
        name=str(contact),
        dedupe_key=f"partners.sign_up:{contact._meta.model_name}:{contact.pk}",
        now=now,
        about=organisation,
    )


def accredited(organisation: Organisation, *, now: datetime) -> None:
    """To everybody of the organisation with an address: it is in the network, and what it can do now."""
    link = settings.SITE_URL + reverse("portal:partner_area")
    for contact in organisation.contacts.exclude(email=""):
        engine.queue_mail(
            "partners/accredited",
            {"organisation_name": organisation.name, "first_name": contact.first_name, "link": link},
            to=contact.email,
            name=contact.full_name,
            dedupe_key=f"partners.accredited:{contact.pk}:{now.isoformat()}",
            now=now,
            about=organisation,
        )


def suspended(organisation: Organisation, *, now: datetime) -> None:
    """To everybody of the organisation with an account: it is out of the network for now."""
    for contact in organisation.contacts.exclude(email="").exclude(user=None):
        engine.queue_mail(
            "partners/suspended",
            {"organisation_name": organisation.name, "first_name": contact.first_name},
            to=contact.email,
            name=contact.full_name,
            dedupe_key=f"partners.suspended:{contact.pk}:{now.isoformat()}",
            now=now,
            about=organisation,
        )


def slot_still_valid(slot: Slot, recipient, *, has_expired: bool) -> tuple[str, dict]:
    """Composed when the reminder leaves: the link in it is fresh, and serves a month beyond the expiry."""
    expires_at = at_rome(slot.expires_on + LINK_OUTLIVES_SLOT)
    token = issue_link(LinkPurpose.SLOT_VALID, slot, expires_at=expires_at)
    return "partners/slot_still_valid", {
        "slot": slot,
        "first_name": recipient.name,
        "has_expired": has_expired,
        "expires_on": slot.expires_on,
        "link": settings.SITE_URL + reverse("partners:slot_valid", args=[token]),
    }
