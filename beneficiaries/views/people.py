"""The list of people, and what the team writes to and about one of them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.audit.trail import record_read
from oltreiperimetri.shared.acting import carried_out
from oltreiperimetri.shared.desk import Tab
from oltreiperimetri.shared.pages import keyset_page

from ..domain.colleagues import away_today
from ..domain.contacts import CONTACTS, change_contacts
from ..domain.notes import correct_note, write_note
from ..domain.notices import mark_called, tell
from ..forms.contacts import ContactsForm
from ..forms.filters import PeopleFilters
from ..forms.note import MessageForm, NoteForm
from ..models import Application, Note, Notice, Person, SavedView
from .exports import file_of, in_chunks
from .saved_view import default_address, views_for

PER_PAGE = 25
STATES = dict(Application.State.choices)


def found_people(request):
    filters = PeopleFilters(request.GET, user=request.user)
    reach = Person.objects.visible_to(request.user).select_related("municipality").defer("tax_code")
    return filters.apply(reach), filters


@staff_required
@require_safe
def people(request):
    views = views_for(request, SavedView.List.PEOPLE)
    if (address := default_address(request, views)) is not None:
        return redirect(address)
    found, filters = found_people(request)
    if "formato" in request.GET:
        return as_table(request, found, filters)
    page = keyset_page(found, filters.keys(), request.GET, per_page=PER_PAGE)
    for person in page.object_list:
        person.last_state_label = STATES.get(person.last_state, "")
        person.last_tone = Application.TONES.get(person.last_state, "info")
    context = {
        "page_obj": page,
        "count": page.paginator.count,
        "filters": filters,
        "chips": filters.chips(),
        "views": views,
        "list_name": SavedView.List.PEOPLE,
        "covered": list(away_today(request.user)),
    }
    return render(request, "beneficiaries/people/list.html", context)


def as_table(request, found, filters):
    headers = [_("Surname"), _("Name"), _("Town"), _("Phone"), _("E-mail"), _("Number"), _("State")]
    rows = (
        [
            one.last_name,
            one.first_name,
            str(one.municipality or one.other_town),
            one.phone,
            one.email,
            one.last_number or "",
            str(STATES.get(one.last_state, "")),
        ]
        for chunk in in_chunks(found)
        for one in chunk
    )
    return file_of(request, "persone", headers, rows, filters=filters)


def person_of(request, pk) -> Person:
    return get_object_or_404(Person.objects.visible_to(request.user).select_related("municipality"), pk=pk)


def person_page(person, tab: str):
    return redirect(person.tab_url(Tab(tab)))


@staff_required
def contacts(request, pk):
    person = person_of(request, pk)
    form = ContactsForm(request.POST or None, initial={name: getattr(person, name) for name in CONTACTS})
    if request.method == "POST" and form.is_valid():
        change_contacts(person, **form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, _("Contacts saved."))
        return redirect(person)
    record_read(person, by=request.user, changes={"part": "contacts"})
    context = {"form": form, "person": person, "title": _("Contacts")}
    return render(request, "beneficiaries/people/form.html", context)


@staff_required
def note_new(request, pk):
    person = person_of(request, pk)
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        write_note(person, **form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, _("Note saved."))
        return person_page(person, "note")
    context = {"form": form, "person": person, "title": _("New note")}
    return render(request, "beneficiaries/notes/form.html", context)


@staff_required
def note_edit(request, pk):
    """Only the author's own notes are found; the others do not exist here."""
    reach = Person.objects.visible_to(request.user)
    note = get_object_or_404(Note.objects.filter(author=request.user, person__in=reach).select_related("person"), pk=pk)
    initial = {"title": note.title, "text": note.text, "is_private": note.is_private}
    form = NoteForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        correct_note(note, **form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, _("Note saved."))
        return person_page(note.person, "note")
    context = {"form": form, "person": note.person, "title": _("Correct the note")}
    return render(request, "beneficiaries/notes/form.html", context)


@staff_required
def write(request, pk):
    person = person_of(request, pk)
    form = MessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        notice = tell(person, form.cleaned_data["subject"], form.cleaned_data["body"], by=request.user, now=timezone.now())
        if notice.waits_for_call:
            messages.warning(request, _("There is no e-mail address: the message is among the calls to make."))
        else:
            messages.success(request, _("The message is leaving by e-mail."))
        return person_page(person, "messaggi")
    context = {"form": form, "person": person, "title": _("Write to %(name)s") % {"name": person.full_name}}
    return render(request, "beneficiaries/people/form.html", context)


@staff_required
@require_safe
def calls(request):
    """Messages without an e-mail address: somebody has to say them."""
    reach = Person.objects.visible_to(request.user)
    waiting = Notice.objects.to_call().filter(person__in=reach).select_related("person", "sent_by").order_by("sent_at", "pk")
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "beneficiaries/people/calls.html", {"page_obj": page, "count": page.paginator.count})


@staff_required
@require_POST
def called(request, pk):
    reach = Person.objects.visible_to(request.user)
    notice = get_object_or_404(Notice.objects.filter(person__in=reach).select_related("person"), pk=pk)
    carried_out(
        request,
        mark_called,
        notice,
        thanks=_("Written down: %(name)s has been told.") % {"name": notice.person.full_name},
        tone=messages.WARNING,
    )
    return redirect("beneficiaries:calls")
