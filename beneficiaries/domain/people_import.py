"""An uploaded list: every row is judged before anything is written, then written alone, whole or not at all."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.accounts.models import User
from oltreiperimetri.audit.trail import move, record
from oltreiperimetri.shared.crypto import blind_index
from oltreiperimetri.shared.errors import DomainError

from ..access import may_work_with
from ..models import ImportRow, PeopleImport, Person
from .import_columns import BY_NAME, NEEDED, Reading, fields_of, guess, read_cells, towns
from .import_reading import LONGEST_CELL, read_table
from .registration import save_with_index
from .search import index_person
from .twins import find_twins, service_of

State, RowState, Verdict = PeopleImport.State, ImportRow.State, ImportRow.Verdict
KEPT_DAYS = 30
CHUNK = 100
READY = Q(state__in=[RowState.WAITING, RowState.FAILED], verdict__in=[Verdict.CREATE, Verdict.UPDATE])


@transaction.atomic
def upload(content: bytes, name: str, *, by, now: datetime) -> PeopleImport:
    """Read the file, keep its cells encrypted, guess the columns. Raises DomainError (see `read_table`)."""
    table = read_table(content)
    done = PeopleImport.objects.create(
        name=name[:200], headers=table.headers, columns=guess(table.headers), uploaded_at=now, uploaded_by=by
    )
    ImportRow.objects.bulk_create(
        [ImportRow(people_import=done, line=line, cells=cells) for line, cells in table.rows], batch_size=500
    )
    record("import_upload", done, by=by, changes={"rows": len(table.rows)}, at=now)
    return done


@transaction.atomic
def match_columns(people_import: PeopleImport, columns: list[str], *, by, now: datetime) -> None:
    """Say what each column is, and judge every row. Raises DomainError when surname or name have no column."""
    used = [name for name in columns if name]
    missing = [str(BY_NAME[name].label) for name in NEEDED if name not in used]
    if missing:
        raise DomainError(_("Say which column is: %(what)s.") % {"what": ", ".join(missing)}, code="missing")
    if len(used) != len(set(used)):
        raise DomainError(_("Two columns cannot be the same thing."), code="twice")
    people_import.refresh_from_db(from_queryset=PeopleImport.objects.select_for_update(of=("self",)))
    if people_import.state == State.PREVIEW:
        move(people_import, State.COLUMNS, by=by, now=now)
    people_import.columns = columns
    people_import.save(update_fields=["columns", "updated_at"])
    judge_rows(people_import, people_import.rows.all(), today=timezone.localtime(now).date())
    move(people_import, State.PREVIEW, by=by, now=now)


def judge_rows(people_import: PeopleImport, rows: QuerySet, *, today: date) -> None:
    known_towns = towns()
    judged = []
    for row in rows:
        judge(row, people_import, known_towns=known_towns, today=today)
        judged.append(row)
    ImportRow.objects.bulk_update(judged, ["verdict", "problems", "differences", "person"], batch_size=200)


def judge(row: ImportRow, people_import: PeopleImport, *, known_towns: dict, today: date) -> Reading:
    """Say on the row what would happen to it now; nothing is saved."""
    reading = read_cells(row.cells, people_import.columns, known_towns=known_towns, today=today)
    problems = [*reading.problems, *town_problems(reading, people_import.uploaded_by)]
    person, row.differences = None, {}
    if not problems:
        person = same_person(reading.values)
        problems += reach_problems(person, people_import.uploaded_by)
    if person and not problems:
        row.differences = differences(person, reading.values)
    row.problems = [list(problem) for problem in problems]
    row.person = None if problems else person
    if problems:
        row.verdict = Verdict.ERROR
    elif person is None:
        row.verdict = Verdict.CREATE
    else:
        row.verdict = Verdict.UPDATE if row.differences else Verdict.SAME
    return reading


def town_problems(reading: Reading, by: User | None) -> list[tuple[str, str]]:
    """Caseworkers write down people of their towns only."""
    if by is None or by.sees_all_towns or dict(reading.problems).get("home"):
        return []
    town = reading.values.get("municipality")
    if town is not None and town.pk in by.municipality_codes:
        return []
    return [("home", _("You may bring in people of your towns only: write which one."))]


def reach_problems(person: Person | None, by: User | None) -> list[tuple[str, str]]:
    if person is None or (by is not None and may_work_with(by, person)):
        return []
    sentence = _("Already known: followed by %(service)s. Ask them before you go on.") % {"service": service_of(person)}
    return [("last_name", sentence)]


def same_person(values: dict) -> Person | None:
    """Whose file it is for sure: the same tax code, or the same names and birth date, spelled however."""
    people = Person.objects.select_related("municipality")
    if values.get("tax_code"):
        found = people.filter(tax_code_index=blind_index(values["tax_code"], purpose="tax_code")).first()
        if found:
            return found
    if not values.get("birth_date"):
        return None
    told = Person(first_name=values["first_name"], last_name=values["last_name"])
    born = people.filter(birth_date=values["birth_date"]).order_by("pk")
    fits = [one for one in born if spelled(one) == spelled(told) and not other_code(one, values)]
    return fits[0] if len(fits) == 1 else None


def spelled(person: Person) -> str:
    return "".join(sorted(f"{person.first_name} {person.last_name}".casefold().split()))


def other_code(person: Person, values: dict) -> bool:
    return bool(person.tax_code and values.get("tax_code") and person.tax_code != values["tax_code"])


def differences(person: Person, values: dict) -> dict[str, list[str]]:
    """Field -> [what the file says now, what it would say]; a name spelled with other capitals is the same."""
    told = ((name, getattr(person, name), values[name]) for name in fields_of(values))
    return {name: [in_words(old), in_words(new)] for name, old, new in told if not same_value(name, old, new)}


def same_value(name: str, old, new) -> bool:
    if name in NEEDED:
        return old.casefold() == new.casefold()
    return old == new or (old in (None, "") and new in (None, ""))


def in_words(value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return value.strftime("%d/%m/%Y") if isinstance(value, date) else str(value)


def counts(people_import: PeopleImport) -> dict[str, int]:
    """Rows by verdict and by state, and those `ready` to be chosen; one query."""
    wanted = {f"verdict_{value}": Count("pk", filter=Q(verdict=value)) for value in Verdict.values}
    wanted |= {f"state_{value}": Count("pk", filter=Q(state=value)) for value in RowState.values}
    wanted["ready"] = Count("pk", filter=READY)
    return people_import.rows.aggregate(all=Count("pk"), **wanted)


@transaction.atomic
def confirm(people_import: PeopleImport, rows: QuerySet | None, *, by, now: datetime) -> int:
    """Choose `rows` (None: all that are not errors and not written yet) to be written; returns how many."""
    ready = people_import.rows.filter(READY)
    if rows is not None:
        ready = ready.filter(pk__in=rows.values("pk"))
    number = ready.update(state=RowState.CHOSEN)
    if not number:
        raise DomainError(_("Choose at least one row that can be written down."), code="nothing")
    move(people_import, State.RUNNING, by=by, now=now)
    return number


def write_chunk(people_import: PeopleImport, *, now: datetime, most: int = CHUNK) -> int:
    """Write up to `most` chosen rows, each in a transaction of its own; returns how many are left.

    Run twice, or by two workers, every row is written once: it is taken by its own state.
    """
    known_towns = towns()
    for pk in list(people_import.rows.filter(state=RowState.CHOSEN).values_list("pk", flat=True)[:most]):
        write_row(pk, known_towns=known_towns, now=now)
    left = people_import.rows.filter(state=RowState.CHOSEN).count()
    if not left:
        finish(people_import, now=now)
    return left


@transaction.atomic
def finish(people_import: PeopleImport, *, now: datetime) -> None:
    people_import.refresh_from_db(from_queryset=PeopleImport.objects.select_for_update(of=("self",)))
    if people_import.state == State.RUNNING:
        move(people_import, State.DONE, by=None, now=now)


@transaction.atomic
def write_row(pk: int, *, known_towns: dict, now: datetime) -> None:
    rows = ImportRow.objects.select_for_update(of=("self",)).select_related("people_import__uploaded_by")
    row = rows.filter(pk=pk, state=RowState.CHOSEN).first()
    if row is None:
        return
    by = row.people_import.uploaded_by
    reading = judge(row, row.people_import, known_towns=known_towns, today=timezone.localtime(now).date())
    if row.verdict == Verdict.ERROR:
        row.state = RowState.FAILED
    else:
        write_person(row, reading, by=by, now=now)
    row.save()


def write_person(row: ImportRow, reading: Reading, *, by, now: datetime) -> None:
    """Create or change the person of a row; what another file holds already makes the row fail, and only it."""
    changed = list(row.differences) if row.person else list(fields_of(reading.values))
    try:
        with transaction.atomic():
            person = Person.objects.select_for_update(of=("self",)).get(pk=row.person_id) if row.person else Person()
            for name in changed:
                setattr(person, name, reading.values[name])
            if changed:
                save_with_index(person)
                index_person(person)
                find_twins(person)
                action = "import_update" if row.person_id else "import_create"
                record(action, person, by=by, changes={"fields": changed, "import": row.people_import_id}, at=now)
    except (IntegrityError, Person.DoesNotExist):
        row.state, row.problems = (
            RowState.FAILED,
            [["last_name", _("Meanwhile this file has changed: look at the row again.")]],
        )
        row.verdict = Verdict.ERROR
    else:
        row.person, row.state = person, RowState.WRITTEN


@transaction.atomic
def correct_row(row: ImportRow, cells: list[str], *, by, now: datetime) -> None:
    """Write the cells of a row anew and judge it again. Raises DomainError once the row is written."""
    row = ImportRow.objects.select_for_update(of=("self",)).select_related("people_import__uploaded_by").get(pk=row.pk)
    if row.state in (RowState.WRITTEN, RowState.CHOSEN) or row.cells is None:
        raise DomainError(_("This row is already written down: correct the person's file."), code="written")
    row.cells = [cell.strip()[:LONGEST_CELL] for cell in cells]
    judge(row, row.people_import, known_towns=towns(), today=timezone.localtime(now).date())
    row.state = RowState.WAITING
    row.save()
    record("import_correct", row.people_import, by=by, changes={"line": row.line}, at=now)


def purge_old(*, now: datetime, days: int = KEPT_DAYS) -> int:
    """Delete the personal content of imports older than `days`; how many rows there were stays. Returns how many imports."""
    old = PeopleImport.objects.filter(uploaded_at__lte=now - timedelta(days=days))
    old = old.exclude(state__in=[State.PURGED, State.RUNNING])
    for people_import in old:
        purge(people_import, now=now)
    return len(old)


@transaction.atomic
def purge(people_import: PeopleImport, *, now: datetime) -> None:
    people_import.rows.update(cells=None, problems=None, differences=None)
    move(people_import, State.PURGED, by=None, now=now, headers=None)
