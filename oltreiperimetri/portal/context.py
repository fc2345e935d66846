"""What every page knows: contacts, and the menu of the roles of whoever reads."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.accounts.enums import STAFF_ROLES, Role

EVERYBODY = frozenset()
MENU = [
    (STAFF_ROLES, _("Today"), "portal:today"),
    (STAFF_ROLES, _("Applications"), "beneficiaries:applications"),
    (STAFF_ROLES, _("People"), "beneficiaries:people"),
    (STAFF_ROLES, _("Appointments"), "beneficiaries:agenda"),
    (STAFF_ROLES, _("Contacts"), "beneficiaries:contact_log"),
    (STAFF_ROLES, _("Groups"), "orafo:cohorts"),
    (STAFF_ROLES, _("Traineeships"), "orafo:traineeships"),
    (STAFF_ROLES, _("Follow-up"), "portal:monitoring"),
    (STAFF_ROLES, _("Referrals"), "beneficiaries:referrals"),
    (STAFF_ROLES, _("Partners"), "partners:organisations"),
    (STAFF_ROLES, _("Offered slots"), "partners:slots"),
    (STAFF_ROLES, _("Contest desk"), "generazioni:desk"),
    (STAFF_ROLES, _("Evenings"), "generazioni:evenings_office"),
    (STAFF_ROLES, _("Reports"), "portal:reports"),
    (STAFF_ROLES, _("Rules"), "beneficiaries:rules"),
    ({Role.COORDINATOR, Role.ADMIN}, _("Colleagues"), "beneficiaries:colleagues"),
    ({Role.COORDINATOR, Role.ADMIN}, _("Requests about data"), "beneficiaries:data_requests"),
    ({Role.COORDINATOR, Role.ADMIN}, _("Messages"), "reminders:messages"),
    ({Role.ADMIN}, _("Status"), "portal:status"),
    ({Role.BENEFICIARY}, _("My path"), "portal:my_path"),
    ({Role.FIRM_CONTACT}, _("Partner area"), "portal:partner_area"),
    ({Role.JUROR}, _("Jury"), "generazioni:jury"),
    ({Role.MENTOR}, _("Mentor"), "portal:mentor"),
    ({Role.CITIZEN, Role.BENEFICIARY}, _("My ideas"), "generazioni:my_ideas"),
]
PUBLIC_MENU = [
    (_("Can I take part?"), "beneficiaries:check"),
    (_("Register"), "beneficiaries:register"),
    (_("Ideas contest"), "generazioni:contest"),
    (_("Evenings"), "generazioni:evenings"),
    (_("The network"), "partners:network"),
    (_("Help"), "portal:help"),
]


@dataclass(frozen=True)
class MenuItem:
    title: str
    url: str
    is_current: bool


def site(request):
    return {
        "SITE_URL": settings.SITE_URL,
        "PHONE": settings.PHONE,
        "CONTACT_EMAIL": settings.CONTACT_EMAIL,
        "OP_CAFES": settings.OP_CAFES,
        "DEMO": settings.DEMO,
        "ACCESSIBILITY_DECLARATION_URL": settings.ACCESSIBILITY_DECLARATION_URL,
    }


def navigation(request):
    """The menu; staff do not need the public pages, everybody else does."""
    user = getattr(request, "user", None)
    roles = user.roles if user and user.is_authenticated else EVERYBODY
    entries = [(title, name) for wanted, title, name in MENU if roles & wanted]
    if not roles & STAFF_ROLES:
        entries += PUBLIC_MENU
    found = [(title, url) for title, name in entries if (url := address(name))]
    current = max((url for _title, url in found if request.path.startswith(url)), key=len, default="")
    return {
        "navigation": [MenuItem(title, url, url == current) for title, url in found],
        "search_url": address("portal:search") if roles & STAFF_ROLES else "",
    }


def address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
