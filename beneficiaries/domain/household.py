"""Who lives with a person and on what they count: arithmetic on the members, and the same numbers in a query.

Of a child only the year of birth is known: it counts as a minor for the whole year in which it turns 18, so that
nobody loses something because we do not ask for the day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ..models import HouseholdMember, Person

Relation = HouseholdMember.Relation
MAJORITY = 18


@dataclass(frozen=True)
class HouseholdCount:
    """`minors` and `dependants` (grown-up, partner apart) in heads; None everywhere is "the household was never told".

    `partner_not_working` is False also when there is no partner at home, None when it is not known whether they work.
    """

    minors: int | None = None
    dependants: int | None = None
    partner_not_working: bool | None = None

    @property
    def is_known(self) -> bool:
        return self.minors is not None


def is_minor(member: HouseholdMember, on: date) -> bool:
    return member.birth_year is not None and on.year - member.birth_year <= MAJORITY


def count_household(members: Iterable[HouseholdMember], *, told: bool, on: date) -> HouseholdCount:
    """The numbers on a day. `told` says that the person was asked: then no member means "lives alone"."""
    members = list(members)
    if not (members or told):
        return HouseholdCount()
    minors = [member for member in members if counts_as_minor(member, on)]
    grown_up = [
        member
        for member in members
        if member.is_dependant and member.relation != Relation.PARTNER and not is_minor(member, on)
    ]
    partner = next((member for member in members if member.relation == Relation.PARTNER and member.lives_in), None)
    works = partner.is_working if partner else True
    return HouseholdCount(len(minors), len(grown_up), None if works is None else not works)


def counts_as_minor(member: HouseholdMember, on: date) -> bool:
    """A minor who is not said to be supported by somebody else; wherever they live."""
    return member.relation != Relation.PARTNER and member.is_dependant is not False and is_minor(member, on)


def household_of(person: Person, on: date) -> HouseholdCount:
    """The numbers of one person (reads `person.household`, prefetched where there are many)."""
    return count_household(person.household.all(), told=person.household_told_on is not None, on=on)


def with_household(people: QuerySet, *, on: date) -> QuerySet:
    """Each person with `household_minors`, `household_dependants` (0 also when never told) and
    `partner_not_working` (True only when a partner at home is said not to work): for lists and rankings.
    """
    members = HouseholdMember.objects.filter(person=OuterRef("pk")).order_by()
    minor = Q(birth_year__gte=on.year - MAJORITY)
    no_partner = members.exclude(relation=Relation.PARTNER)
    idle = members.filter(relation=Relation.PARTNER, lives_in=True, is_working=False)
    return people.annotate(
        household_minors=heads(no_partner.filter(minor).exclude(is_dependant=False)),
        household_dependants=heads(no_partner.filter(Q(birth_year=None) | ~minor, is_dependant=True)),
        partner_not_working=Exists(idle),
    )


def heads(members: QuerySet) -> Coalesce:
    counted = members.values("person").annotate(heads=Count("pk")).values("heads")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
