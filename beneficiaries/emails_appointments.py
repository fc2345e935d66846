"""What we say by e-mail about an appointment; without an address it is told by voice (domain/appointment_told.py)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse

from oltreiperimetri.accounts.enums import LinkPurpose
from oltreiperimetri.accounts.links import issue_link
from oltreiperimetri.reminders import engine
from oltreiperimetri.reminders.kinds import Recipient
from oltreiperimetri.shared.dates import at_rome

from .models import Appointment, Person


def person_recipient(person: Person) -> Recipient:
    return Recipient(
        email=person.email, name=person.full_name, user=person.user, person_key=person.audit_key, phone=person.phone
    )


def appointment_link(appointment: Appointment) -> str:
    """A fresh link to choose, move or cancel; it lives a day longer than what it is about."""
    last = appointment.ends_at or appointment.starts_at or at_rome(appointment.choose_by + timedelta(days=1))
    token = issue_link(LinkPurpose.APPOINTMENT, appointment, expires_at=last + timedelta(days=1))
    return settings.SITE_URL + reverse("beneficiaries:my_appointment_link", args=[token])


def appointment_context(appointment: Appointment) -> dict:
    return {"appointment": appointment, "link": appointment_link(appointment), "phone": settings.PHONE}


def to_person_of(appointment: Appointment, template: str, context: dict, *, key: str, now: datetime) -> None:
    person = appointment.person
    engine.queue_mail(
        template,
        {"name": person.first_name, **context},
        to=person.email,
        name=person.full_name,
        dedupe_key=f"beneficiaries.appointment:{appointment.pk}:{key}",
        now=now,
        person_key=person.audit_key,
        about=appointment,
    )


def appointment_invitation(appointment: Appointment, *, now: datetime) -> None:
    """To the person: we would like to meet, choose a day, by when."""
    context = appointment_context(appointment)
    to_person_of(appointment, "beneficiaries/appointment_invitation", context, key="invited", now=now)


def appointment_booked(appointment: Appointment, *, now: datetime) -> None:
    """To the person: day, hour and place, as booked or as moved; with the link to change it."""
    context = {**appointment_context(appointment), "is_moved": appointment.sequence > 0}
    to_person_of(appointment, "beneficiaries/appointment", context, key=f"booked-{appointment.sequence}", now=now)


def appointment_cancelled(appointment: Appointment, message: str, *, now: datetime) -> None:
    """To the person: we had to cancel; `message` is ours, in plain text."""
    context = {"appointment": appointment, "message": message, "phone": settings.PHONE}
    to_person_of(appointment, "beneficiaries/appointment_cancelled", context, key="cancelled", now=now)
