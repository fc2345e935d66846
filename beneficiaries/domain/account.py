"""The account by which a person follows their own application. Never joined to somebody else's in silence.

A new address gets an account, which only the first code sent there opens. An address that already has one is left
alone: its owner gets a link by mail, signs in, and says whether the application is theirs. Whoever registers sees the
same page either way.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from oltreiperimetri.accounts.enums import LinkPurpose, Role
from oltreiperimetri.accounts.links import issue_link
from oltreiperimetri.accounts.models import User
from oltreiperimetri.audit.trail import record
from oltreiperimetri.shared.errors import DomainError

from ..models import Application, Person

LINK_DAYS = 60


def owns(user, email: str) -> bool:
    """Whether this signed-in user registers for themselves: only who writes the address of their own account does."""
    return user is not None and bool(email) and user.email.lower() == email.lower()


def account_for(person: Person, *, by, now: datetime) -> User | None:
    """The account of a person being registered: `by`'s own, or a new one; None without address or when it is taken."""
    if owns(by, person.email):
        by.role_assignments.get_or_create(role=Role.BENEFICIARY)
        by.__dict__.pop("roles", None)
        return by
    if not person.email or User.objects.filter(email__iexact=person.email).exists():
        return None
    names = {"first_name": person.first_name, "last_name": person.last_name, "phone": person.phone}
    try:
        with transaction.atomic():
            user = User.objects.create_user(person.email, roles=[Role.BENEFICIARY], joined_at=now, **names)
    except IntegrityError:  # somebody else registered with this address in the same moment
        return None
    record("create_account", user, by=by, on_behalf_of=person, at=now)
    return user


def claim_token(application: Application, *, now: datetime) -> str | None:
    """A token for the owner of the address, when the address already had an account of its own; else None."""
    person = application.person
    if person.user_id or not person.email:
        return None
    return issue_link(LinkPurpose.APPLICATION, application, expires_at=now + timedelta(days=LINK_DAYS))


def may_claim(user, application: Application) -> bool:
    return application.person.user_id is None and owns(user, application.person.email)


@transaction.atomic
def claim(application: Application, *, by, now: datetime) -> None:
    """The owner of the address, signed in, says that the application is theirs."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=application.person_id)
    application.person = person
    if not may_claim(by, application):
        raise DomainError(_("This application cannot be joined to your account."), code="not_yours")
    if Person.objects.filter(user=by).exists():
        raise DomainError(
            _("Your account already has a path of its own. Call us: we put the two together for you."), code="has_person"
        )
    by.role_assignments.get_or_create(role=Role.BENEFICIARY)
    by.__dict__.pop("roles", None)
    person.user = by
    person.save(update_fields=["user", "updated_at"])
    record("claim", application, by=by, on_behalf_of=person, at=now)
