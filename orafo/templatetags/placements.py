"""How proposals and traineeships look on a page."""

from datetime import date

from django import template

from ..conditions import Condition, condition_of
from ..models import Traineeship
from ..reasons import sentences, short

register = template.Library()


@register.filter
def condition(traineeship: Traineeship, today: date) -> Condition:
    return condition_of(traineeship, today)


@register.filter
def in_short(codes) -> str:
    """Reasons of a cell of the board, parted by commas."""
    return ", ".join(short(codes))


@register.filter
def in_sentences(codes) -> list[str]:
    return sentences(codes)
