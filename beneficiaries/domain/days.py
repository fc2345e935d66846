"""Days as the verbs of this app judge them, by the clock of Rome."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.shared.errors import DomainError


def day_of(now: datetime) -> date:
    return timezone.localtime(now).date()


def refuse_the_future(day: date, *, now: datetime, field: str) -> None:
    if day > day_of(now):
        raise DomainError(_("This day is in the future. Check the year."), code="future", field=field)


def refuse_the_past(due_on: date, *, now: datetime) -> None:
    if due_on < day_of(now):
        raise DomainError(_("This day has passed: choose a day to come."), code="past", field="due_on")
