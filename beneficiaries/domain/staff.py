"""Who of the office answers for a person."""

from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.accounts.models import User

from ..models import Person


def caseworker_of(person: Person) -> User | None:
    """Who follows the person's application, if still here."""
    application = person.applications.select_related("owner").order_by("-received_at", "-pk").first()
    owner = application.owner if application else None
    return owner if owner and owner.is_active else None


def staff_for(person: Person) -> list[User]:
    """Who must know: the person's caseworker, else those of the town, else the coordinators."""
    owner = caseworker_of(person)
    if owner:
        return [owner]
    in_town = list(User.objects.for_town(person.municipality_id)) if person.municipality_id else []
    return in_town or list(User.objects.active().with_role(Role.COORDINATOR))
