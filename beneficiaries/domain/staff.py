"""Who of the office answers for a person."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.accounts.models import User
from oltreiperimetri.reminders.kinds import Recipient

from ..models import Person


def caseworker_of(person: Person) -> User | None:
    """Who follows the person's application, if still here."""
    application = person.applications.select_related("owner__covered_by").order_by("-received_at", "-pk").first()
    owner = application.owner if application else None
    return owner if owner and owner.is_active else None


def staff_for(person: Person, *, day: date | None = None) -> list[User]:
    """Who must know on a day (today): the person's caseworker or who covers them, else the town's, else coordinators."""
    day = day or timezone.localdate()
    owner = caseworker_of(person)
    answering = owner.answering_on(day) if owner else None
    if answering:
        return [answering]
    in_town = User.objects.for_town(person.municipality_id).present_on(day) if person.municipality_id else []
    coordinators = User.objects.active().with_role(Role.COORDINATOR)
    return list(in_town) or list(coordinators.present_on(day)) or ([owner] if owner else list(coordinators))


def staff_recipients(person: Person, *, day: date | None = None) -> list[Recipient]:
    """The same, as a reminder writes to them."""
    return as_recipients(staff_for(person, day=day))


def as_recipients(users: Iterable[User]) -> list[Recipient]:
    return [Recipient(user.email, user.get_full_name(), user=user, is_staff=True) for user in users]
