import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
HEADER = "id,birth_date,last_job_ended_on,working_now,municipality\n"
ON = "2026-11-24"


@pytest.fixture
def screen(tmp_path):
    """Run the command on rows as anybody would, with an empty VAR_DIR and no database."""

    def run(rows: str | bytes, *arguments, on=ON, header=HEADER):
        source = tmp_path / "in.csv"
        source.write_bytes(header.encode() + (rows if isinstance(rows, bytes) else rows.encode()))
        return subprocess.run(
            [sys.executable, "manage.py", "screen", str(source), "--on", on, *arguments],
            cwd=ROOT,
            env={"PATH": "/usr/bin:/bin", "VAR_DIR": str(tmp_path)},
            capture_output=True,
            check=False,
        )

    return run


def lines(done) -> list[str]:
    return done.stdout.decode().split("\n")


def test_every_outcome_with_its_reasons_in_order(screen):
    done = screen(
        "1,1975-03-10,2025-06-30,no,Rho\n"
        "2,1990-01-01,2020-01-31,yes,Milano\n"
        "3,,,,\n"
        "4,1986-11-25,2025-06-30,no,015182\n"
        "5,1990-01-01,,yes,\n"
    )
    assert lines(done) == [
        "id,outcome,not_met,unknown,changes_on",
        "1,eligible,,,2027-07-01",
        "2,not_eligible,age|unemployed|unemployment_duration|residence,,",
        "3,to_assess,,age|unemployed|unemployment_duration|residence,",
        "4,not_eligible,age,,2026-11-25",
        "5,not_eligible,age|unemployed,unemployment_duration|residence,",
        "",
    ]
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("town", "outcome"),
    [
        ("015182", "eligible"),
        ("15182", "eligible"),
        ("RHO", "eligible"),
        ("  settimo   milanese ", "eligible"),
        ("Pògliano Milanesè", "eligible"),
        ("L'ainate", "eligible"),
        ("Nerviano", "not_eligible"),
        ("015154", "not_eligible"),
        ("Milano", "not_eligible"),
    ],
)
def test_towns_are_recognised_however_they_are_written(screen, town, outcome):
    assert lines(screen(f"1,1975-03-10,2025-06-30,no,{town}\n"))[1].split(",")[1] == outcome


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ("1,1975-02-30,2025-06-30,no,Rho", "birth_date"),
        ("1,1899-12-31,2025-06-30,no,Rho", "before 1900"),
        ("1,10/03/1975,2025-06-30,no,Rho", "birth_date"),
        ("1,19750310,2025-06-30,no,Rho", "birth_date"),
        ("1,1975-03-10,2026-11-25,no,Rho", "later than"),
        ("1,2026-11-25,2025-06-30,no,Rho", "later than"),
        ("1,1975-03-10,2025-06-30,maybe,Rho", "working_now"),
        ("1,1975-03-10,2025-06-30,no,Rho,extra", "more values"),
    ],
)
def test_a_bad_row_keeps_its_id_and_is_explained_with_its_line(screen, row, word):
    done = screen(row + "\n")
    assert lines(done)[1] == "1,error,,,"
    assert "line 2:" in done.stderr.decode()
    assert word in done.stderr.decode()
    assert done.returncode == 1


def test_a_repeated_or_missing_id_is_bad_and_the_others_are_judged(screen):
    good = "1975-03-10,2025-06-30,no,Rho"
    done = screen(f"7,{good}\n7,{good}\n,{good}\n8,{good}\n")
    assert [line.split(",")[:2] for line in lines(done)[1:5]] == [
        ["7", "eligible"],
        ["7", "error"],
        ["", "error"],
        ["8", "eligible"],
    ]
    assert done.returncode == 1


def test_days_on_the_boundary_are_inclusive(screen):
    done = screen("1,1986-11-24,2024-11-24,no,Rho\n")
    assert lines(done)[1] == "1,eligible,,,2026-11-25"


def test_a_byte_order_mark_is_accepted_and_output_has_none(screen):
    done = screen("1,1975-03-10,2025-06-30,no,Rho\n", header="\ufeff" + HEADER)
    assert lines(done)[1] == "1,eligible,,,2027-07-01"
    assert b"\r" not in done.stdout


def test_output_goes_to_the_file_that_was_named(screen, tmp_path):
    target = tmp_path / "out.csv"
    done = screen("1,1975-03-10,2025-06-30,no,Rho\n", "--output", str(target))
    assert done.stdout == b""
    assert target.read_bytes() == b"id,outcome,not_met,unknown,changes_on\n1,eligible,,,2027-07-01\n"


def test_a_file_that_cannot_be_read_exits_2(screen, tmp_path):
    assert screen(b"1,\xff\xfe\n").returncode == 2
    assert screen("", header="id,birth_date\n").returncode == 2
    missing = subprocess.run(
        [sys.executable, "manage.py", "screen", str(tmp_path / "nothing.csv"), "--on", ON],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "VAR_DIR": str(tmp_path)},
        capture_output=True,
        check=False,
    )
    assert missing.returncode == 2


def test_an_impossible_day_of_judgement_exits_2(screen):
    assert screen("1,,,,\n", on="2026-02-30").returncode == 2


def test_before_the_first_rule_set_the_first_one_judges(screen):
    assert lines(screen("1,1960-03-10,2010-06-30,no,Rho\n", on="2011-01-01"))[1] == "1,eligible,,,2012-07-01"
