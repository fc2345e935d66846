"""The demo's contest, told on any day."""

import random
from collections import Counter
from datetime import date
from types import SimpleNamespace

import pytest

from generazioni import demo_contest
from generazioni.domain.queries import is_full_panel, ranking_of
from generazioni.models import Edition, Idea, Meeting, Review
from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.accounts.models import User
from oltreiperimetri.reminders.models import Message
from oltreiperimetri.shared.dates import at_rome
from oltreiperimetri.shared.models import Municipality
from tests.factories.partners import OrganisationFactory

pytestmark = pytest.mark.django_db
PEOPLE = {
    "coordinator": ("Marta", "Coordini", Role.COORDINATOR),
    "juror": ("Clara", "Valutini", Role.JUROR),
    "citizen": ("Nadia", "Ideali", Role.CITIZEN),
    "mentor": ("Ivo", "Esperienza", Role.MENTOR),
}


@pytest.fixture(params=[date(2026, 11, 24), date(2028, 2, 29)])
def world(request):
    world = SimpleNamespace(
        users={
            key: User.objects.create_user(f"{key}@example.org", roles=[role], first_name=first, last_name=last)
            for key, (first, last, role) in PEOPLE.items()
        },
        now=at_rome(request.param, 12),
        today=request.param,
        random=random.Random(1),
        towns={town.pk: town for town in Municipality.objects.in_programme()},
        organisations=OrganisationFactory.create_batch(15),
    )
    demo_contest.build(world, today=request.param)
    return world


def test_contest_is_coherent(world):
    edition = world.edition
    assert edition == Edition.objects.current(world.today)
    assert edition.phase_on(world.today) == "review"
    assert edition.ideas.in_contest().count() == 24
    assert Review.objects.filter(idea__edition=edition).count() == 100
    own = edition.jurors.get(user=world.users["juror"])
    assert Counter(own.reviews.values_list("state", flat=True)) == {"sent": 13, "draft": 3}
    states = Idea.objects.of_author(world.users["citizen"]).filter(edition=edition).values_list("state", flat=True)
    assert Counter(states) == {"submitted": 1, "draft": 1}


def test_edition_before_is_finished_and_a_mentor_walks_on(world):
    earlier = Edition.objects.published().get()
    assert Counter(earlier.ideas.values_list("state", flat=True)) == {"chosen": 2, "finalist": 1, "not_chosen": 3}
    assert is_full_panel(earlier)
    assert all(row.line.rank for row in ranking_of(earlier))
    assert Meeting.objects.filter(mentoring__mentor=world.users["mentor"]).count() == 4


def test_mailbox_does_not_start_with_old_letters(world):
    assert not Message.objects.filter(state=Message.State.QUEUED).exists()
