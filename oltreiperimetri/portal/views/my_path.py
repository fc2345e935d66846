"""The person's own page: what happens next, what is theirs to do, and everything the apps have for them."""

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from beneficiaries.domain.notices import mark_read
from beneficiaries.models import Person
from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.accounts.gates import role_required

from .. import desks
from ..context import address

MESSAGES_PER_PAGE = 10
APPOINTMENTS_SHOWN = 6

beneficiary_required = role_required(Role.BENEFICIARY)


def own_person(request) -> Person | None:
    return Person.objects.filter(user=request.user).select_related("municipality").defer("tax_code").first()


@beneficiary_required
@require_safe
def my_path(request):
    person = own_person(request)
    if person is None:
        context = {"register_url": address("beneficiaries:register"), "register_label": _("Register")}
        return render(request, "portal/my_path/nobody.html", context)
    now = timezone.now()
    today = timezone.localdate(now)
    steps = desks.next_steps(person, request.user, today=today)
    context = {
        "person": person,
        "step": steps[0] if steps else None,
        "more_steps": steps[1:],
        "tasks": desks.own_tasks(person),
        "appointments": desks.appointments(person, now=now)[:APPOINTMENTS_SHOWN],
        "panels": desks.person_panels(person, request.user, today=today),
        "today": today,
    }
    return render(request, "portal/my_path/home.html", context)


@beneficiary_required
@require_safe
def my_messages(request):
    """All messages in full. Opening this page is reading them: the office then sees that they arrived."""
    person = own_person(request)
    if person is None:
        return redirect("portal:my_path")
    page = Paginator(person.notices.all(), MESSAGES_PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    mark_read(person, notices=page.object_list, now=timezone.now())
    return render(request, "portal/my_path/messages.html", {"person": person, "page_obj": page})
