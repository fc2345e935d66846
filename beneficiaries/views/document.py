"""Papers of a person: photographed or chosen page by page, looked at, sent; opened by whoever may see the person."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oltreiperimetri.accounts.enums import STAFF_ROLES, Role
from oltreiperimetri.accounts.gates import role_required, staff_required
from oltreiperimetri.documents import files
from oltreiperimetri.shared.errors import DomainError

from ..domain.unsent_page import add_pages, pages_of, remove_page, send_pages
from ..forms.document import PagesForm, SendForm, StaffSendForm
from ..models import PersonDocument, UnsentPage
from .people import person_of, person_page
from .posted import posted


@role_required(Role.BENEFICIARY, *STAFF_ROLES)
@require_safe
def document(request, pk):
    """The file itself; `files.serve` writes down who opened it."""
    reach = PersonDocument.objects.visible_to(request.user).filter(file__isnull=False)
    return files.serve(get_object_or_404(reach.select_related("file"), pk=pk).file, by=request.user)


@staff_required
def document_new(request, pk):
    person = person_of(request, pk)
    form = StaffSendForm(posted(request), initial=promised(request, person))
    if is_sent(request, form, person):
        messages.success(request, _("The document is in the file of %(name)s.") % {"name": person.full_name})
        return person_page(person, "documenti")
    return sending_page(request, person, form, staff=True)


@role_required(Role.BENEFICIARY)
def my_document_new(request):
    person = getattr(request.user, "person", None)
    if person is None:
        return redirect("portal:my_path")
    form = SendForm(posted(request), initial=promised(request, person))
    if is_sent(request, form, person):
        messages.success(request, _("We have your document. Thank you!"))
        return redirect(f"{redirect('portal:my_path').url}#documenti")
    return sending_page(request, person, form, staff=False)


@staff_required
@require_POST
def document_pages(request, pk):
    return pages_added(request, person_of(request, pk), staff=True)


@role_required(Role.BENEFICIARY)
@require_POST
def my_document_pages(request):
    person = getattr(request.user, "person", None)
    return pages_added(request, person, staff=False) if person else redirect("portal:my_path")


@role_required(Role.BENEFICIARY, *STAFF_ROLES)
@require_safe
def page(request, pk):
    """A small picture of a page that the reader has chosen and not sent yet."""
    return files.preview(page_of(request, pk).file)


@role_required(Role.BENEFICIARY, *STAFF_ROLES)
@require_POST
def page_remove(request, pk):
    found = page_of(request, pk)
    remove_page(found, by=request.user)
    messages.info(request, _("Removed."))
    return redirect(sending_url(found.person, staff=found.person.user_id != request.user.pk))


def page_of(request, pk) -> UnsentPage:
    return get_object_or_404(UnsentPage.objects.filter(added_by=request.user).select_related("file", "person"), pk=pk)


def promised(request, person) -> dict:
    """`?carta=`: a paper that was promised is sent now; `?tipo=`: a paper of this kind."""
    wanted, kind = request.GET.get("carta", ""), request.GET.get("tipo", "")
    if kind in PersonDocument.Kind:
        return {"kind": kind}
    paper = person.documents.awaited().filter(pk=wanted).first() if wanted.isdecimal() else None
    return {"kind": paper.kind, "description": paper.description} if paper else {}


def sending_url(person, *, staff: bool) -> str:
    return reverse("beneficiaries:document_new", args=[person.pk]) if staff else reverse("beneficiaries:my_document_new")


def pages_added(request, person, *, staff: bool):
    """Whatever can be read waits to be sent; of the rest it is said why not."""
    form = PagesForm(request.POST, request.FILES)
    if form.is_valid():
        for refusal in add_pages(person, form.uploads(), by=request.user, now=timezone.now()):
            form.add_error("chosen", refusal)
    if form.errors:
        return sending_page(request, person, None, staff=staff, pages_form=form)
    query = request.GET.urlencode()
    return redirect(sending_url(person, staff=staff) + (f"?{query}" if query else ""))


def sending_page(request, person, form, *, staff: bool, pages_form=None):
    """Nothing chosen yet: choose. Then: look at the pages, say what it is, send."""
    pages = pages_of(person, request.user)
    if form is None:
        form = (StaffSendForm if staff else SendForm)(initial=promised(request, person))
    add_url = (
        reverse("beneficiaries:document_pages", args=[person.pk]) if staff else reverse("beneficiaries:my_document_pages")
    )
    pages_form = pages_form or PagesForm(submit=_("Add") if pages else _("Go on"))
    pages_form.helper.form_action = f"{add_url}?{request.GET.urlencode()}"
    context = {"person": person, "staff": staff, "pages": pages, "form": form, "pages_form": pages_form}
    return render(request, "beneficiaries/documents/send.html", context)


def is_sent(request, form, person) -> bool:
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        send_pages(person, **form.cleaned_data, by=request.user, now=timezone.now())
    except DomainError as refusal:
        form.add_error(refusal.field, str(refusal))
        return False
    return True
