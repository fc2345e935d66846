"""One act on several applications: each in its own transaction, under a lock, with its own result."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from oltreiperimetri.accounts.models import User
from oltreiperimetri.shared.errors import DomainError

from ..models import Application
from .application import decide, take_in_review
from .assignment import assign
from .hand_over import RowResult

State = Application.State
MOST = 200


def on_each(pks: Sequence[int], reach, act: Callable[[Application], None]) -> list[RowResult]:
    """Carry `act` out on each of `pks` found in `reach`, in their order. What is not there (any more) says so."""
    found = reach.select_related("person").in_bulk(list(pks)[:MOST])
    return [one(found.get(pk), act) for pk in list(pks)[:MOST]]


def one(application: Application | None, act: Callable[[Application], None]) -> RowResult:
    if application is None:
        return RowResult(_("An application that is no longer there"), "", "gone")
    title, url = f"{application.person} ({application.number})", application.get_absolute_url()
    try:
        act(application)
    except Application.DoesNotExist:
        return RowResult(title, "", "gone")
    except DomainError as refusal:
        return RowResult(title, url, "refused", str(refusal))
    return RowResult(title, url, "done")


def assign_each(pks: Sequence[int], reach, owner: User | None, *, by, now: datetime) -> list[RowResult]:
    return on_each(pks, reach, lambda application: assign(application, owner, by=by, now=now))


def review_each(pks: Sequence[int], reach, *, by, now: datetime) -> list[RowResult]:
    """Take in review those just received; the others keep their state and say why."""

    def act(application: Application) -> None:
        if application.state != State.RECEIVED:
            raise DomainError(
                _("It is “%(state)s”, not just received.") % {"state": application.get_state_display()}, code="state"
            )
        take_in_review(application, seen=State.RECEIVED, by=by, now=now)

    return on_each(pks, reach, act)


def list_each(pks: Sequence[int], reach, *, message: str, reason: str, note: str, by, now: datetime) -> list[RowResult]:
    """Put each on the waiting list; all read the same words. `reason` and `note` where the screening says something else."""

    def act(application: Application) -> None:
        decide(
            application,
            State.WAITING_LIST,
            seen=application.state,
            reason=reason,
            message=message,
            note=note,
            by=by,
            now=now,
        )

    return on_each(pks, reach, act)
