"""Screens a list against the ORAFO rules in force on a day; stores nothing and needs no database."""

import codecs
import csv
import hashlib
import re
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from beneficiaries.domain.eligibility import Facts, Verdict, judge
from beneficiaries.domain.rules import ORAFO, orafo_rules
from oltreiperimetri.shared import municipalities
from oltreiperimetri.shared.dates import EARLIEST_DAY
from oltreiperimetri.shared.rulesets import RuleSet, in_force

COLUMNS = ["id", "birth_date", "last_job_ended_on", "working_now", "municipality"]
OUTPUT = ["id", "outcome", "not_met", "unknown", "changes_on"]
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
ANSWERS = {"": None, "yes": True, "no": False}
PROGRESS_EVERY = 10_000
UNREADABLE = 2


class BadRow(ValueError):
    """What is wrong with a row, in words for standard error."""


class Command(BaseCommand):
    help = (
        "Screen a CSV list against the ORAFO rules of a day. Exit 0; 1 when a row was bad; 2 when the file cannot be read."
    )
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("input", type=Path, help=f"CSV with {','.join(COLUMNS)}")
        parser.add_argument("--on", required=True, type=iso_day, help="the day, YYYY-MM-DD")
        parser.add_argument("--output", type=Path, help="where to write; standard output without it")

    def handle(self, *args, input, on, output, **options):  # noqa: A002 - the argument's name
        check_readable(input)
        try:
            with input.open(encoding="utf-8-sig", newline="") as lines, destination(output, self.stdout) as target:
                bad = self.screen(lines, target, on)
        except (OSError, csv.Error) as error:
            raise CommandError(f"{input}: {error}", returncode=UNREADABLE) from error
        if bad:
            self.stderr.write(f"{bad} bad rows.")
            sys.exit(1)

    def screen(self, lines, target, on: date) -> int:
        """Write a row for every row read; returns how many were bad."""
        reader = csv.DictReader(lines)
        missing = [column for column in COLUMNS if column not in (reader.fieldnames or [])]
        if missing:
            raise CommandError(f"the first line lacks {', '.join(missing)}", returncode=UNREADABLE)
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(OUTPUT)
        rules, seen, bad = self.rules_of(on), set(), 0
        for number, row in enumerate(reader, start=1):
            identifier = (row["id"] or "").strip()
            try:
                check_identifier(identifier, seen)
                judgement = judge(facts_of(row, on), rules, on)
            except BadRow as problem:
                bad += 1
                self.stderr.write(f"line {reader.line_num}: {problem}")
                writer.writerow([identifier, "error", "", "", ""])
                continue
            writer.writerow(
                [
                    identifier,
                    judgement.outcome,
                    "|".join(judgement.criteria(Verdict.NOT_MET)),
                    "|".join(judgement.criteria(Verdict.UNKNOWN)),
                    judgement.changes_on or "",
                ]
            )
            if number % PROGRESS_EVERY == 0:
                self.stderr.write(f"{number} rows ...")
        return bad

    def rules_of(self, on: date) -> RuleSet:
        """The rules in force; where there is no migrated database, those published with the code."""
        try:
            return orafo_rules(on)
        except DatabaseError:
            return in_force(ORAFO, on)


def iso_day(text: str) -> date:
    """A day written YYYY-MM-DD. Raises ValueError."""
    if not ISO_DAY.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def check_readable(path: Path) -> None:
    """The whole file is there and is UTF-8, before a line is written."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while chunk := file.read(1 << 20):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}", returncode=UNREADABLE) from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{path}: not UTF-8 ({error.reason})", returncode=UNREADABLE) from error


@contextmanager
def destination(path: Path | None, stdout) -> Iterator:
    if path is None:
        yield PlainOutput(stdout)
    else:
        with path.open("w", encoding="utf-8", newline="") as file:
            yield file


class PlainOutput:
    """Django's standard output adds a line end of its own; the CSV writer brings its own."""

    def __init__(self, stdout):
        self.stdout = stdout

    def write(self, text: str) -> None:
        self.stdout.write(text, ending="")


def check_identifier(identifier: str, seen: set[bytes]) -> None:
    if not identifier:
        raise BadRow("the id is missing")
    digest = hashlib.blake2b(identifier.encode(), digest_size=16).digest()
    if digest in seen:
        raise BadRow(f"the id {identifier!r} is repeated")
    seen.add(digest)


def facts_of(row: dict, on: date) -> Facts:
    if None in row:
        raise BadRow("there are more values than columns")
    values = {column: (row[column] or "").strip() for column in COLUMNS}
    if values["working_now"] not in ANSWERS:
        raise BadRow(f"working_now is {values['working_now']!r}: write yes, no or nothing")
    return Facts(
        birth_date=past_day(values, "birth_date", on),
        last_job_ended_on=past_day(values, "last_job_ended_on", on),
        working_now=ANSWERS[values["working_now"]],
        lives_in_programme=lives_in_programme(values["municipality"]),
        municipality=NAMES_AND_CODES.get(plain_name(values["municipality"])),
    )


def past_day(values: dict[str, str], column: str, on: date) -> date | None:
    text = values[column]
    if not text:
        return None
    try:
        day = iso_day(text)
    except ValueError:
        raise BadRow(f"{column} is {text!r}: not a day written YYYY-MM-DD") from None
    if day < EARLIEST_DAY:
        raise BadRow(f"{column} is {text}: before 1900")
    if day > on:
        raise BadRow(f"{column} is {text}: later than {on}")
    return day


def lives_in_programme(text: str) -> bool | None:
    return plain_name(text) in NAMES_AND_CODES if text else None


def plain_name(text: str) -> str:
    """Without case, accents, apostrophes and spaces."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(
        letter for letter in letters if not (unicodedata.combining(letter) or letter.isspace() or letter in "'’‘`´")
    )


def names_and_codes() -> dict[str, str]:
    """Name, ISTAT code, and the code without its leading zero, of the towns in the programme: to the ISTAT code."""
    towns = [row for row in municipalities.rows() if row["in_programme"] == "yes"]
    return {
        word: town["istat_code"]
        for town in towns
        for word in (plain_name(town["name"]), town["istat_code"], town["istat_code"].removeprefix("0"))
    }


NAMES_AND_CODES = names_and_codes()
