from datetime import date, timedelta

import factory

from beneficiaries.models import Appointment, FreeTime, MeetingPlace
from oltreiperimetri.shared.dates import at_rome
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO, ApplicationFactory, PersonFactory

TODAY = date(2026, 11, 24)
NOW = at_rome(TODAY, 10)


class MeetingPlaceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MeetingPlace

    name = factory.Sequence("Sportello {}".format)
    address = "Via Meda 20, Rho"
    municipality_id = RHO


class FreeTimeFactory(factory.django.DjangoModelFactory):
    """One place for a talk, the Monday after NOW at ten, kept by a caseworker of Rho."""

    class Meta:
        model = FreeTime

    place = factory.SubFactory(MeetingPlaceFactory)
    kind = "talk"
    host = factory.SubFactory(UserFactory, caseworker=True, towns=[RHO])
    starts_at = at_rome(date(2026, 11, 30), 10)
    ends_at = factory.LazyAttribute(lambda one: one.starts_at + timedelta(minutes=45))
    capacity = 1


class AppointmentFactory(factory.django.DjangoModelFactory):
    """A talk booked for the Monday after NOW, at no published time; `invited`: nothing chosen yet."""

    class Meta:
        model = Appointment

    class Params:
        invited = factory.Trait(
            state=Appointment.State.INVITED,
            starts_at=None,
            ends_at=None,
            place="",
            booked_at=None,
            invited_at=NOW,
            choose_by=TODAY + timedelta(days=10),
        )

    person = factory.SubFactory(PersonFactory)
    kind = "talk"
    state = Appointment.State.BOOKED
    starts_at = at_rome(date(2026, 11, 30), 10)
    ends_at = factory.LazyAttribute(lambda one: one.starts_at + timedelta(minutes=45) if one.starts_at else None)
    place = "Rho, Via Meda 20"
    booked_at = NOW


def seated(free_time: FreeTime, *, seat: int = 1, **kwargs) -> Appointment:
    """Somebody on a seat of a published time."""
    when = {"starts_at": free_time.starts_at, "ends_at": free_time.ends_at, "place": free_time.place.told}
    return AppointmentFactory(free_time=free_time, seat=seat, kind=free_time.kind, host=free_time.host, **when, **kwargs)


class InterviewFactory(AppointmentFactory):
    kind = "interview"
    application = factory.SubFactory(ApplicationFactory, interview=True)
    person = factory.SelfAttribute("application.person")
