"""What a partner's business is looking for: posted, checked by staff, published, withdrawn."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import move, record
from oltreiperimetri.shared.errors import DomainError
from partners.domain import changes
from partners.models import Organisation

from .. import emails
from ..models import Edition, Need


def edition_for_needs(today: date) -> Edition | None:
    """The edition to which a need can be added today, or None."""
    edition = Edition.objects.current(today)
    return edition if edition and edition.takes_needs_on(today) else None


@transaction.atomic
def post(organisation: Organisation, values: Mapping, *, by, now: datetime) -> Need:
    """Raises DomainError while no edition takes needs, or when the organisation is not accredited."""
    edition = edition_for_needs(timezone.localdate(now))
    if edition is None:
        raise DomainError(_("No contest takes needs at the moment: we write to you when the next one opens."), code="closed")
    if not organisation.is_accredited:
        raise DomainError(_("The organisation is not accredited yet: our office is looking at it."), code="not_accredited")
    need = Need.objects.create(organisation=organisation, edition=edition, **values)
    record("create", need, by=by, at=now)
    return need


@transaction.atomic
def change(need: Need, values: Mapping, *, by, now: datetime) -> list[str]:
    """A need sent back goes to the office again. What is published is changed by staff only."""
    if not (need.is_editable_by_firm or by.is_staff_member):
        raise DomainError(_("This need is published: call us to change it."), code="published")
    changed = changes.apply(need, values, by=by)
    if need.state == Need.State.RETURNED:
        move(need, Need.State.PROPOSED, by=by, now=now)
    return changed


@transaction.atomic
def publish(need: Need, *, by, now: datetime) -> None:
    move(need, Need.State.PUBLISHED, by=by, now=now, published_on=timezone.localdate(now))
    emails.need_published(need, now=now)


@transaction.atomic
def send_back(need: Need, *, by, now: datetime, reason: str) -> None:
    move(need, Need.State.RETURNED, by=by, now=now, note=reason)
    emails.need_returned(need, reason, now=now)


@transaction.atomic
def withdraw(need: Need, *, by, now: datetime) -> None:
    move(need, Need.State.WITHDRAWN, by=by, now=now)
