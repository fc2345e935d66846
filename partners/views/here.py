"""What the pages share: where a person comes back to, how lists are cut, how history is told."""

from django.core.paginator import Paginator
from django.urls import reverse

from oltreiperimetri.accounts.enums import STAFF_ROLES, Role
from oltreiperimetri.accounts.gates import role_required
from oltreiperimetri.audit.trail import state_changes
from oltreiperimetri.shared.desk import Event

PER_PAGE = 25
host_or_staff = role_required(*STAFF_ROLES, Role.FIRM_CONTACT)


def page_of(request, rows):
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def home_of(organisation, viewer) -> str:
    """The office's page of the organisation, or the organisation's own area."""
    if viewer.is_staff_member:
        return organisation.get_absolute_url()
    return f"{reverse('portal:partner_area')}?ente={organisation.pk}"


def events(obj) -> list[Event]:
    """The states an object has passed through, newest first."""
    labels = dict(type(obj).State.choices)
    return [
        Event(change.at, str(labels[change.to_state]), body=change.note, by=str(change.by or ""))
        for change in state_changes(obj)
    ]
