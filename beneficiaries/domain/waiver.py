"""A requirement that need not be met in one case: asked with a reason, signed by a coordinator who is somebody else."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from oltreiperimetri.accounts.enums import ALL_TOWNS_ROLES
from oltreiperimetri.audit.trail import record
from oltreiperimetri.shared.errors import DomainError, refuse_unless

from ..access import may_decide
from ..models import Application, CriterionResult, Screening, Waiver
from .eligibility import Verdict
from .queries import latest_screening
from .screening import screen

WAIVABLE = (Verdict.NOT_MET, Verdict.UNKNOWN)


@transaction.atomic
def ask_waiver(application: Application, criterion: str, *, reason: str, by, now: datetime) -> Waiver:
    """Ask that a criterion of the latest screening need not be met."""
    refuse_unless(may_decide(by, application))
    if not reason.strip():
        raise DomainError(_("Say why: whoever signs has to understand it."), code="needs_reason", field="reason")
    screening = latest_screening(application)
    rows = CriterionResult.objects.filter(screening=screening, criterion=criterion, effect="block", outcome__in=WAIVABLE)
    if screening is None or not rows.exists():
        raise DomainError(_("There is nothing to waive: this requirement is not in the way."), code="not_in_the_way")
    try:
        with transaction.atomic():
            waiver = Waiver.objects.create(
                application=application, criterion=criterion, reason=reason.strip(), asked_by=by, asked_at=now
            )
    except IntegrityError:
        raise DomainError(_("A waiver of this requirement was already asked."), code="already_asked") from None
    record("ask_waiver", waiver, by=by, changes={"criterion": criterion}, at=now)
    return waiver


@transaction.atomic
def answer_waiver(waiver: Waiver, *, grants: bool, by, now: datetime) -> Screening | None:
    """Sign a waiver, or refuse it. A signed one takes a new screening, which is returned."""
    found = Waiver.objects.select_for_update(of=("self",)).select_related("application__person").get(pk=waiver.pk)
    if found.state != Waiver.State.ASKED:
        raise DomainError(_("This waiver was already answered."), code="answered")
    if not by.has_role(*ALL_TOWNS_ROLES) or not may_decide(by, found.application):
        raise DomainError(_("Only a coordinator signs a waiver."), code="not_allowed")
    if found.asked_by_id == by.pk:
        raise DomainError(_("You asked for it yourself: somebody else has to sign."), code="same_person")
    found.state = Waiver.State.GRANTED if grants else Waiver.State.REFUSED
    found.signed_by, found.signed_at = by, now
    found.save(update_fields=["state", "signed_by", "signed_at"])
    record("answer_waiver", found, by=by, changes={"state": ["asked", str(found.state)]}, at=now)
    waiver.refresh_from_db()
    return screen(found.application, by=by, now=now) if grants else None
