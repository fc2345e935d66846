"""Everything this app can say by e-mail, one function a message; reminders.py says the rest."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from oltreiperimetri.reminders import engine

from .models import Organisation


def sign_up_received(organisation: Organisation, contact, *, now: datetime) -> None:
    """The same words whether the organisation was new or already here."""
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
