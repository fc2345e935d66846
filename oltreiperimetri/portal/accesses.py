"""Who opened the file of a person, told to that person: the audit trail in plain words."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from beneficiaries.domain.merge import keys_of
from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.accounts.models import User
from oltreiperimetri.audit.models import AuditEntry

READS = ("read", "print", "download", "export_own_data")


@dataclass(frozen=True)
class Access:
    """`who` is a name; `roles` what they do in the programme, in words; `what` was opened."""

    at: datetime
    who: str
    roles: str
    what: str


def accesses_of(person) -> QuerySet[AuditEntry]:
    """Readings by anybody but the person themselves, newest first."""
    if person.audit_key is None:
        return AuditEntry.objects.none()
    found = AuditEntry.objects.filter(subject__in=keys_of(person), action__in=READS)
    return (found.exclude(actor=person.user_id) if person.user_id else found).order_by("-pk")


def told(entries: list[AuditEntry]) -> list[Access]:
    """The entries of one page with names and roles, in two queries however many they are."""
    actors = {entry.actor_id for entry in entries if entry.actor_id}
    users = {user.pk: user for user in User.objects.filter(pk__in=actors).prefetch_related("role_assignments")}
    return [Access(entry.at, *who(users.get(entry.actor_id)), what=what(entry)) for entry in entries]


def who(user: User | None) -> tuple[str, str]:
    if user is None:
        return _("Somebody who does not work with us any more"), ""
    roles = [assignment.role for assignment in user.role_assignments.all()]
    return str(user), ", ".join(str(Role(role).label) for role in roles if role in Role.values)


def what(entry: AuditEntry) -> str:
    if entry.action == "download":
        return _("Opened one of your documents")
    if entry.object_type == "beneficiaries.person":
        return _("Opened your file")
    return _("Opened a page about you")
