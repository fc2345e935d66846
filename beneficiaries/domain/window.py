"""The window of an application: how long the 24 months still run, and when somebody turns 40.

The parameters come from the rules in force on the day; the last day of the months counts still.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from oltreiperimetri.shared.dates import add_months

from ..models import Application
from .eligibility import Criterion, Verdict, judge
from .queries import OPEN_STATES
from .rules import orafo_rules
from .screening import facts_told

REMIND_DAYS = (60, 30)
SOON_DAYS = REMIND_DAYS[0]


@dataclass(frozen=True)
class WindowSeen:
    """`ends_on`, the last day of the months, and the `days_left` to it (negative when over); `turns_on`, the birthday
    that somebody too young waits for, and the `days_to` it. None where it is not known or says nothing."""

    ends_on: date | None = None
    days_left: int | None = None
    turns_on: date | None = None
    days_to: int | None = None

    @property
    def days_over(self) -> int:
        return -(self.days_left or 0)

    @property
    def is_known(self) -> bool:
        return self.days_left is not None or self.days_to is not None

    @property
    def is_soon(self) -> bool:
        return any(days is not None and 0 <= days <= SOON_DAYS for days in (self.days_left, self.days_to))


def window_seen(application: Application, *, today: date) -> WindowSeen:
    """Needs the person with their town; runs from the end of the last job as the application has it.

    Who works has no window: it opens again with the next end of a job.
    """
    results = {one.criterion: one for one in judge(facts_told(application), orafo_rules(today), today).results}
    duration, age = results[Criterion.DURATION], results[Criterion.AGE]
    days_left = None if application.working_now or duration.verdict == Verdict.UNKNOWN else duration.value
    turns_on = age.changes_on if age.verdict == Verdict.NOT_MET else None
    return WindowSeen(
        ends_on=None if days_left is None else today + timedelta(days=days_left),
        days_left=days_left,
        turns_on=turns_on,
        days_to=(turns_on - today).days if turns_on else None,
    )


def born_for_birthday(day: date, years: int) -> date:
    """The latest birth date whose `years`-th birthday is on or before `day` (29 February: 28 February)."""
    born = add_months(day, -12 * years)
    while add_months(born + timedelta(days=1), 12 * years) <= day:
        born += timedelta(days=1)
    return born


def too_young(applications: QuerySet, *, today: date, within_days: int | None = None) -> QuerySet:
    """Under way, of people who have not the age yet; with `within_days`, those who reach it by then."""
    years = orafo_rules(today)["age_min"]
    found = applications.filter(state__in=OPEN_STATES, person__birth_date__gt=born_for_birthday(today, years))
    if within_days is None:
        return found
    last = born_for_birthday(today + timedelta(days=within_days), years)
    return found.filter(person__birth_date__lte=last)
