"""Which rows of the groups and traineeships a person reaches.

A caseworker reaches the groups held in his towns, those he leads, and those where one of his people has a place;
in the last case only the own people have a name (see access.py). A participant sees the own rows, a firm what
was sent to it.
"""

from django.apps import apps
from django.db.models import Q, QuerySet

from beneficiaries.access import people_visible_to
from oltreiperimetri.accounts.enums import Role


def cohorts(queryset: QuerySet, user) -> QuerySet:
    if not user.is_authenticated or not user.is_staff_member:
        return queryset.none()
    if user.sees_all_towns:
        return queryset
    with_my_people = apps.get_model("orafo.Membership").objects.filter(person__in=people_visible_to(user))
    return queryset.filter(
        Q(municipality__in=user.municipality_codes) | Q(coordinator=user) | Q(pk__in=with_my_people.values("cohort"))
    )


def cohorts_run(queryset: QuerySet, user) -> QuerySet:
    if not user.is_authenticated or not user.is_staff_member:
        return queryset.none()
    if user.sees_all_towns:
        return queryset
    return queryset.filter(Q(municipality__in=user.municipality_codes) | Q(coordinator=user))


def within_cohort(queryset: QuerySet, user) -> QuerySet:
    return queryset.filter(cohort__in=cohorts(apps.get_model("orafo.Cohort").objects.all(), user))


def memberships(queryset: QuerySet, user) -> QuerySet:
    if not user.is_authenticated:
        return queryset.none()
    if not user.is_staff_member:
        return queryset.filter(person__user=user)
    if user.sees_all_towns:
        return queryset
    return queryset.filter(
        Q(cohort__municipality__in=user.municipality_codes)
        | Q(cohort__coordinator=user)
        | Q(person__in=people_visible_to(user))
    )


def proposals(queryset: QuerySet, user) -> QuerySet:
    if not user.is_authenticated:
        return queryset.none()
    if user.is_staff_member:
        return queryset if user.sees_all_towns else queryset.filter(person__in=people_visible_to(user))
    own = Q(person__user=user)
    if user.has_role(Role.FIRM_CONTACT):
        at_the_firm = apps.get_model("orafo.Proposal").objects.at_the_firm()
        own |= Q(slot__organisation__in=user.partner_contacts.values("organisation"), pk__in=at_the_firm.values("pk"))
    return queryset.filter(own)


def traineeships(queryset: QuerySet, user) -> QuerySet:
    if not user.is_authenticated:
        return queryset.none()
    if user.is_staff_member:
        return queryset if user.sees_all_towns else queryset.filter(person__in=people_visible_to(user))
    own = Q(person__user=user)
    if user.has_role(Role.FIRM_CONTACT):
        own |= Q(organisation__in=user.partner_contacts.values("organisation"))
    return queryset.filter(own)
