"""How many trainees a site may host at once. Each operating unit counts alone."""

from datetime import date

from oltreiperimetri.shared.rulesets import in_force

from .rules import HOST_RULES


def quota_for(headcount: int, *, on: date | None = None) -> int:
    """Trainees at once for a site with `headcount` people: owners and staff, never apprentices.

    DGR Lombardia X/7763/2018: up to 5 people (or the owner alone) 1; from 6 to 20, 2; above 20, 10% rounded up.
    """
    rules = in_force(HOST_RULES, on) if on else HOST_RULES[-1]
    if headcount <= rules["host_small_up_to"]:
        return rules["host_quota_small"]
    if headcount <= rules["host_medium_up_to"]:
        return rules["host_quota_medium"]
    return -(-headcount * rules["host_quota_large"] // 100)
