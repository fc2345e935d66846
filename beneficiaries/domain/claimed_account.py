"""Somebody registered by the office takes over their page: one record, from then on theirs.

The office hands over a sheet with a code, or sends a link. With either, and the date of birth, the person joins the page
to an account of their own. Each works once, for some days; wrong, used and expired ones are refused with one sentence.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from oltreiperimetri.accounts.enums import LinkPurpose, Role
from oltreiperimetri.accounts.links import LinkRefused, issue_link, open_link, revoke_links, use_link
from oltreiperimetri.accounts.models import AccessLink
from oltreiperimetri.audit.trail import record
from oltreiperimetri.shared.crypto import blind_index
from oltreiperimetri.shared.errors import DomainError, refuse_unless

from .. import emails
from ..access import may_hand_over_account
from ..models import Person
from .draft import SIGNS
from .notices import tell
from .search import index_person

VALID_DAYS = 30
GROUPS, GROUP = 3, 4  # 12 signs of 28: 57 bits


@dataclass(frozen=True)
class Access:
    """What the office hands over; kept nowhere. `code` to be typed, `link` to be opened, `until` the last day."""

    code: str
    link: str
    until: date


def new_code() -> str:
    """For example `KTRM-4H7Q-PWXY`."""
    return "-".join("".join(secrets.choice(SIGNS) for _sign in range(GROUP)) for _group in range(GROUPS))


def token_of(code: str) -> str:
    """The token that a code stands for, however it is typed; a keyed hash, so that a stolen database gives no code."""
    return blind_index(re.sub(r"[\s\-]", "", code).upper(), purpose="claim")


@transaction.atomic
def hand_over(person: Person, *, by_mail: bool = False, by, now: datetime) -> Access:
    """A new code and a new link for the person; those given before stop working. `by_mail` sends the link."""
    person.refresh_from_db(from_queryset=Person.objects.select_for_update(of=("self",)))
    refuse_unless(may_hand_over_account(by, person))
    if person.user_id:
        raise DomainError(_("This person already has an account."), code="has_account")
    if by_mail and not person.email:
        raise DomainError(_("There is no e-mail address: write it among the contacts first."), code="no_email")
    revoke_links(LinkPurpose.CLAIM, person, now=now)
    expires_at, code = now + timedelta(days=VALID_DAYS), new_code()
    issue_link(LinkPurpose.CLAIM, person, expires_at=expires_at, token=token_of(code))
    token = issue_link(LinkPurpose.CLAIM, person, expires_at=expires_at)
    link = settings.SITE_URL + reverse("beneficiaries:claim_link", args=[token])
    record("hand_over_account", person, by=by, changes={"by_mail": by_mail}, at=now)
    if by_mail:
        emails.claim(person, link=link, until=expires_at, now=now)
    return Access(code, link, expires_at.date())


def refused() -> DomainError:
    """The same for whatever is wrong: nobody learns whether a person is known here."""
    return DomainError(
        _("This code is not valid, or not any more. Check it sign by sign, or ask us for a new one."),
        code="unknown",
        field="code",
    )


def open_claim(token: str, *, now: datetime) -> tuple[AccessLink, Person]:
    """The link and the person of a token that still works."""
    try:
        link = open_link(LinkPurpose.CLAIM, token, now=now)
    except LinkRefused:
        raise refused() from None
    person = Person.objects.filter(pk=link.subject_id, user=None).first()
    if person is None:
        raise refused()
    return link, person


@transaction.atomic
def claim_person(link: AccessLink, *, birth_date: date | None, by, now: datetime) -> Person:
    """The signed-in person takes over their page. The link is used up first: of two at once only one gets here."""
    if by.is_staff_member:
        raise DomainError(
            _("You are signed in as somebody of the office: sign out, and let the person sign in."), code="staff"
        )
    try:
        use_link(link, now=now)
    except LinkRefused:
        raise refused() from None
    person = Person.objects.select_for_update(of=("self",)).filter(pk=link.subject_id, user=None).first()
    if person is None:
        raise refused()
    if person.birth_date and person.birth_date != birth_date:
        raise DomainError(
            _("This is not the date that we have. Check it, or call us."), code="birth_date", field="birth_date"
        )
    if Person.objects.filter(user=by).exists():
        raise DomainError(
            _("Your account already has a path of its own. Call us: we put the two together for you."), code="has_person"
        )
    by.role_assignments.get_or_create(role=Role.BENEFICIARY)
    by.__dict__.pop("roles", None)
    join(person, by)
    revoke_links(LinkPurpose.CLAIM, person, now=now)
    record("claim", person, by=by, on_behalf_of=person, at=now)
    tell(person, _("Your page is yours now"), told_of_claim(by), by=None, now=now)
    return person


def join(person: Person, user) -> None:
    """One record: the account on it, and the proven address where there was none."""
    person.user = user
    person.email = person.email or user.email
    person.save(update_fields=["user", "email", "updated_at"])
    index_person(person)


def told_of_claim(user) -> str:
    return _(
        "From today you see your page on the portal by signing in with %(email)s: what has been written down together is "
        "there, and you can correct it.\n\nIf it was not you, call us at once: %(phone)s."
    ) % {"email": user.email, "phone": settings.PHONE}
