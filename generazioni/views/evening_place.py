"""The page behind the link in the mails: my place at an evening, and the way to give it back. No sign-in, one purpose."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from oltreiperimetri.accounts.enums import LinkPurpose
from oltreiperimetri.accounts.gates import public
from oltreiperimetri.accounts.links import LinkRefused, open_link, use_link
from oltreiperimetri.accounts.ratelimits import limit_posts
from oltreiperimetri.shared.errors import DomainError

from ..domain import guest as verbs
from ..models import Guest

STATUS = {"unknown": 404}


@public
@limit_posts("generazioni.place", rate="60/h")
def place(request, token):
    """GET shows, POST gives back. A link already used still opens: it says that the place is free."""
    now = timezone.now()
    try:
        link = open_link(LinkPurpose.EVENING, token, now=now, allow_used=True)
    except LinkRefused as refusal:
        context = {"reason": refusal.reason}
        return render(request, "generazioni/evening/link_refused.html", context, status=STATUS.get(refusal.reason, 410))
    guest = get_object_or_404(Guest.objects.select_related("evening__municipality"), pk=link.subject_id)
    refusal = ""
    if request.method == "POST" and guest.is_engaged:
        refusal = give_back(guest, link, now=now)
    context = {
        "guest": guest,
        "evening": guest.evening,
        "refusal": refusal,
        "rank": verbs.rank_on_the_list(guest) if guest.is_waiting else None,
        "may_give_back": guest.is_engaged and guest.evening.takes_people_at(now),
    }
    return render(request, "generazioni/evening/place.html", context)


def give_back(guest: Guest, link, *, now) -> str:
    """Returns the sentence of a refusal, or nothing. Two clicks at once give the place back once."""
    try:
        verbs.give_back(guest, by=None, now=now)
        use_link(link, now=now)
    except DomainError as error:
        guest.refresh_from_db()
        return error.message if guest.is_engaged else ""
    except LinkRefused:
        pass
    return ""
