"""A list from elsewhere: uploaded, its columns matched, its rows looked at, corrected and written down."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.audit.trail import record_read
from oltreiperimetri.documents.exports import csv_chunks, csv_response
from oltreiperimetri.shared.errors import DomainError

from ..domain import people_import as domain
from ..domain.import_columns import BY_NAME, COLUMNS
from ..domain.import_reading import LARGEST
from ..forms.people_import import ChosenRowsForm, ColumnsForm, RowForm, UploadForm
from ..models import ImportRow, PeopleImport
from ..tasks import write_import
from .posted import posted

PER_PAGE = 50
FOLDER = "beneficiaries/people_import/"
State = PeopleImport.State


@staff_required
def imports(request):
    """The lists brought in so far, and the form for another."""
    form = UploadForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["file"]
        try:
            content = chosen.read(LARGEST + 1)
            done = domain.upload(content, chosen.name, by=request.user, now=timezone.now())
        except DomainError as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            return redirect("beneficiaries:import_columns", done.pk)
    found = PeopleImport.objects.visible_to(request.user).select_related("uploaded_by").order_by("-uploaded_at", "-pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, FOLDER + "list.html", {"form": form, "page_obj": page, "kept_days": domain.KEPT_DAYS})


@staff_required
@require_safe
def template_file(request):
    """The headers we know, and nothing else: no personal data leave."""
    content = "".join(csv_chunks([column.header for column in COLUMNS], []))
    name = 'attachment; filename="modello-elenco-persone.csv"'
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": name})


def import_of(request, pk) -> PeopleImport:
    return get_object_or_404(PeopleImport.objects.visible_to(request.user).select_related("uploaded_by"), pk=pk)


@staff_required
def import_columns(request, pk):
    found = import_of(request, pk)
    if found.state not in (State.COLUMNS, State.PREVIEW):
        return redirect(found)
    form = ColumnsForm(posted(request), headers=found.headers, columns=found.columns)
    if request.method == "POST" and form.is_valid():
        try:
            domain.match_columns(found, form.columns(), by=request.user, now=timezone.now())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(found)
    record_read(found, by=request.user)
    return render(request, FOLDER + "columns.html", {"form": form, "import": found})


@staff_required
@require_safe
def one_import(request, pk):
    """While it runs the page comes round by itself; otherwise rows with what happens or has happened to each."""
    found = import_of(request, pk)
    if found.state == State.COLUMNS:
        return redirect("beneficiaries:import_columns", found.pk)
    counts = domain.counts(found)
    verdict = request.GET.get("esito", "")
    rows = found.rows.select_related("person").order_by("line")
    if verdict in ImportRow.Verdict.values:
        rows = rows.filter(verdict=verdict)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    if found.state != State.PURGED:
        for row in page.object_list:
            describe(row, found)
    record_read(found, by=request.user)
    may_correct = found.state in (State.PREVIEW, State.DONE)
    context = {
        "import": found,
        "page_obj": page,
        "counts": counts,
        "verdicts": [(value, label, counts[f"verdict_{value}"]) for value, label in ImportRow.Verdict.choices],
        "verdict": verdict,
        "is_running": found.state == State.RUNNING,
        "may_write": may_correct and counts["ready"] > 0,
        "may_correct": may_correct,
        "chosen_before": counts["state_written"] + counts["state_failed"],
        "to_write": counts["state_written"] + counts["state_failed"] + counts["state_chosen"],
    }
    return render(request, FOLDER + "detail.html", context)


def describe(row: ImportRow, people_import: PeopleImport) -> None:
    """Put on the row what its template says: name, sentences beside their columns, old and new values."""
    said = dict(zip(people_import.columns, row.cells or [], strict=False))
    row.named = f"{said.get('last_name', '')} {said.get('first_name', '')}".strip() or _("without a name")
    row.sentences = [(BY_NAME[name].label, sentence) for name, sentence in row.problems or []]
    labels = {"municipality": BY_NAME["home"].label, "other_town": BY_NAME["home"].label}
    row.changes = [
        (labels.get(name) or BY_NAME[name].label, old, new) for name, (old, new) in (row.differences or {}).items()
    ]
    row.may_be_chosen = row.verdict in ("create", "update") and row.state in ("waiting", "failed")
    row.may_be_corrected = row.state in ("waiting", "failed")


@staff_required
@require_POST
def import_confirm(request, pk):
    found = import_of(request, pk)
    form = ChosenRowsForm(request.POST, rows=found.rows.all())
    if not form.is_valid():
        messages.error(request, _("Choose the rows again."))
        return redirect(found)
    try:
        with transaction.atomic():
            domain.confirm(found, form.chosen(), by=request.user, now=timezone.now())
            transaction.on_commit(partial(write_import.apply_async, (found.pk,), retry=False), robust=True)
    except DomainError as refusal:
        messages.warning(request, str(refusal))
    return redirect(found)


@staff_required
def import_row(request, pk):
    """The cells of one row, to correct in place."""
    reach = ImportRow.objects.visible_to(request.user).select_related("people_import")
    row = get_object_or_404(reach.exclude(people_import__state=State.PURGED), pk=pk)
    found = row.people_import
    form = RowForm(posted(request), headers=found.headers, columns=found.columns, row=row)
    if request.method == "POST" and form.is_valid():
        try:
            domain.correct_row(row, form.cells(), by=request.user, now=timezone.now())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            row.refresh_from_db()
            if not row.problems:
                messages.success(request, _("Row %(line)s is right now.") % {"line": row.line})
                return redirect(found)
            form.show(row.problems)
    record_read(found, by=request.user, changes={"line": row.line})
    problems = [] if request.method == "POST" else [(BY_NAME[name].label, said) for name, said in row.problems or []]
    return render(request, FOLDER + "row.html", {"form": form, "import": found, "row": row, "problems": problems})


@staff_required
@require_safe
def import_errors(request, pk):
    """The rows to be corrected as a file: the cells as they came, and what is wrong."""
    found = get_object_or_404(PeopleImport.objects.visible_to(request.user).exclude(state=State.PURGED), pk=pk)
    wrong = found.rows.filter(verdict=ImportRow.Verdict.ERROR).order_by("line")
    headers = [_("Line"), *found.headers, _("What is wrong")]
    rows = ([row.line, *row.cells, " ".join(sentence for _name, sentence in row.problems or [])] for row in wrong)
    return csv_response("elenco-da-correggere", headers, rows, by=request.user, filters={"import": found.pk})
