"""Who follows an application, and how the office's register knows it."""

import re
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.audit.trail import record
from oltreiperimetri.shared.errors import DomainError, refuse_unless

from ..access import may_decide, may_own
from ..models import Application

PROTOCOL = re.compile(r"\d{7,12}")


def locked(application: Application, *, by) -> None:
    application.refresh_from_db(from_queryset=Application.objects.select_for_update(of=("self",)))
    refuse_unless(may_decide(by, application))


@transaction.atomic
def assign(application: Application, owner, *, by, now: datetime) -> None:
    """Give an application to a colleague who follows the person's town, or (`owner=None`) put it back in the queue."""
    locked(application, by=by)
    if owner is not None and not may_own(owner, application):
        raise DomainError(
            _("%(who)s does not follow the town of %(person)s.") % {"who": owner, "person": application.person},
            code="out_of_scope",
            field="owner",
        )
    before = application.owner_id
    if before == (owner.pk if owner else None):
        return
    application.owner = owner
    application.save(update_fields=["owner", "updated_at"])
    record("assign", application, by=by, changes={"owner": [before, application.owner_id]}, at=now)


@transaction.atomic
def set_protocol(application: Application, number: str, on: date, *, by, now: datetime) -> None:
    """Write down the number that the office's protocol gave. Once written only a coordinator corrects it."""
    locked(application, by=by)
    if not PROTOCOL.fullmatch(number):
        raise DomainError(
            _("A protocol number has at least seven digits, for example 0001234."), code="format", field="protocol_number"
        )
    if on > timezone.localtime(now).date():
        raise DomainError(_("This day is in the future. Check the year."), code="future", field="protocol_on")
    if application.protocol_number and not by.has_role(Role.COORDINATOR, Role.ADMIN):
        raise DomainError(
            _("The protocol number is already written: only a coordinator can correct it."), code="already_set"
        )
    changes = {"protocol_number": [application.protocol_number or None, number], "protocol_on": str(on)}
    application.protocol_number, application.protocol_on = number, on
    application.save(update_fields=["protocol_number", "protocol_on", "updated_at"])
    record("set_protocol", application, by=by, changes=changes, at=now)
