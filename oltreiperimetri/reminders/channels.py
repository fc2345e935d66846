"""By what road somebody is reached: e-mail; else certified e-mail, for organisations; else a text message.

Without any road the office is told, never silence.
"""

from django.conf import settings

from .enums import Channel
from .kinds import Recipient


def channel_of(recipient: Recipient) -> str:
    """A Channel, or "" when there is no road to this recipient."""
    if recipient.email:
        return Channel.EMAIL
    if recipient.certified_email and settings.PEC_URL:
        return Channel.PEC
    if recipient.phone and settings.SMS_ENABLED:
        return Channel.SMS
    return ""


def address_of(recipient: Recipient) -> str:
    """The address on the recipient's channel: lower case, or digits led by +."""
    match channel_of(recipient):
        case Channel.EMAIL:
            return recipient.email.strip().lower()
        case Channel.PEC:
            return recipient.certified_email.strip().lower()
        case Channel.SMS:
            return international(recipient.phone)
    return ""


def international(phone: str) -> str:
    """`02 0000 0000` -> `+390200000000`: Italian unless it says otherwise."""
    digits = "".join(sign for sign in phone if sign.isdigit())
    if phone.strip().startswith("+"):
        return f"+{digits}"
    return f"+{digits[2:]}" if digits.startswith("00") else f"+39{digits}"


def kind_of(address: str) -> str:
    """The kind of contact point: a certified address counts as e-mail, what matters is whether it takes mail."""
    return Channel.EMAIL if "@" in address else Channel.SMS
