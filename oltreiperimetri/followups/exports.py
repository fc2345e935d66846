"""The list of checkpoints as a file."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from .models import Checkpoint

HEADERS = [
    _("Path"),
    _("Name"),
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
]


def rows(checkpoints) -> Iterator[list]:
    for checkpoint in checkpoints.with_subjects().iterator(chunk_size=500):
        yield [*checkpoint_cells(checkpoint), *answer_cells(checkpoint)]


def checkpoint_cells(checkpoint: Checkpoint) -> list:
    plan = checkpoint.plan
    state = str(checkpoint.get_state_display())
    return [plan.path_label, plan.subject_label, plan.anchor_on, checkpoint.months, checkpoint.due_on, state]


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
