"""Messages leave one at a time over one connection; only the holder of the lease writes a result."""

import logging
import smtplib
import time
from collections import Counter
from contextlib import suppress
from datetime import datetime, timedelta

import environ
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import F

from . import sms
from .channels import kind_of
from .enums import Channel
from .models import ContactPoint, Message
from .window import is_open

logger = logging.getLogger(__name__)
State = Message.State
BATCH = 20
MAX_ATTEMPTS = 8
# A refusal of the conversation itself is our misconfiguration or their trouble, never the recipient's.
OUR_TROUBLE = (smtplib.SMTPAuthenticationError, smtplib.SMTPHeloError, smtplib.SMTPConnectError, smtplib.SMTPSenderRefused)


def lease_from(now: datetime) -> datetime:
    return now + timedelta(seconds=settings.MAIL_LEASE)


def pause_after(attempt: int) -> timedelta:
    return timedelta(seconds=settings.MAIL_PAUSES[min(attempt, len(settings.MAIL_PAUSES)) - 1])


class Clock:
    """`now` as given, moved on by the time that really passes while mail is sent."""

    def __init__(self, now: datetime):
        self.start, self.started = now, time.monotonic()

    def __call__(self) -> datetime:
        return self.start + timedelta(seconds=time.monotonic() - self.started)


def deliver(*, now: datetime, limit: int = 1000) -> Counter:
    """Send what waits. Returns how many messages ended in each state. Runs outside any transaction."""
    done: Counter = Counter()
    clock = Clock(now)
    post = Postman()
    try:
        while sum(done.values()) < limit and (batch := take(now=clock())):
            doubted = addresses_in_doubt(batch)
            for message in batch:
                result = send(message, post, clock=clock)
                done[result] += 1
                if result == State.SENT and message.recipient in doubted:
                    note_delivered(message)
    finally:
        post.close()
    return done


def take(*, now: datetime, size: int = BATCH) -> list[Message]:
    """Messages under our lease, ready to be sent."""
    return list(Message.objects.filter(pk__in=claim(now=now, size=size)).order_by("pk"))


@transaction.atomic
def claim(*, now: datetime, size: int = BATCH) -> list[int]:
    """Take due rows under a lease; the attempt is counted before the work, so a row that kills us runs out."""
    rows = Message.objects.due(now)
    if settings.QUIET_HOURS and not is_open(now):
        rows = rows.filter(reminder=None)
    locked = rows.order_by("pk").select_for_update(skip_locked=True, of=("self",))
    taken = list(locked.values_list("pk", flat=True)[:size])
    if taken:
        Message.objects.filter(pk__in=taken).update(
            state=State.INFLIGHT, attempt=F("attempt") + 1, lease_until=lease_from(now), handed_over_at=None
        )
    return taken


class Postman:
    """One connection for e-mail and one for certified e-mail, opened when first needed and again after a failure."""

    def __init__(self):
        self.connections = {Channel.EMAIL: get_connection(), Channel.PEC: pec_connection()}

    def send(self, message: Message) -> None:
        if message.channel == Channel.SMS:
            sms.backend().send(message.recipient, message.body)
            return
        mail = EmailMultiAlternatives(
            subject=message.subject,
            body=message.body,
            to=[message.recipient],
            from_email=settings.PEC_FROM if message.channel == Channel.PEC else None,
            headers={"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"},
        )
        if message.html:
            mail.attach_alternative(message.html, "text/html")
        self.connections[message.channel].send_messages([mail])

    def open(self, channel: str) -> None:
        """Before the hand-over is noted: a server that does not answer has taken nothing."""
        if channel != Channel.SMS:
            self.connections[channel].open()

    def close(self) -> None:
        for connection in self.connections.values():
            with suppress(Exception):
                connection.close()


