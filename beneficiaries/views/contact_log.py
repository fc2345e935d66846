"""The contact log: one page with big buttons, its last lines with a way back, the list with filters and file."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.shared.acting import carried_out
from oltreiperimetri.shared.errors import DomainError

from ..domain import contact_log as verbs
from ..forms.contact_log import BUTTONS, ContactFilters, ContactForm
from ..models import ContactEntry, Person
from .exports import MOST_EXPORTED, file_of
from .posted import posted

PER_PAGE = 25
LAST_SHOWN = 5


@staff_required
def contact_log(request):
    """`?persona=<id>` begins from a person's page; `?fatto=<id>` shows what was just written, with its way back."""
    now = timezone.now()
    reach = Person.objects.visible_to(request.user)
    person = reach.filter(pk=pk_in(request, "persona")).first()
    form = ContactForm(
        posted(request),
        reach=reach,
        today=timezone.localdate(now),
        initial={"place": verbs.last_place(request.user), "day": timezone.localdate(now), "person": person},
    )
    if request.method == "POST" and form.is_valid():
        try:
            entry = verbs.note_contact(**form.facts(), by=request.user, now=now)
        except DomainError as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            return redirect(f"{reverse('beneficiaries:contact_log')}?fatto={entry.pk}")
    reached = ContactEntry.objects.visible_to(request.user).filter(by=request.user)
    last = list(reached.order_by("-pk").select_related("place", "person")[:LAST_SHOWN])
    for entry in last:
        entry.may_take_back = verbs.may_take_back(entry, by=request.user, now=now)
    context = {
        "form": form,
        "buttons": BUTTONS,
        "pressed": request.POST.get("what", ""),
        "person": person,
        "namesakes": form.namesakes,
        "just": next((entry for entry in last if entry.pk == pk_in(request, "fatto")), None),
        "last": last,
    }
    return render(request, "beneficiaries/contact_log/page.html", context)


def pk_in(request, name: str) -> int | None:
    value = request.GET.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else None


@staff_required
@require_POST
def contact_take_back(request, pk):
    entry = get_object_or_404(ContactEntry.objects.filter(by=request.user), pk=pk)
    carried_out(request, verbs.take_back, entry, thanks=_("Taken back: it counts nowhere any more."), tone=messages.WARNING)
    return redirect("beneficiaries:contact_log")


@staff_required
@require_safe
def contact_list(request):
    filters = ContactFilters(request.GET, user=request.user)
    reach = ContactEntry.objects.visible_to(request.user).select_related("place", "municipality", "person", "by")
    found = filters.apply(reach)
    if "formato" in request.GET:
        return as_table(request, found, filters)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "count": page.paginator.count, "filters": filters, "chips": filters.chips()}
    return render(request, "beneficiaries/contact_log/list.html", context)


def as_table(request, found, filters):
    headers = [
        _("Day"),
        _("What"),
        _("About"),
        _("Where"),
        _("Minutes"),
        _("Person"),
        _("Lives in"),
        _("Age"),
        _("Written by"),
    ]
    rows = (
        [
            one.day,
            one.get_kind_display(),
            one.get_topic_display(),
            str(one.place),
            one.minutes,
            str(one.person or ""),
            str(one.municipality or ""),
            one.get_age_band_display(),
            str(one.by),
        ]
        for one in found[:MOST_EXPORTED]
    )
    return file_of(request, "contatti", headers, rows, filters=filters)
