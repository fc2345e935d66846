"""My data: what we keep about me, corrected and taken away by me, and who has opened it."""

import json

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from beneficiaries.desk_intake import family_panel
from beneficiaries.domain.contacts import change_contacts
from beneficiaries.domain.retention import keeping_of
from beneficiaries.forms.contacts import OwnContactsForm
from beneficiaries.models import Person
from oltreiperimetri.audit.trail import record_read
from oltreiperimetri.documents import pdf

from .. import accesses, desks
from .my_path import beneficiary_required, own_person

ACCESSES_PER_PAGE = 25
FILE_NAME = "i-miei-dati"


def whole_person(request) -> Person | None:
    """With the tax code, which other pages never load."""
    return Person.objects.filter(user=request.user).select_related("municipality").first()


@beneficiary_required
@require_safe
def my_data(request):
    person = whole_person(request)
    if person is None:
        return redirect("portal:my_path")
    if request.GET.get("formato") in DOWNLOADS:
        return download(request, person)
    today = timezone.localdate()
    context = {
        "person": person,
        "facts": facts_of(person),
        "family": family_panel(person, for_staff=False, today=today),
        "open_requests": list(person.data_requests.open()),
        "keeping": keeping_of(person, today=today),
    }
    return render(request, "portal/my_path/data.html", context)


def facts_of(person: Person) -> list[tuple[str, str]]:
    return [
        (_("Name"), person.full_name),
        (_("Born on"), person.birth_date and person.birth_date.strftime("%d/%m/%Y")),
        (_("Tax code"), person.tax_code),
        (_("Lives in"), str(person.municipality or person.other_town)),
    ]


def download(request, person: Person) -> HttpResponse:
    chosen = request.GET["formato"]
    record_read(person, by=request.user, action="export_own_data", changes={"format": chosen})
    return DOWNLOADS[chosen](desks.person_records(person))


def as_json(records) -> HttpResponse:
    content = [{"title": record.title, "facts": [list(fact) for fact in record.facts]} for record in records]
    answer = HttpResponse(json.dumps(content, ensure_ascii=False, indent=2), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{FILE_NAME}.json"'
    return answer


def as_pdf(records) -> HttpResponse:
    context = {"records": records, "today": timezone.localdate()}
    return pdf.response("portal/my_path/data_print.html", context, filename=FILE_NAME)


DOWNLOADS = {"pdf": as_pdf, "json": as_json}


@beneficiary_required
def my_contacts(request):
    person = own_person(request)
    if person is None:
        return redirect("portal:my_path")
    initial = {name: getattr(person, name) for name in ("phone", "address", "contact_by", "preferred_language")}
    form = OwnContactsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        change_contacts(person, email=person.email, **form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, _("Saved. Thank you for telling us."))
        return redirect("portal:my_data")
    return render(request, "portal/my_path/contacts.html", {"form": form, "person": person})


@beneficiary_required
@require_safe
def my_accesses(request):
    person = own_person(request)
    if person is None:
        return redirect("portal:my_path")
    page = Paginator(accesses.accesses_of(person), ACCESSES_PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "accesses": accesses.told(list(page.object_list)), "count": page.paginator.count}
    return render(request, "portal/my_path/accesses.html", context)
