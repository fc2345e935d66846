"""Appointments in other people's calendars: the file of one, and the private address of a colleague's whole agenda."""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from oltreiperimetri.accounts.enums import LinkPurpose
from oltreiperimetri.accounts.links import issue_link, open_link, revoke_links
from oltreiperimetri.accounts.models import AccessLink, User
from oltreiperimetri.audit.trail import record
from oltreiperimetri.documents.calendar import Entry

from ..models import Appointment
from ..models.appointment import CANCELLED, ON_A_SEAT

FEED_LASTS = timedelta(days=400)
KEPT_BEHIND = timedelta(days=30)


def uid_of(appointment: Appointment) -> str:
    """The same for the person and for the colleague, through every change."""
    return f"appointment-{appointment.pk}@oltreiperimetri"


def invitation(appointment: Appointment) -> tuple[list[Entry], str]:
    """The entry for the person's own calendar and its method: REQUEST, or CANCEL once it is called off."""
    entry = Entry(
        uid=uid_of(appointment),
        title=_("%(kind)s with #Oltreiperimetri") % {"kind": appointment.get_kind_display()},
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        place=appointment.place,
        description=_("If you cannot come, call %(phone)s.") % {"phone": settings.PHONE},
        sequence=appointment.sequence,
        is_cancelled=appointment.is_cancelled,
        organizer=settings.CONTACT_EMAIL,
        attendee=appointment.person.email,
    )
    return [entry], "CANCEL" if appointment.is_cancelled else "REQUEST"


def agenda_entries(host: User, *, now: datetime) -> list[Entry]:
    """A colleague's appointments, from thirty days ago on; nobody's name leaves the portal, the link opens it."""
    states = [*ON_A_SEAT, *CANCELLED]
    found = Appointment.objects.filter(host=host, state__in=states, starts_at__gte=now - KEPT_BEHIND)
    return [
        Entry(
            uid=uid_of(one),
            title=str(one.get_kind_display()),
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            place=one.place,
            url=settings.SITE_URL + reverse("beneficiaries:appointment", args=[one.pk]),
            sequence=one.sequence,
            is_cancelled=one.is_cancelled,
        )
        for one in found.order_by("starts_at", "pk")
    ]


def open_feed(user: User, *, now: datetime) -> str:
    """A new private address; the one before stops working. Returns its token, shown once and kept nowhere."""
    revoke_links(LinkPurpose.CALENDAR, user, now=now)
    token = issue_link(LinkPurpose.CALENDAR, user, expires_at=now + FEED_LASTS)
    record("open_calendar_feed", user, by=user, at=now)
    return token


def close_feed(user: User, *, now: datetime) -> bool:
    """Returns whether there was one."""
    closed = revoke_links(LinkPurpose.CALENDAR, user, now=now)
    if closed:
        record("close_calendar_feed", user, by=user, at=now)
    return bool(closed)


def has_feed(user: User, *, now: datetime) -> bool:
    live = AccessLink.objects.filter(purpose=LinkPurpose.CALENDAR, subject_type=user._meta.label_lower, subject_id=user.pk)
    return live.filter(revoked_at=None, expires_at__gt=now).exists()


def host_of_feed(token: str, *, now: datetime) -> User | None:
    """Whose agenda a private address opens; None once they are no longer of the office. Raises LinkRefused."""
    link = open_link(LinkPurpose.CALENDAR, token, now=now)
    user = User.objects.active().filter(pk=link.subject_id).first()
    return user if user and user.is_staff_member else None