def pec_connection():
    """Certified e-mail has a server and a sender of its own (PEC_URL)."""
    options = environ.Env.email_url_config(settings.PEC_URL) if settings.PEC_URL else {}
    return get_connection(
        options.get("EMAIL_BACKEND"),
        host=options.get("EMAIL_HOST"),
        port=options.get("EMAIL_PORT"),
        username=options.get("EMAIL_HOST_USER"),
        password=options.get("EMAIL_HOST_PASSWORD"),
        use_tls=options.get("EMAIL_USE_TLS"),
        use_ssl=options.get("EMAIL_USE_SSL"),
    )


def send(message: Message, post: Postman, *, clock: Clock) -> str:
    """Send one message whose lease we hold; returns the state it ended in, "" when the lease was lost."""
    try:
        post.open(message.channel)
        if not hand_over(message, now=clock()):
            return ""
        post.send(message)
    except Exception as error:  # noqa: BLE001 - a message that cannot leave must not stop the others
        post.close()
        return write_failure(message, error, now=clock())
    is_ours = finish(message, state=State.SENT, sent_at=clock(), last_error="", retry_at=None)
    return State.SENT if is_ours else ""


def held(message: Message):
    """The row, while this attempt still owns it: a worker that lost its lease changes nothing."""
    return Message.objects.filter(pk=message.pk, attempt=message.attempt, state=State.INFLIGHT)


def hand_over(message: Message, *, now: datetime) -> bool:
    """Committed just before the provider is called: an expired lease without it is safe to try again."""
    return bool(held(message).filter(lease_until__gt=now).update(handed_over_at=now, lease_until=lease_from(now)))


def finish(message: Message, **values) -> bool:
    return bool(held(message).update(lease_until=None, **values))


def addresses_in_doubt(messages: list[Message]) -> set[str]:
    """Those of the recipients whose mail came back before."""
    points = ContactPoint.objects.filter(address__in={message.recipient for message in messages})
    return set(points.exclude(soft_bounces=0, status=ContactPoint.Status.USABLE).values_list("address", flat=True))


def note_delivered(message: Message) -> None:
    """Mail was taken again: the address is usable."""
    ContactPoint.objects.filter(kind=kind_of(message.recipient), address=message.recipient).update(
        soft_bounces=0, status=ContactPoint.Status.USABLE
    )


def write_failure(message: Message, error: Exception, *, now: datetime) -> str:
    """4xx and trouble of ours: again later, eight times in all; 5xx: failed, and the address is marked."""
    code = smtp_code(error)
    text = f"{type(error).__name__} {code or ''}".strip()
    logger.warning("Message %s did not leave: %s", message.guid, text, extra={"message_guid": message.guid})
    if isinstance(error, sms.SmsUncertain):
        finish(message, state=State.UNCERTAIN, last_error=text)
        return State.UNCERTAIN
    if isinstance(error, sms.SmsRefused) or (code >= 500 and not isinstance(error, OUR_TROUBLE)):
        if finish(message, state=State.FAILED, last_error=text):
            mark_refused(message, now=now)
        return State.FAILED
    if message.attempt >= MAX_ATTEMPTS:
        finish(message, state=State.FAILED, last_error=text)
        return State.FAILED
    finish(message, state=State.RETRY, last_error=text, retry_at=now + pause_after(message.attempt), handed_over_at=None)
    return State.RETRY


def smtp_code(error: Exception) -> int:
    """The code of an SMTP refusal, 0 when there is none. Several refused recipients: the mildest."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return min((code for code, _text in error.recipients.values()), default=0)
    return getattr(error, "smtp_code", 0) if isinstance(error, smtplib.SMTPResponseException) else 0


def mark_refused(message: Message, *, now: datetime) -> None:
    point, _created = ContactPoint.objects.get_or_create(kind=kind_of(message.recipient), address=message.recipient)
    ContactPoint.objects.filter(pk=point.pk).update(
        status=ContactPoint.Status.REFUSED, hard_bounces=F("hard_bounces") + 1, last_bounced_at=now
    )
