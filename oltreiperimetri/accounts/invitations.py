"""Invitations to take a role. Whoever accepts must be signed in with the invited address."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import record
from oltreiperimetri.shared.errors import DomainError
from oltreiperimetri.shared.mail import send_now

from .enums import LinkPurpose
from .links import issue_link, revoke_links
from .models import Invitation, User

VALID_FOR = timedelta(days=14)
_on_accept: dict[str, Callable[[Invitation, User], None]] = {}


def register(role: str, on_accept: Callable[[Invitation, User], None]) -> None:
    """What an upper app does when an invitation to `role` is accepted (called inside the transaction)."""
    _on_accept[role] = on_accept


@transaction.atomic
def invite(email: str, role: str, *, by: User, now: datetime, subject: models.Model | None = None) -> Invitation:
    """Ask somebody to take a role, perhaps for `subject` (an organisation); the mail leaves after commit."""
    invitation = Invitation.objects.create(
        email=email.strip().lower(),
        role=role,
        subject_type=subject._meta.label_lower if subject else "",
        subject_id=subject.pk if subject else None,
        invited_by=by,
        expires_at=now + VALID_FOR,
    )
    record("invite", invitation, by=by, changes={"role": role})
    token = issue_link(LinkPurpose.INVITATION, invitation, expires_at=invitation.expires_at)
    context = {
        "invitation": invitation,
        "subject": str(subject or ""),
        "link": settings.SITE_URL + reverse("accounts:accept_invitation", args=[token]),
    }
    transaction.on_commit(lambda: send_now("accounts/invitation", context, to=invitation.email))
    return invitation


@transaction.atomic
def accept(invitation: Invitation, *, by: User, now: datetime) -> None:
    """Give the invited role to `by`. Raises DomainError for another address, or when expired or accepted."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at:
        raise DomainError(_("This invitation has already been accepted."), code="accepted")
    if invitation.expires_at <= now:
        raise DomainError(_("This invitation has expired. Ask for a new one."), code="expired")
    if invitation.email != by.email.lower():
        raise DomainError(
            _("This invitation is for another address. Sign in with the address that received it."), code="other_address"
        )
    by.role_assignments.get_or_create(role=invitation.role)
    by.__dict__.pop("roles", None)
    if invitation.role in _on_accept:
        _on_accept[invitation.role](invitation, by)
    invitation.accepted_at, invitation.accepted_by = now, by
    invitation.save(update_fields=["accepted_at", "accepted_by", "updated_at"])
    record("accept_invitation", invitation, by=by, changes={"role": invitation.role})
    close_open(
        invitation.email,
        subject_type=invitation.subject_type,
        subject_id=invitation.subject_id,
        role=invitation.role,
        now=now,
    )


@transaction.atomic
def withdraw(email: str, role: str, *, subject: models.Model, by: User, now: datetime) -> int:
    """An address may no longer take a role for `subject`: its open invitations end. Returns how many there were."""
    closed = close_open(email, subject_type=subject._meta.label_lower, subject_id=subject.pk, role=role, now=now)
    for invitation in closed:
        record("withdraw_invitation", invitation, by=by, changes={"role": role}, at=now)
    return len(closed)


def close_open(email: str, *, subject_type: str, subject_id: int | None, role: str, now: datetime) -> list[Invitation]:
    """No second letter gives again what was accepted once, or taken away."""
    asked = Invitation.objects.filter(email=email.strip().lower(), role=role, accepted_at=None, expires_at__gt=now)
    found = list(asked.filter(subject_type=subject_type, subject_id=subject_id).select_for_update())
    for invitation in found:
        invitation.expires_at = now
        invitation.save(update_fields=["expires_at", "updated_at"])
        revoke_links(LinkPurpose.INVITATION, invitation, now=now)
    return found
