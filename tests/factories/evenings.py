from datetime import date, timedelta

import factory

from generazioni.models import Evening, Guest
from oltreiperimetri.shared.dates import at_rome

from .partners import RHO

DAY = at_rome(date(2026, 12, 10), 20, 30)
NOW = at_rome(date(2026, 11, 24), 12)


class EveningFactory(factory.django.DjangoModelFactory):
    """Published, on 10 December 2026 from 20:30 for two hours, with 20 seats."""

    class Meta:
        model = Evening

    class Params:
        draft = factory.Trait(state=Evening.State.DRAFT, published_at=None)
        held = factory.Trait(state=Evening.State.HELD)
        cancelled = factory.Trait(state=Evening.State.CANCELLED, cancellation_reason="La sala non è agibile.")

    title = factory.Sequence("Serata di prova {}".format)
    theme = "work"
    description = "Di che cosa si parla."
    speakers = "Una persona che sa."
    place = "Biblioteca"
    address = "Via della Prova 1"
    municipality_id = RHO
    starts_at = DAY
    ends_at = factory.LazyAttribute(lambda evening: evening.starts_at + timedelta(hours=2))
    capacity = 20
    state = Evening.State.PUBLISHED
    published_at = factory.LazyAttribute(lambda evening: evening.starts_at - timedelta(days=30))


class GuestFactory(factory.django.DjangoModelFactory):
    """Somebody with the next seat; `waiting=True` on the list, `gave_up=True` no more."""

    class Meta:
        model = Guest

    class Params:
        waiting = factory.Trait(
            state=Guest.State.WAITING,
            seat=None,
            seated_at=None,
            position=factory.LazyAttribute(lambda guest: guest.evening.guests.exclude(position=None).count() + 1),
        )
        gave_up = factory.Trait(state=Guest.State.CANCELLED)
        only_phone = factory.Trait(email="", phone=factory.Sequence("+3902932{:05d}".format))

    evening = factory.SubFactory(EveningFactory)
    name = factory.Sequence("Ospite Prova{}".format)
    email = factory.Sequence("ospite{}@example.org".format)
    state = Guest.State.SEATED
    seat = factory.LazyAttribute(lambda guest: guest.evening.guests.seated().count() + 1)
    signed_up_at = NOW
    seated_at = NOW
    notice_version = "2026-11-01"
