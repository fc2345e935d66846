"""What we tell a person about an appointment: by e-mail with a link of their own, else by voice through the office."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Max
from django.utils.translation import gettext as _

from oltreiperimetri.reminders.models import Message

from .. import emails_appointments as emails
from ..models import Appointment, Person
from .notices import tell
from .telling import day_told, moment_told

QUIET = timedelta(hours=24)
NEVER_ARRIVED = (Message.State.ABORTED, Message.State.FAILED)


def tell_invited(appointment: Appointment, *, by, now: datetime) -> None:
    person = appointment.person
    if person.email:
        emails.appointment_invitation(appointment, now=now)
    else:
        body = _("We would like to meet you: %(kind)s. Choose a day with us by %(day)s: %(phone)s.") % {
            "kind": appointment.get_kind_display(),
            "day": day_told(appointment.choose_by),
            "phone": settings.PHONE,
        }
        tell(person, _("Let us agree on a day"), body, by=by, now=now)
    mark_told(appointment, now=now)


def tell_booked(appointment: Appointment, *, by, now: datetime) -> None:
    """Booked or moved: where and when. Whoever did it by the link without an address has just read it on the page."""
    person = appointment.person
    if person.email:
        emails.appointment_booked(appointment, now=now)
    elif by is not None and by.pk != person.user_id:
        tell(person, _("Your appointment"), expected(appointment), by=by, now=now)
    mark_told(appointment, now=now)


def tell_cancelled(appointment: Appointment, message: str, *, by, now: datetime) -> None:
    person = appointment.person
    if person.email:
        emails.appointment_cancelled(appointment, message.strip(), now=now)
    else:
        gone = _("The appointment “%(kind)s” is cancelled.") % {"kind": appointment.get_kind_display()}
        tell(person, _("Your appointment is cancelled"), f"{gone}\n\n{message.strip()}".strip(), by=by, now=now)
    mark_told(appointment, now=now)


def expected(appointment: Appointment) -> str:
    return _("We expect you on %(when)s: %(place)s.") % {
        "when": moment_told(appointment.starts_at),
        "place": appointment.place,
    }


def mark_told(appointment: Appointment, *, now: datetime) -> None:
    appointment.told_at = now
    appointment.save(update_fields=["told_at", "updated_at"])


def last_told(person: Person) -> datetime | None:
    """When we last wrote to somebody about any appointment of theirs, reminders included; None when never."""
    own = person.appointments.all()
    told = own.aggregate(last=Max("told_at"))["last"]
    ids = list(own.values_list("pk", flat=True))
    sent = Message.objects.filter(about_type=Appointment._meta.label_lower, about_id__in=ids)
    written = sent.exclude(state__in=NEVER_ARRIVED).aggregate(last=Max("queued_at"))["last"]
    return max(filter(None, [told, written]), default=None)


def quiet_until(person: Person) -> datetime | None:
    """Until when we write nothing more about appointments on our own account: a whole day after the last message."""
    last = last_told(person)
    return last + QUIET if last else None
