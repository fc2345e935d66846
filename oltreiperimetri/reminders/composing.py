"""From a template to a Message row: rendered once, in Italian, and kept encrypted."""

from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _

from oltreiperimetri.shared.mail import compose as compose_mail

from .channels import address_of, channel_of
from .kinds import Recipient
from .models import Message, Reminder
from .sms import gsm


def message_id_for(guid: UUID) -> str:
    return f"<{guid}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>"


def build_message(template: str, context: dict, recipient: Recipient, **about) -> Message:
    """An unsaved Message of a mail; `about` as in `letter`. Raises what the template raises."""
    with translation.override(settings.LANGUAGE_CODE):
        mail = compose_mail(template, {"name": recipient.name, **context}, to=address_of(recipient))
    html = mail.alternatives[0].content if mail.alternatives else ""
    return letter(recipient, template=template, subject=mail.subject, body=mail.body, html=html, **about)


def build_text(code: str, text: str, recipient: Recipient, **about) -> Message:
    """An unsaved Message of a text message. Raises ValueError when it is longer than one."""
    return letter(recipient, template=code, subject=str(_("Text message")), body=gsm(text), html="", **about)


def letter(
    recipient: Recipient,
    *,
    template: str,
    subject: str,
    body: str,
    html: str,
    dedupe_key: str,
    now: datetime,
    reminder: Reminder | None = None,
    about: models.Model | None = None,
) -> Message:
    guid = uuid4()
    return Message(
        guid=guid,
        dedupe_key=dedupe_key[:200],
        reminder=reminder,
        channel=channel_of(recipient),
        recipient=address_of(recipient),
        recipient_name=recipient.name[:160],
        template=template,
        subject=subject,
        body=body,
        html=html,
        message_id=message_id_for(guid),
        queued_at=now,
        about_type=about._meta.label_lower if about else "",
        about_id=about.pk if about else None,
        person_key=recipient.person_key,
    )


def insert_once(message: Message) -> bool:
    """Insert unless its dedupe key is there already; safe inside any transaction, however many try."""
    Message.objects.bulk_create([message], ignore_conflicts=True)
    return Message.objects.filter(dedupe_key=message.dedupe_key, guid=message.guid).exists()
