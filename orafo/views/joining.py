"""Adding somebody to a group: who may join, in the viewer's reach, on a seat or on the waiting list."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from beneficiaries.access import people_visible_to
from beneficiaries.domain.search import matching
from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.shared.errors import DomainError

from ..access import may_run
from ..domain import membership as verbs
from ..domain import queries
from ..forms.membership import AddForm
from .here import find_cohort, page_of


@staff_required
def add(request, pk):
    cohort = find_cohort(request, pk)
    people = queries.people_who_may_join(people_visible_to(request.user), cohort=cohort)
    if request.method == "POST":
        return put(request, cohort, people)
    text = request.GET.get("q", "")
    found = matching(people, text).select_related("municipality").order_by("last_name", "first_name", "pk")
    page = page_of(request, found)
    context = {
        "cohort": cohort,
        "may_run": may_run(request.user, cohort),
        "free": cohort.capacity - len(verbs.taken_seats(cohort)),
        "page_obj": page,
        "q": text,
    }
    return render(request, "orafo/cohort/add.html", context)


def put(request, cohort, people):
    """One person at a time; then the same list again, for the next one."""
    form = AddForm(request.POST, people=people)
    if not form.is_valid():
        messages.error(request, _("Choose somebody from the list. Perhaps a colleague has just added this person."))
        return redirect(back_to_list(request, cohort))
    person, act = form.cleaned_data["person"], form.cleaned_data["act"]
    now = timezone.now()
    try:
        if act == "enrol" and may_run(request.user, cohort):
            membership = verbs.enrol(person, cohort, by=request.user, today=timezone.localdate(now), now=now)
            thanks = _("%(name)s has seat number %(seat)s.") % {"name": person.full_name, "seat": membership.seat}
        else:
            membership = verbs.join_waiting_list(person, cohort, by=request.user, now=now)
            facts = {"name": person.full_name, "position": membership.position}
            thanks = _("%(name)s is on the waiting list, at position %(position)s.") % facts
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, thanks)
    return redirect(back_to_list(request, cohort))


def back_to_list(request, cohort) -> str:
    kept = {name: request.GET[name] for name in ("q", "page") if request.GET.get(name)}
    return f"{reverse('orafo:cohort_add', args=[cohort.pk])}{'?' if kept else ''}{urlencode(kept)}"
