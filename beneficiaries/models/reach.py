"""Which people and applications somebody may see.

Staff see the people of their towns (coordinators: all), those whose application they own, or follow for somebody who is
away, those in whose team they are now, and those whom no town of the programme claims: somebody must answer them too.
A participant sees only themselves.
"""

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from oltreiperimetri.accounts.enums import Role


def person_reach(user, *, prefix: str = "") -> Q | None:
    """The condition on a person (`prefix` reaches it) for staff; None when the user sees nobody this way."""
    if not user.is_authenticated:
        return None
    if user.sees_all_towns:
        return Q()
    if user.has_role(Role.CASEWORKER):
        town = f"{prefix}municipality"
        in_programme = {f"{town}__in_programme": True}
        return Q(**{f"{town}__in": user.municipality_codes}) | ~Q(**in_programme)
    return None


def people(queryset: QuerySet, user) -> QuerySet:
    reach = person_reach(user)
    if reach is None:
        return queryset.filter(user=user) if user.is_authenticated else queryset.none()
    if user.sees_all_towns:
        return queryset
    owned = apps.get_model("beneficiaries.Application").objects.filter(owned_by(user), person=OuterRef("pk"))
    return queryset.filter(reach | Exists(owned) | in_team(user, OuterRef("pk")))


def about_people(queryset: QuerySet, user, *lookups: str) -> QuerySet:
    """Rows whose people (each of `lookups`, never empty) are in reach; for who sees all towns, all, with no question."""
    if user.is_authenticated and user.sees_all_towns:
        return queryset
    reached = apps.get_model("beneficiaries.Person").objects.visible_to(user).values("pk")
    return queryset.filter(**{f"{lookup}__in": reached for lookup in lookups})


def owned_by(user) -> Q:
    """What `user` follows, and what those follow whom they cover while away."""
    return Q(owner=user) | Q(owner__in=user.covered_now().values("pk"))


def in_team(user, person) -> Exists:
    """Whether `user` is in the team around `person` (an OuterRef) now: an ended part gives no reach."""
    return Exists(apps.get_model("beneficiaries.TeamMember").objects.now().filter(person=person, user=user))


def applications(queryset: QuerySet, user) -> QuerySet:
    reach = person_reach(user, prefix="person__")
    if reach is None:
        return queryset.filter(person__user=user) if user.is_authenticated else queryset.none()
    if user.sees_all_towns:
        return queryset
    return queryset.filter(reach | owned_by(user) | in_team(user, OuterRef("person")))
