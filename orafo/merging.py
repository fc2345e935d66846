"""What becomes of groups, proposals and traineeships when two files of one person become one."""

from django.utils.translation import gettext as _

from beneficiaries.domain.merge_map import Relation, register
from beneficiaries.models import Person

from .models import Membership, Proposal, Traineeship


def overlapping(keep: Person, drop: Person) -> list[str]:
    """The database refuses two live traineeships of one person on one day: here it is said before."""
    mine = Traineeship.objects.filter(person=keep).live().with_effective_end()
    theirs = Traineeship.objects.filter(person=drop).live().with_effective_end()
    days = [(one.starts_on, one.last_day) for one in mine]
    if any(first <= other.last_day and other.starts_on <= last for first, last in days for other in theirs):
        return [_("Each of the two files has a traineeship in the same days: correct or void one of the two first.")]
    return []


def register_relations() -> None:
    register(Relation(Membership), Relation(Proposal), Relation(Traineeship, refusals=overlapping))
