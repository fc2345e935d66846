from datetime import date

import factory
from stdnum import luhn

from oltreiperimetri.accounts.models import User
from partners.enums import Kind, Sector
from partners.models import Contact, MentorProfile, Organisation, Site, Slot

from .accounts import UserFactory

RHO, PERO, LAINATE = "015182", "015170", "015116"


def vat_number(number: int) -> str:
    """A VAT number of Milan with a right check digit; the first seven digits are `number`."""
    stem = f"{number:07d}015"
    return stem + luhn.calc_check_digit(stem)


class OrganisationFactory(factory.django.DjangoModelFactory):
    """A firm, accredited unless `pending=True` or `suspended=True`."""

    class Meta:
        model = Organisation

    class Params:
        pending = factory.Trait(state=Organisation.State.PENDING)
        suspended = factory.Trait(state=Organisation.State.SUSPENDED)
        listed = factory.Trait(is_listed=True)

    name = factory.Sequence("Officina Canarino {} S.r.l.".format)
    kind = Kind.FIRM
    vat_number = factory.Sequence(lambda n: vat_number(1_000_000 + n))
    email = factory.Sequence("officina{}@example.org".format)
    phone = "0293200000"
    state = Organisation.State.ACCREDITED


class SiteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Site

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence("Sede {}".format)
    address = "Via della Prova 1"
    municipality_id = RHO
    headcount = 12


class ContactFactory(factory.django.DjangoModelFactory):
    """A contact without account; `account=True` gives one with the role of a firm's contact."""

    class Meta:
        model = Contact

    class Params:
        account = factory.Trait(user=factory.SubFactory(UserFactory, firm_contact=True))
        tutor = factory.Trait(is_tutor=True)

    organisation = factory.SubFactory(OrganisationFactory)
    first_name = "Bruno"
    last_name = factory.Sequence("Tornitore{}".format)
    position = "Responsabile"
    email = factory.Sequence("contatto{}@example.org".format)
    phone = "0293200001"


class SlotFactory(factory.django.DjangoModelFactory):
    """An offered slot with everything in place, confirmed on `confirmed_on` (1 September 2026 unless given)."""

    class Meta:
        model = Slot

    class Params:
        draft = factory.Trait(state=Slot.State.DRAFT, confirmed_on=None)
        withdrawn = factory.Trait(state=Slot.State.WITHDRAWN)

    site = factory.SubFactory(SiteFactory)
    organisation = factory.SelfAttribute("site.organisation")
    title = factory.Sequence("Addetto al magazzino {}".format)
    tasks = "Ricevere la merce e preparare gli ordini."
    skills = "Uso del lettore di codici."
    sector = Sector.LOGISTICS
    weekly_hours = 30
    schedule = "dal lunedì al venerdì, 9-15"
    starts_on = date(2026, 10, 1)
    ends_on = date(2027, 9, 30)
    quantity = 1
    tutor = factory.SubFactory(ContactFactory, organisation=factory.SelfAttribute("..organisation"), is_tutor=True)
    state = Slot.State.OFFERED
    confirmed_on = date(2026, 9, 1)


class MentorProfileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MentorProfile

    user = factory.SubFactory(UserFactory)
    topics = "Conti e primi clienti"
    municipality_id = RHO


def firm_account(organisation: Organisation) -> User:
    """Somebody who signs in for `organisation`."""
    return ContactFactory(organisation=organisation, account=True).user
