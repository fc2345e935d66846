"""One box for staff: people, organisations and groups, each within the reader's reach."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from beneficiaries.domain.search import matching
from beneficiaries.models import Person
from oltreiperimetri.accounts.gates import staff_required
from orafo.models import Cohort
from partners.models import Organisation

SHOWN = 10
SHORTEST = 2


@staff_required
@require_safe
def search(request):
    """Names from their beginning, application number, phone, e-mail, exact tax code; never notes or documents."""
    text = request.GET.get("q", "").strip()[:200]
    context = {"text": text, "searched": len(text) >= SHORTEST, "too_short": bool(text) and len(text) < SHORTEST}
    if context["searched"]:
        people = matching(Person.objects.visible_to(request.user), text).select_related("municipality").defer("tax_code")
        organisations = Organisation.objects.visible_to(request.user).filter(name__icontains=text)
        context["people"] = page_of(people.order_by("last_name", "first_name", "pk"))
        cohorts = Cohort.objects.visible_to(request.user).filter(name__icontains=text)
        context["organisations"] = page_of(organisations.order_by("name", "pk"))
        context["cohorts"] = page_of(cohorts.order_by("-starts_on", "pk"))
    return render(request, "portal/search/results.html", context)


def page_of(queryset) -> dict:
    """The first results, and whether there are more."""
    found = list(queryset[: SHOWN + 1])
    return {"items": found[:SHOWN], "has_more": len(found) > SHOWN}
