"""What somebody told at registration, as one value: read by every verb that writes a part of it down."""

from dataclasses import dataclass, fields
from datetime import date

from oltreiperimetri.shared.models import Municipality

PARTNER_WORKS = {"working": True, "not_working": False}


@dataclass(frozen=True)
class ShortJob:
    """A stretch of work after the last job; both days included. `kind` as EmploymentSpell.Kind."""

    started_on: date
    ended_on: date
    kind: str = "employee"


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What was told at registration; None, "" and () are "not said". `tax_code` is clean (upper case, no blanks).

    `children` are years of birth; `partner` is "none", "working", "not_working" or "".
    """

    first_name: str
    last_name: str
    birth_date: date | None = None
    sex: str = ""
    tax_code: str = ""
    municipality: Municipality | None = None
    other_town: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""
    contact_by: str = ""
    preferred_language: str = ""
    working_now: bool | None = None
    last_job_ended_on: date | None = None
    loss_reason: str = ""
    worked_after: bool | None = None
    short_jobs: tuple[ShortJob, ...] = ()
    did_on: date | None = None
    known_to_services: bool | None = None
    lives_with: bool | None = None
    partner: str = ""
    children: tuple[int, ...] = ()
    dependants: int | None = None
    skills: str = ""
    wishes: str = ""
    hours: str = ""
    schedule_limits: str = ""
    italian: str = ""
    has_licence: bool | None = None
    has_car: bool | None = None
    notice_version: str = ""

    @property
    def tells_household(self) -> bool:
        return self.lives_with is not None or bool(self.partner or self.children) or self.dependants is not None


def as_json(answers: Answers) -> dict:
    """Plain values: ISO days, the town by its code; jobs as (from, to, kind). Which notice was read is left out."""
    told = {field.name: getattr(answers, field.name) for field in fields(Answers) if field.name != "notice_version"}
    jobs = [[job.started_on.isoformat(), job.ended_on.isoformat(), str(job.kind)] for job in answers.short_jobs]
    town = answers.municipality.pk if answers.municipality else None
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in told.items()}
    return plain | {"municipality": town, "short_jobs": jobs, "children": sorted(answers.children)}
