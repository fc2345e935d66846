"""Who is around a person. A colleague in the team reaches the person from any town, until their part ends."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.accounts.models import User
from oltreiperimetri.audit.models import AuditEntry
from oltreiperimetri.audit.trail import record
from oltreiperimetri.shared.errors import DomainError, refuse_unless

from ..access import may_work_with
from ..models import Application, Person, TeamMember
from .case_file import lock_person


@transaction.atomic
def join_team(
    person: Person, *, role: str, since: date, user: User | None = None, partner_name: str = "", by, now: datetime
) -> TeamMember:
    """Add a colleague (`user`) or a partner by name, from a day that has come."""
    refuse_unless(may_work_with(by, person))
    if (user is None) == (not partner_name.strip()):
        raise DomainError(_("Choose a colleague, or write the name of a partner."), code="one_of_two", field="user")
    if since > timezone.localtime(now).date():
        raise DomainError(_("This day is in the future. Check the year."), code="future", field="since")
    if user and not (user.is_active and user.is_staff_member):
        raise DomainError(_("This colleague no longer works here."), code="not_staff", field="user")
    lock_person(person)
    if user and person.team.now().filter(user=user).exists():
        raise DomainError(_("This colleague is already in the team."), code="already_in", field="user")
    member = TeamMember.objects.create(
        person=person, user=user, partner_name=partner_name.strip(), role=role, since=since, added_by=by
    )
    record("join_team", member, by=by, changes={"user": [None, member.user_id], "since": str(since)}, at=now)
    return member


@transaction.atomic
def leave_team(member: TeamMember, *, by, now: datetime) -> None:
    """Their part ends today; whoever reached the person by it no longer does."""
    refuse_unless(may_work_with(by, member.person))
    lock_person(member.person)
    member.refresh_from_db(fields=["until"])
    if member.until is not None:
        return
    member.until = max(member.since, timezone.localtime(now).date())
    member.save(update_fields=["until", "updated_at"])
    record("leave_team", member, by=by, changes={"user": [member.user_id, None], "until": str(member.until)}, at=now)


def owners_of(application: Application) -> list[tuple[datetime, User | None]]:
    """Who followed an application since when, the latest first: as the record of acts keeps it."""
    entries = AuditEntry.objects.filter(
        object_type=Application._meta.label_lower, object_id=application.pk, action__in=["assign", "move"]
    ).order_by("pk")
    found: list[tuple[datetime, int | None]] = []
    for entry in entries:
        if "owner" not in entry.changes:
            continue
        owner = entry.changes["owner"]
        owner = owner[1] if isinstance(owner, list) else owner
        if not found or found[-1][1] != owner:
            found.append((entry.at, owner))
    users = User.objects.in_bulk([owner for _at, owner in found if owner])
    return [(at, users.get(owner)) for at, owner in reversed(found)]
