"""Papers without a copy, promised for a day, looked at by the office, set aside."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.accounts.gates import role_required, staff_required
from oltreiperimetri.audit.trail import record_read
from oltreiperimetri.shared.acting import carried_out
from oltreiperimetri.shared.errors import DomainError

from ..access import may_check_document
from ..domain import evidence
from ..forms.evidence import CheckForm, LaterForm, PaperForm, SetAsideForm
from ..models import PersonDocument
from .people import person_of, person_page
from .posted import posted

FORM_PAGE = "beneficiaries/documents/form.html"


def paper_of(request, pk) -> PersonDocument:
    """A paper that the user may check: one's own does not exist here."""
    reach = PersonDocument.objects.visible_to(request.user).with_names().select_related("person__municipality")
    found = get_object_or_404(reach, pk=pk)
    if not may_check_document(request.user, found):
        raise Http404
    return found


@staff_required
def paper_new(request, pk):
    """A paper shown, asked for, or told of, without keeping a copy."""
    person = person_of(request, pk)
    form = PaperForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            evidence.declare(person, **form.cleaned_data, by=request.user, now=timezone.now())
        except DomainError as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Written down in the file of %(name)s.") % {"name": person.full_name})
            return person_page(person, "documenti")
    context = {"form": form, "person": person, "title": _("A paper without a copy")}
    return render(request, FORM_PAGE, context)


@role_required(Role.BENEFICIARY)
def my_paper_later(request):
    """“I bring it later”, with the day: nothing waits for it in the meantime."""
    person = getattr(request.user, "person", None)
    if person is None:
        return redirect("portal:my_path")
    now = timezone.now()
    form = LaterForm(posted(request), today=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        try:
            evidence.declare(person, **form.cleaned_data, by=request.user, now=now)
        except DomainError as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Written down. You find it on this page, with the day."))
            return redirect(f"{redirect('portal:my_path').url}#documenti")
    return render(request, "beneficiaries/documents/later.html", {"form": form})


@staff_required
def paper_check(request, pk):
    paper = paper_of(request, pk)
    initial = {"issued_on": paper.issued_on, "expires_on": paper.expires_on, "how": paper.how or None}
    form = CheckForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            evidence.check_paper(paper, **form.cleaned_data, by=request.user, now=timezone.now())
        except DomainError as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Saved: %(state)s.") % {"state": paper.get_state_display()})
            return person_page(paper.person, "documenti")
    record_read(paper, by=request.user)
    context = {"form": form, "paper": paper, "person": paper.person, "title": _("Check the paper")}
    return render(request, FORM_PAGE, context)


@staff_required
def paper_set_aside(request, pk):
    paper = paper_of(request, pk)
    form = SetAsideForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            evidence.set_aside(paper, **form.cleaned_data, by=request.user, now=timezone.now())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Set aside. It stays in the file, with the reason."))
            return person_page(paper.person, "documenti")
    context = {"form": form, "paper": paper, "person": paper.person, "title": _("Set the paper aside")}
    return render(request, FORM_PAGE, context)


@staff_required
@require_POST
def paper_take_up(request, pk):
    paper = paper_of(request, pk)
    carried_out(
        request,
        evidence.take_up_again,
        paper,
        thanks=_("It counts again as declared: look at it when you can."),
        tone=messages.WARNING,
    )
    return person_page(paper.person, "documenti")
