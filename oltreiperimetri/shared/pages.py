"""Pages of tables that grow: by the last row seen (keyset), never by counting rows away.

The page in the middle of a million costs what the first one costs. The address carries the row's id alone (`dopo`,
`prima`), so no name is ever in it; the row's own values are read again. The total is counted up to `MOST_COUNTED`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from django.core.paginator import Page, Paginator
from django.db.models import F, Q, QuerySet
from django.utils.functional import cached_property

MOST_COUNTED = 1000
AFTER, BEFORE = "dopo", "prima"


@dataclass(frozen=True)
class Key:
    """One field of an order; empty values come last, whatever the direction."""

    name: str
    descending: bool = False
    nullable: bool = False

    def order(self, *, backwards: bool):
        if not self.nullable:
            return f"{'-' if self.descending != backwards else ''}{self.name}"
        field = F(self.name)
        descending = self.descending != backwards
        places = {"nulls_first": True} if backwards else {"nulls_last": True}
        return field.desc(**places) if descending else field.asc(**places)

    def same(self, value) -> Q:
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})

    def beyond(self, value, *, backwards: bool, inclusive: bool = False) -> Q | None:
        """Rows farther on in the order than `value`; None when there can be none."""
        if value is None:
            if backwards:
                return Q() if inclusive else Q(**{f"{self.name}__isnull": False})
            return Q(**{f"{self.name}__isnull": True}) if inclusive else None
        sign = "lt" if self.descending != backwards else "gt"
        found = Q(**{f"{self.name}__{sign}{'e' if inclusive else ''}": value})
        return found | Q(**{f"{self.name}__isnull": True}) if self.nullable and not backwards else found


def ordered(queryset: QuerySet, keys: Sequence[Key], *, backwards: bool = False) -> QuerySet:
    return queryset.order_by(*[key.order(backwards=backwards) for key in keys])


def past(keys: Sequence[Key], values: Sequence, *, backwards: bool) -> Q:
    """Rows after `values` in the order of `keys` (backwards: before them); bounded by the first, for the index."""
    steps = []
    for number, key in enumerate(keys):
        beyond = key.beyond(values[number], backwards=backwards)
        if beyond is not None:
            steps.append(
                reduce(and_, [*(one.same(value) for one, value in zip(keys[:number], values, strict=False)), beyond])
            )
    bound = keys[0].beyond(values[0], backwards=backwards, inclusive=True)
    return bound & reduce(or_, steps)


class CountedPaginator(Paginator):
    """Counts no farther than `MOST_COUNTED`: `is_more` says that there are others."""

    @cached_property
    def count_seen(self) -> int:
        return self.object_list.order_by().values("pk")[: MOST_COUNTED + 1].count()

    @cached_property
    def count(self) -> int:
        return min(self.count_seen, MOST_COUNTED)

    @property
    def is_more(self) -> bool:
        return self.count_seen > MOST_COUNTED


class KeysetPage(Page):
    """A page that knows its neighbours by the ids of its first and last row."""

    def __init__(self, rows, paginator, *, has_previous: bool, has_next: bool):
        super().__init__(rows, 1, paginator)
        self.is_followed, self.is_preceded = has_next, has_previous
        self.first, self.last = (rows[0].pk, rows[-1].pk) if rows else (None, None)

    def has_next(self):
        return self.is_followed

    def has_previous(self):
        return self.is_preceded


def row_of(queryset: QuerySet, keys: Sequence[Key], pk: str) -> tuple | None:
    """The values of a row by which the list is ordered; None when it is not (any more) a row of the list's table."""
    if not pk.isdecimal() or len(pk) > 18:
        return None
    rows = queryset.model._base_manager.filter(pk=int(pk))
    return rows.values_list(*[key.name for key in keys]).first()


def keyset_page(queryset: QuerySet, keys: Sequence[Key], params: Mapping, *, per_page: int) -> KeysetPage:
    """The page that `params` asks for (`dopo`: after this row, `prima`: before it), else the first one.

    The last of `keys` must be unique. The rows are a list.
    """
    backwards = BEFORE in params and AFTER not in params
    cursor = params.get(BEFORE if backwards else AFTER, "")
    values = row_of(queryset, keys, cursor) if cursor else None
    backwards = backwards and values is not None
    wanted = queryset.filter(past(keys, values, backwards=backwards)) if values else queryset
    rows = list(ordered(wanted, keys, backwards=backwards)[: per_page + 1])
    is_more, rows = len(rows) > per_page, rows[:per_page]
    if backwards:
        rows.reverse()
    return KeysetPage(
        rows,
        CountedPaginator(queryset, per_page),
        has_previous=is_more if backwards else values is not None,
        has_next=True if backwards else is_more,
    )
