"""Views that staff save of their lists: filters under a name, one that opens first, some shared with the team."""

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from oltreiperimetri.shared.errors import DomainError

from ..models import SavedView

NEVER_SAVED = ("q", "page", "dopo", "prima", "formato", "vista")
MOST = 20


def filters_of(query: str) -> str:
    """What of an address may be kept: filters and order; never a searched name, a page or a file."""
    kept = QueryDict(query[:2000], mutable=True)
    for name in NEVER_SAVED:
        kept.pop(name, None)
    for name in [name for name, value in kept.items() if not value]:
        kept.pop(name)
    return kept.urlencode()[:500]


@transaction.atomic
def save_view(owner, list_name: str, name: str, query: str, *, is_default: bool, is_shared: bool) -> SavedView:
    """Save the filters of a list under a name; the same name again is written over."""
    mine = SavedView.objects.select_for_update(of=("self",)).filter(owner=owner, list=list_name)
    names = {view.name for view in mine}
    if name not in names and len(names) >= MOST:
        raise DomainError(
            _("You have %(count)s views of this list already: delete one first.") % {"count": MOST}, code="too_many"
        )
    if is_default:
        mine.update(is_default=False)
    values = {"query": filters_of(query), "is_default": is_default, "is_shared": is_shared}
    view, _created = SavedView.objects.update_or_create(owner=owner, list=list_name, name=name, defaults=values)
    return view


def delete_view(view: SavedView, *, by) -> None:
    if view.owner_id != by.pk:
        raise DomainError(_("Only who saved a view can delete it."), code="not_yours")
    view.delete()
