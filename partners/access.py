"""Which rows of the network a person reaches. Staff see every organisation; a contact sees the own ones; others none.

Partners are not people of the programme, so a caseworker's towns do not limit them: a slot in Rho may suit somebody of Arese.
"""

from django.apps import apps

from oltreiperimetri.accounts.enums import Role


def organisations(queryset, user):
    if not user.is_authenticated:
        return queryset.none()
    if user.is_staff_member:
        return queryset
    if user.has_role(Role.FIRM_CONTACT):
        return queryset.filter(pk__in=own_organisation_ids(user))
    return queryset.none()


def within_organisation(queryset, user):
    """For rows that hang on an organisation: sites, contacts, slots, requests."""
    if not user.is_authenticated:
        return queryset.none()
    if user.is_staff_member:
        return queryset
    if user.has_role(Role.FIRM_CONTACT):
        return queryset.filter(organisation__in=own_organisation_ids(user))
    return queryset.none()


def own_organisation_ids(user):
    return user.partner_contacts.values("organisation")


def organisations_visible_to(user):
    return apps.get_model("partners.Organisation").objects.visible_to(user)


def own_organisations(user):
    """Those for which the person is a contact, whatever else the person is."""
    return apps.get_model("partners.Organisation").objects.filter(pk__in=own_organisation_ids(user))


def slots_visible_to(user):
    return apps.get_model("partners.Slot").objects.visible_to(user)


def may_accredit(user) -> bool:
    return user.is_authenticated and user.is_staff_member
