"""A list from elsewhere is looked at before it is written, and written row by row."""

import io
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from beneficiaries.domain.import_columns import COLUMNS, guess
from beneficiaries.domain.import_reading import LARGEST, MOST_ROWS, read_table
from beneficiaries.domain.people_import import (
    KEPT_DAYS,
    confirm,
    correct_row,
    counts,
    match_columns,
    purge_old,
    upload,
    write_chunk,
)
from beneficiaries.models import ImportRow, PeopleImport, Person
from oltreiperimetri.shared.errors import DomainError
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import PersonFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
LIST = "Cognome;Nome;Data di nascita;Comune;Cellulare\r\nDell’Orto;Niccolò;3.10.1975;Rho;347 123 4567\r\n"


@pytest.fixture
def coordinator():
    return UserFactory(coordinator=True)


def looked_at(text: str, by, content: bytes | None = None) -> PeopleImport:
    done = upload(content or text.encode(), "elenco.csv", by=by, now=NOW)
    match_columns(done, done.columns, by=by, now=NOW)
    return done


def verdicts(people_import) -> list[str]:
    return list(people_import.rows.values_list("verdict", flat=True))


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("alphabet", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_separator_and_alphabet_is_read(separator, alphabet):
    table = read_table(LIST.replace(";", separator).encode(alphabet))
    assert table.headers == ["Cognome", "Nome", "Data di nascita", "Comune", "Cellulare"]
    assert table.rows == [(2, ["Dell’Orto", "Niccolò", "3.10.1975", "Rho", "347 123 4567"])]


def test_a_workbook_is_read_as_somebody_would_have_typed_it():
    book = openpyxl.Workbook()
    book.active.append(["Cognome", "Nome", "Nato il", "Telefono"])
    book.active.append(["Rossi", "Ada", date(1970, 2, 28), 3471234567.0])
    stream = io.BytesIO()
    book.save(stream)
    assert read_table(stream.getvalue()).rows == [(2, ["Rossi", "Ada", "28/02/1970", "3471234567"])]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"Cognome;Nome\n", "empty"),
        (b"x" * (LARGEST + 1), "size"),
        (b"Cognome;Nome\n" + b"Rossi;Ada\n" * (MOST_ROWS + 1), "rows"),
        (b";".join([b"a"] * 61) + b"\nb", "columns"),
        (b"PK\x03\x04 not a workbook", "kind"),
    ],
)
def test_a_file_that_is_no_list_is_refused(content, code):
    with pytest.raises(DomainError) as refusal:
        read_table(content)
    assert refusal.value.code == code


def test_headers_of_offices_are_recognised_once():
    assert guess(["COGNOME", "nome", "C.F.", "Nato/a il", "Cell.", "Note", "Telefono"]) == [
        "last_name", "first_name", "tax_code", "birth_date", "phone", "", ""
    ]  # fmt: skip
    assert guess([column.header for column in COLUMNS]) == [column.name for column in COLUMNS]


def test_each_row_says_what_would_happen(coordinator):
    PersonFactory(first_name="Ada", last_name="Rossi", birth_date=date(1970, 2, 28), phone="+39 347 123 4567")
    PersonFactory(first_name="Ugo", last_name="Villa", birth_date=date(1971, 1, 1), phone="")
    done = looked_at(
        "Cognome;Nome;Nato il;Telefono\n"
        "ROSSI;Ada;28/02/1970;3471234567\nVilla;Ugo;1/1/1971;3471234568\nNuova;Lia;;\nBianchi;Pia;31/2/1970;12\n;Solo;;\n",
        coordinator,
    )
    assert verdicts(done) == ["same", "update", "create", "error", "error"]
    rows = list(done.rows.all())
    assert rows[1].differences == {"phone": ["", "+39 347 123 4568"]}
    assert [name for name, _sentence in rows[3].problems] == ["birth_date", "phone"]
    assert [name for name, _sentence in rows[4].problems] == ["last_name"]
    assert Person.objects.count() == 2


def test_written_once_and_the_same_file_again_changes_nothing(coordinator):
    done = looked_at(LIST, coordinator)
    assert confirm(done, None, by=coordinator, now=NOW) == 1
    assert write_chunk(done, now=NOW) == 0
    assert write_chunk(done, now=NOW) == 0
    person = Person.objects.get()
    assert (person.full_name, person.birth_date, person.municipality_id) == (
        "Niccolò Dell’Orto",
        date(1975, 10, 3),
        "015182",
    )
    assert PeopleImport.objects.get().state == "done"
    assert verdicts(looked_at(LIST, coordinator)) == ["same"]


