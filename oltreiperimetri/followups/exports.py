"""The list of checkpoints as a file."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from . import paths
from .charts import SERIES
from .domain.queries import Rate
from .models import Checkpoint

HEADERS = [
    _("Path"),
    _("Name"),
    _("Town"),
    _("Group"),
    _("Firm"),
    _("Counted from"),
    _("Months"),
    _("Due on"),
    _("State"),
    _("Situation"),
    _("Contract"),
    _("Same firm"),
    _("Usefulness"),
    _("Wants a call"),
    _("Answered at"),
    _("How"),
    _("Firm or mentor: it goes on"),
    _("Firm or mentor: contract"),
    _("Difference"),
]
EVERYBODY = _("Everybody")
FIGURES = [_("Who"), _("Months"), *(label for _key, label, _fill in SERIES), _("People due"), _("Working"), _("Working (%)")]


def rows(checkpoints) -> Iterator[list]:
    for checkpoint in checkpoints.with_subjects().iterator(chunk_size=500):
        yield [*checkpoint_cells(checkpoint), *answer_cells(checkpoint), *witness_cells(checkpoint)]


def checkpoint_cells(checkpoint: Checkpoint) -> list:
    plan = checkpoint.plan
    state = str(checkpoint.get_state_display())
    belongs = [paths.name_of(plan, dimension) for dimension in paths.DIMENSIONS]
    return [plan.path_label, plan.subject_label, *belongs, plan.anchor_on, checkpoint.months, checkpoint.due_on, state]


def answer_cells(checkpoint: Checkpoint) -> list:
    answer = getattr(checkpoint, "answer", None)
    if answer is None:
        return [""] * 7
    return [
        str(answer.get_situation_display()),
        str(answer.get_contract_kind_display()) if answer.contract_kind else "",
        answer.same_firm,
        answer.usefulness,
        answer.wants_call,
        answer.answered_at,
        str(answer.get_channel_display()),
    ]


def witness_cells(checkpoint: Checkpoint) -> list:
    witness = getattr(checkpoint, "witness", None)
    if witness is None or witness.goes_on is None:
        return [""] * 3
    contract = str(witness.get_contract_kind_display()) if witness.contract_kind else ""
    return [witness.goes_on, contract, str(witness.get_differs_display()) if witness.differs else ""]


def figures(rates: Iterable[Rate]) -> Iterator[list]:
    """The table of the board: numbers of people, and the share of those who answered."""
    for rate in rates:
        share = "" if rate.working_among_answers is None else rate.working_among_answers
        counts = [rate.counts[key] for key, _label, _fill in SERIES]
        yield [rate.label or str(EVERYBODY), rate.months, *counts, rate.total, rate.working, share]
