"""Who may act on people and applications; which they see is the querysets' own `visible_to`."""

from django.db.models import QuerySet

from .models import Application, Person


def people_visible_to(user) -> QuerySet[Person]:
    return Person.objects.visible_to(user)


def applications_visible_to(user) -> QuerySet[Application]:
    return Application.objects.visible_to(user)


def may_decide(user, application) -> bool:
    """Staff, for applications in their reach; nobody decides about their own."""
    if not user.is_staff_member or application.person.user_id == user.pk:
        return False
    return applications_visible_to(user).filter(pk=application.pk).exists()


def may_own(user, application) -> bool:
    """Whether an application may be assigned to this colleague: a coordinator, or a caseworker of the town."""
    if not user.is_active or not user.is_staff_member:
        return False
    town = application.person.municipality
    return user.sees_all_towns or town is None or not town.in_programme or town.pk in user.municipality_codes


def may_work_with(user, person) -> bool:
    """Staff, for people in their reach; nobody works on their own case."""
    if not user.is_staff_member or person.user_id == user.pk:
        return False
    return people_visible_to(user).filter(pk=person.pk).exists()


def may_add_document(user, person) -> bool:
    """The person themselves, and staff who reach them."""
    return people_visible_to(user).filter(pk=person.pk).exists()


def may_check_document(user, document) -> bool:
    """Staff who reach the person; nobody checks their own papers."""
    if not user.is_staff_member or document.person.user_id == user.pk:
        return False
    return may_add_document(user, document.person)


def may_hand_over_account(user, person) -> bool:
    """Staff who reach the person."""
    return user.is_staff_member and may_add_document(user, person)