def test_the_same_person_twice_in_a_file_is_written_once(coordinator):
    done = looked_at(LIST + LIST.splitlines()[1] + "\n", coordinator)
    confirm(done, None, by=coordinator, now=NOW)
    write_chunk(done, now=NOW)
    assert Person.objects.count() == 1
    assert verdicts(done) == ["create", "same"]


def test_a_row_is_corrected_in_place_and_only_it_is_written_again(coordinator):
    done = looked_at("Cognome;Nome;Nato il\nRossi;Ada;28/2/1970\nVilla;Ugo;31/2/1970\n", coordinator)
    confirm(done, None, by=coordinator, now=NOW)
    write_chunk(done, now=NOW)
    wrong = done.rows.get(verdict="error")
    correct_row(wrong, ["Villa", "Ugo", "28/2/1971"], by=coordinator, now=NOW)
    done.refresh_from_db()
    assert confirm(done, None, by=coordinator, now=NOW) == 1
    write_chunk(done, now=NOW)
    assert counts(done)["state_written"] == 2
    with pytest.raises(DomainError):
        correct_row(wrong, ["Altra", "Ugo", ""], by=coordinator, now=NOW)


def test_chunks_go_on_where_they_stopped(coordinator):
    done = looked_at("Cognome;Nome\n" + "".join(f"Rossi{number};Ada\n" for number in range(5)), coordinator)
    confirm(done, None, by=coordinator, now=NOW)
    assert [write_chunk(done, now=NOW, most=2) for _turn in range(3)] == [3, 1, 0]
    assert Person.objects.count() == 5


def test_a_caseworker_brings_in_people_of_their_towns_only():
    colleague = UserFactory(caseworker=True)
    colleague.municipalities.add("015182")
    PersonFactory(first_name="Lia", last_name="Lontana", birth_date=date(1970, 1, 1), municipality_id="015170")
    done = looked_at("Cognome;Nome;Comune;Nato il\nA;B;Rho;\nC;D;Pero;\nE;F;;\nLontana;Lia;Rho;1/1/1970\n", colleague)
    assert verdicts(done) == ["create", "error", "error", "error"]


def test_only_chosen_rows_are_written(coordinator):
    done = looked_at("Cognome;Nome\nRossi;Ada\nVilla;Ugo\n", coordinator)
    confirm(done, ImportRow.objects.filter(line=3), by=coordinator, now=NOW)
    write_chunk(done, now=NOW)
    assert Person.objects.get().last_name == "Villa"


def test_after_a_month_the_content_is_gone_and_the_people_stay(coordinator):
    done = looked_at(LIST, coordinator)
    confirm(done, None, by=coordinator, now=NOW)
    write_chunk(done, now=NOW)
    assert purge_old(now=NOW + timedelta(days=KEPT_DAYS, seconds=-1)) == 0
    assert purge_old(now=NOW + timedelta(days=KEPT_DAYS)) == 1
    done.refresh_from_db()
    row = done.rows.get()
    assert (done.state, done.headers, row.cells, row.problems, row.differences) == ("purged", None, None, None, None)
    assert Person.objects.count() == 1


def test_from_the_upload_to_the_files_of_people(client, coordinator):
    client.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(reverse("beneficiaries:imports"), {}).context["form"].errors.keys() == {"file"}
    file = SimpleUploadedFile("elenco.csv", (LIST + "Rossi;Ada;31/2/1970;Rho;\n").encode("cp1252"))
    columns = client.post(reverse("beneficiaries:imports"), {"file": file}).url
    form = client.get(columns).context["form"]
    page = client.post(columns, {name: field.initial for name, field in form.fields.items()}, follow=True)
    found = page.context["import"]
    assert page.context["counts"]["verdict_error"] == 1
    row = found.rows.get(verdict="error")
    url = reverse("beneficiaries:import_row", args=[row.pk])
    assert b"31/2/1970" in client.get(url).content
    typed = {f"cell_{number}": cell for number, cell in enumerate(row.cells)}
    assert client.post(url, typed).context["form"].errors.keys() == {"cell_2"}
    assert client.post(url, typed | {"cell_2": "28/2/1970"}).url == found.get_absolute_url()
    client.post(reverse("beneficiaries:import_confirm", args=[found.pk]), {"which": "all"})
    assert client.get(found.get_absolute_url()).context["is_running"]
    write_chunk(found, now=NOW)
    assert client.get(found.get_absolute_url()).context["counts"]["state_written"] == 2
    assert Person.objects.count() == 2
