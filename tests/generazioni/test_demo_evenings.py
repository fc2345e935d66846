"""The demo's evenings, told on any day."""

from collections import Counter
from datetime import date
from types import SimpleNamespace

import pytest

from generazioni import demo_evenings
from generazioni.models import Evening
from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.accounts.models import User
from oltreiperimetri.shared.dates import at_rome
from oltreiperimetri.shared.models import Municipality

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("today", [date(2026, 11, 24), date(2028, 2, 29)])
def test_evenings_are_coherent(today):
    coordinator = User.objects.create_user("coordinator@example.org", roles=[Role.COORDINATOR])
    world = SimpleNamespace(
        users={"coordinator": coordinator},
        now=at_rome(today, 12),
        towns={town.pk: town for town in Municipality.objects.in_programme()},
    )

    demo_evenings.build(world, today=today)

    assert Counter(Evening.objects.values_list("state", flat=True)) == {
        "held": 2,
        "published": 4,
        "draft": 1,
        "cancelled": 1,
    }
    assert Evening.objects.to_close(world.now).count() == 1
    first = Evening.objects.upcoming(world.now).with_counts().first()
    assert (first.seats_left, first.waiting) == (0, 4)
    assert [evening.came for evening in Evening.objects.held().with_counts().order_by("starts_at")] == [21, 14]
