from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from oltreiperimetri.accounts.enums import STAFF_ROLES, Role

HOME_OF_ROLE = [
    (STAFF_ROLES, "portal:today"),
    ({Role.BENEFICIARY}, "portal:my_path"),
    ({Role.FIRM_CONTACT}, "portal:partner_area"),
    ({Role.JUROR}, "generazioni:jury"),
    ({Role.MENTOR}, "portal:mentor"),
    ({Role.CITIZEN}, "generazioni:my_ideas"),
]


@require_safe
def start(request):
    """After sign-in: the home page of the first role that has one."""
    for roles, url_name in HOME_OF_ROLE:
        if request.user.has_role(*roles):
            return redirect(url_name)
    return redirect("portal:home")
