"""Where a person comes back to after a change, and how lists are cut into pages."""

from django.core.paginator import Paginator
from django.urls import reverse

from oltreiperimetri.accounts.enums import STAFF_ROLES, Role
from oltreiperimetri.accounts.gates import role_required

PER_PAGE = 25
host_or_staff = role_required(*STAFF_ROLES, Role.FIRM_CONTACT)


def page_of(request, rows):
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def home_of(organisation, viewer) -> str:
    """The office's page of the organisation, or the organisation's own area."""
    if viewer.is_staff_member:
        return organisation.get_absolute_url()
    return f"{reverse('portal:partner_area')}?ente={organisation.pk}"
