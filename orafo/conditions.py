"""Where a traineeship is, as the clock sees it: for chips and for the filters of the list."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from .models import Traineeship

State = Traineeship.State


class Where(models.TextChoices):
    PREPARING = "preparing", _("In preparation")
    TO_START = "to_start", _("About to begin")
    RUNNING = "running", _("Under way")
    TO_CLOSE = "to_close", _("Over, to be closed")
    CLOSED = "closed", _("Closed")
    VOID = "void", _("Void")


TONES = {
    Where.PREPARING: "info",
    Where.TO_START: "info",
    Where.RUNNING: "ok",
    Where.TO_CLOSE: "wait",
    Where.CLOSED: "quiet",
    Where.VOID: "no",
}
STORED = {State.DRAFT: Where.PREPARING, State.CLOSED: Where.CLOSED, State.VOID: Where.VOID}


@dataclass(frozen=True)
class Condition:
    """What a chip says, and its tone."""

    code: Where
    label: str
    tone: str


def condition_of(traineeship: Traineeship, today: date) -> Condition:
    where = where_of(traineeship, today)
    return Condition(where, str(where.label), TONES[where])


def where_of(traineeship: Traineeship, today: date) -> Where:
    if traineeship.state in STORED:
        return STORED[traineeship.state]
    if traineeship.starts_on > today:
        return Where.TO_START
    return Where.TO_CLOSE if traineeship.is_over_on(today) else Where.RUNNING


def those_that_are(traineeships: QuerySet, where: str, *, today: date) -> QuerySet:
    """The same question asked of the database."""
    match where:
        case Where.TO_START:
            return traineeships.filter(state=State.AGREED, starts_on__gt=today)
        case Where.RUNNING:
            return traineeships.running_on(today)
        case Where.TO_CLOSE:
            return traineeships.to_close(today)
    stored = {where: state for state, where in STORED.items()}
    return traineeships.filter(state=stored[where])
