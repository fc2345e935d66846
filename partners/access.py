"""Who reaches what in the network. Out of reach is a missing object (404); not allowed is a refusal (403)."""

from .models import Organisation, Slot


def organisations_visible_to(user):
    return Organisation.objects.visible_to(user)


def own_organisations(user):
    return Organisation.objects.of_contact(user)


def slots_visible_to(user):
    return Slot.objects.visible_to(user)


def may_accredit(user) -> bool:
    return user.is_authenticated and user.is_staff_member
