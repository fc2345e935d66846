"""What the office does in somebody's place is told to that person, when they can be reached by e-mail."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.shared.dates import at_rome

from ..models import Notice, Person
from .notices import tell


def tell_act(person: Person, subject: str, body: str, *, by, now: datetime) -> Notice | None:
    """Tell the person what somebody else did in their file. None when they did it themselves, cannot be reached by e-mail,
    or have been told the same today.
    """
    if by is None or person.user_id == by.pk or not person.email:
        return None
    today = at_rome(timezone.localtime(now).date())
    told = person.notices.filter(subject=subject, sent_at__gte=today)
    text = f"{body}\n\n{closing(by)}"
    if any(notice.body == text for notice in told):
        return None
    return tell(person, subject, text, by=by, now=now)


def closing(by) -> str:
    return _("%(who)s did this for you. If you know nothing of it, or something is wrong, call us: %(phone)s.") % {
        "who": by,
        "phone": settings.PHONE,
    }
