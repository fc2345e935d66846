"""The demo's network, told on any day."""

import random
from collections import Counter
from datetime import date
from types import SimpleNamespace

import pytest
from stdnum import iban
from stdnum.it import iva

from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.accounts.models import User
from oltreiperimetri.shared.dates import at_rome
from oltreiperimetri.shared.models import Municipality
from partners import demo
from partners.domain.organisation import missing_details
from partners.models import Organisation, Slot

pytestmark = pytest.mark.django_db
KEYS = {"coordinator": Role.COORDINATOR, "firm": Role.FIRM_CONTACT, "mentor": Role.MENTOR}


@pytest.fixture(params=[date(2026, 11, 24), date(2028, 2, 29)])
def world(request):
    world = SimpleNamespace(
        users={
            key: User.objects.create_user(f"{key}@example.org", roles=[role], first_name=key) for key, role in KEYS.items()
        },
        now=at_rome(request.param, 12),
        today=request.param,
        random=random.Random(1),
        towns={town.pk: town for town in Municipality.objects.in_programme()},
    )
    demo.build(world, today=request.param)
    return world


def test_network_is_coherent(world):
    assert Organisation.objects.count() == 25
    assert all(organisation.name.endswith("(demo)") for organisation in world.organisations)
    assert all(iva.is_valid(organisation.vat_number) for organisation in world.organisations)
    assert all(iban.is_valid(organisation.iban) for organisation in world.organisations if organisation.iban)
    assert {site.municipality_id for organisation in world.organisations for site in organisation.sites.all()} == set(
        world.towns
    )


def test_slots_are_in_every_state(world):
    assert len(world.slots) == 40
    assert Counter(Slot.objects.values_list("state", flat=True)) == {"offered": 36, "draft": 2, "withdrawn": 2}
    assert Slot.objects.open_on(world.today).count() == 23
    assert Slot.objects.expired_on(world.today).exclude(ends_on__lt=world.today).count() == 3


def test_demo_contact_works_for_one_firm_with_nothing_missing(world):
    assert list(Organisation.objects.of_contact(world.users["firm"])) == [world.firm]
    assert missing_details(world.firm) == []
    assert world.firm.slots.open_on(world.today).exists()
