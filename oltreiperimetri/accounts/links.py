"""Links that do one thing without sign-in. The token is in the link only; the database keeps its hash."""

import hashlib
import secrets
from datetime import datetime

from django.db import models, transaction

from .models import AccessLink


class LinkRefused(Exception):
    """The link is unknown, expired, revoked or already used; `reason` says which (never shown for unknown ones)."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def issue_link(purpose: str, subject: models.Model, *, expires_at: datetime, token: str = "") -> str:
    """A new link for `subject`; returns the raw token (43 URL-safe characters, or the one given), which is not stored."""
    token = token or secrets.token_urlsafe(32)
    AccessLink.objects.create(
        purpose=purpose,
        token_hash=token_hash(token),
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        expires_at=expires_at,
    )
    return token


def open_link(purpose: str, token: str, *, now: datetime, allow_used: bool = False) -> AccessLink:
    """The live link for a token. Opening does not use it up: a GET only shows. Raises LinkRefused."""
    link = AccessLink.objects.filter(purpose=purpose, token_hash=token_hash(token)).first()
    if link is None:
        raise LinkRefused("unknown")
    if link.revoked_at:
        raise LinkRefused("revoked")
    if link.used_at and not allow_used:
        raise LinkRefused("used")
    if link.expires_at <= now:
        raise LinkRefused("expired")
    return link


def use_link(link: AccessLink, *, now: datetime) -> None:
    """Mark a link as used; of two at once only the first succeeds. Raises LinkRefused."""
    if not AccessLink.objects.filter(pk=link.pk, used_at=None).update(used_at=now):
        raise LinkRefused("used")


@transaction.atomic
def revoke_links(purpose: str, subject: models.Model, *, now: datetime) -> int:
    return AccessLink.objects.filter(
        purpose=purpose, subject_type=subject._meta.label_lower, subject_id=subject.pk, used_at=None, revoked_at=None
    ).update(revoked_at=now)
