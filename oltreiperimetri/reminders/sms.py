"""Text messages: at most 160 characters of the GSM alphabet, through a provider that can be changed.

A text message costs and cannot be recognised as a copy: when it is not certain that it left, it is never sent again.
"""

import json
import logging
import unicodedata
import urllib.error
import urllib.request
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)
LONGEST = 160
TIMEOUT = 10
GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "…": "...", "€": "EUR"}
)


class SmsRefused(Exception):
    """The provider will not deliver it: trying again is useless."""


class SmsUncertain(Exception):
    """It may have left: it is not sent again."""


class SmsLater(Exception):
    """The provider could not be reached: nothing has left."""


class SmsBackend(Protocol):
    def send(self, phone: str, text: str) -> None:
        """Hand over one message; raises SmsRefused, SmsUncertain or SmsLater."""


def backend() -> SmsBackend:
    return import_string(settings.SMS_BACKEND)()


def gsm(text: str) -> str:
    """The text in the GSM alphabet: quotes made plain, letters it lacks without their accent. Raises ValueError when it
    is longer than one message."""
    plain = " ".join(text.translate(PLAIN).split())
    letters = "".join(sign if sign in GSM else without_accent(sign) for sign in plain)
    if len(letters) > LONGEST:
        raise ValueError(f"a text message of {len(letters)} characters; {LONGEST} at most")
    return letters


def without_accent(sign: str) -> str:
    base = unicodedata.normalize("NFKD", sign)[0]
    return base if base in GSM else "?"


class ConsoleSms:
    """Says that a message would leave, neither to whom nor what: logs hold no personal data."""

    def send(self, phone: str, text: str) -> None:
        logger.info("A text message of %s characters would leave now.", len(text))


class HttpSms:
    """A provider with an HTTP interface: SMS_URL, SMS_HEADERS (JSON), SMS_BODY with {phone} and {text} as JSON strings."""

    def send(self, phone: str, text: str) -> None:
        body = settings.SMS_BODY.replace("{phone}", json.dumps(phone)).replace("{text}", json.dumps(text))
        request = urllib.request.Request(  # noqa: S310 - the address is the operator's own
            settings.SMS_URL,
            data=body.encode(),
            headers={"Content-Type": "application/json", **json.loads(settings.SMS_HEADERS)},
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT):  # noqa: S310  # nosec B310
                return
        except urllib.error.HTTPError as error:
            if error.code < 500 and error.code != 429:
                raise SmsRefused(str(error.code)) from error
            raise (SmsLater if error.code in (429, 503) else SmsUncertain)(str(error.code)) from error
        except urllib.error.URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise SmsUncertain("timeout") from error
            raise SmsLater("unreachable") from error
        except TimeoutError as error:
            raise SmsUncertain("timeout") from error
