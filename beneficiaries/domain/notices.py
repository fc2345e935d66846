"""What we tell a person: kept on their page, sent by e-mail when there is an address, else to be told by voice."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import record
from oltreiperimetri.reminders.engine import queue_mail
from oltreiperimetri.shared.errors import DomainError

from ..models import Notice, Person


@transaction.atomic
def tell(person: Person, subject: str, body: str, *, by, now: datetime) -> Notice:
    """Write a message to a person and send it on its way. `body` is plain text, paragraphs parted by blank lines."""
    by_mail = bool(person.email)
    notice = Notice.objects.create(
        person=person,
        subject=subject[:150],
        body=body,
        sent_by=by,
        sent_at=now,
        delivery=Notice.Delivery.EMAIL if by_mail else Notice.Delivery.CALL,
    )
    record("tell", notice, by=by, changes={"delivery": notice.delivery}, at=now)
    if by_mail:
        queue_mail(
            "beneficiaries/notice",
            {
                "name": person.first_name,
                "subject": notice.subject,
                "paragraphs": [part.strip() for part in body.split("\n\n") if part.strip()],
                "link": settings.SITE_URL + reverse("portal:start"),
            },
            to=person.email,
            name=person.full_name,
            dedupe_key=f"notice-{notice.pk}",
            now=now,
            person_key=person.audit_key,
            about=notice,
        )
    return notice


@transaction.atomic
def mark_called(notice: Notice, *, by, now: datetime) -> None:
    """The person was told by voice. Of two colleagues only the first is recorded."""
    claimed = Notice.objects.to_call().filter(pk=notice.pk).update(called_at=now, called_by=by)
    if not claimed:
        raise DomainError(_("Somebody has already told this person."), code="already_called")
    notice.refresh_from_db()
    record("tell_by_phone", notice, by=by, at=now)


@transaction.atomic
def mark_read(person: Person, *, notices: Iterable[Notice], now: datetime) -> int:
    """The person has these messages before them: those unread are read now. Returns how many."""
    unread = [notice.pk for notice in notices if notice.read_at is None]
    return person.notices.unread().filter(pk__in=unread).update(read_at=now) if unread else 0
