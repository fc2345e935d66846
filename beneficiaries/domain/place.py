"""Where people are met."""

from datetime import datetime

from oltreiperimetri.audit.trail import record

from ..models import MeetingPlace


def place_named(place: MeetingPlace | tuple[str, str], *, by, now: datetime) -> MeetingPlace:
    """The place itself, or the one of this name; written down with its address when it is new."""
    if isinstance(place, MeetingPlace):
        return place
    name, address = place
    found = MeetingPlace.objects.filter(name__iexact=name).first()
    if found is None:
        found = MeetingPlace.objects.create(name=name, address=address)
        record("add_place", found, by=by, at=now)
    return found
