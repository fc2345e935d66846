"""Papers of a person: added by themselves or by the office, opened by whoever may see the person."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oltreiperimetri.accounts.enums import STAFF_ROLES, Role
from oltreiperimetri.accounts.gates import role_required, staff_required
from oltreiperimetri.documents import files
from oltreiperimetri.shared.errors import DomainError

from ..domain.document import add_document
from ..forms.document import DocumentForm
from ..models import PersonDocument
from .people import person_of, person_page


@role_required(Role.BENEFICIARY, *STAFF_ROLES)
@require_safe
def document(request, pk):
    """The file itself; `files.serve` writes down who opened it."""
    found = get_object_or_404(PersonDocument.objects.visible_to(request.user).select_related("file"), pk=pk)
    return files.serve(found.file, by=request.user)


@staff_required
def document_new(request, pk):
    person = person_of(request, pk)
    form = form_of(request)
    if is_kept(request, form, person):
        messages.success(request, _("The document is in the file of %(name)s.") % {"name": person.full_name})
        return person_page(person, "documenti")
    context = {"form": form, "person": person, "title": _("Add a document")}
    return render(request, "beneficiaries/people/form.html", context)


@role_required(Role.BENEFICIARY)
def my_document_new(request):
    person = getattr(request.user, "person", None)
    if person is None:
        return redirect("portal:my_path")
    form = form_of(request)
    if is_kept(request, form, person):
        messages.success(request, _("We have your document. Thank you!"))
        return redirect(f"{redirect('portal:my_path').url}#documenti")
    return render(request, "beneficiaries/documents/mine.html", {"form": form})


def form_of(request) -> DocumentForm:
    return DocumentForm(request.POST, request.FILES) if request.method == "POST" else DocumentForm()


def is_kept(request, form, person) -> bool:
    """Whether a document was sent and kept; otherwise the form says why not."""
    if request.method != "POST":
        return False
    if form.is_valid():
        values = form.cleaned_data
        given = {name: values[name] for name in ("kind", "description")}
        try:
            add_document(person, values["file"], **given, by=request.user, now=timezone.now())
        except DomainError as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            return True
    if "file" not in form.errors:
        form.add_error("file", _("Choose the photo or the file again: the browser does not keep it."))
    return False
