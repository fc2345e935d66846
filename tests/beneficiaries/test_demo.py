"""The demo's people, told on any day."""

import random
from collections import Counter
from datetime import date
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.test import override_settings
from stdnum.it import codicefiscale

from beneficiaries import demo
from beneficiaries.demo_cast import NOWHERE
from beneficiaries.domain import queries
from beneficiaries.domain.twins import look_alikes
from beneficiaries.models import Application, Appointment, Note, Notice, Person
from beneficiaries.validators import clean_phone, clean_tax_code, tax_code_doubts
from oltreiperimetri.portal import demo_data
from oltreiperimetri.shared.dates import at_rome
from oltreiperimetri.shared.models import Municipality

pytestmark = pytest.mark.django_db
State = Application.State


def told(day: date, hour: int = 12) -> SimpleNamespace:
    world = SimpleNamespace(
        users=demo_data.people(),
        now=at_rome(day, hour),
        today=day,
        random=random.Random(7),
        towns={town.pk: town for town in Municipality.objects.in_programme()},
    )
    demo.build(world, today=day)
    return world


DAYS = [(date(2026, 11, 24), 12), (date(2027, 5, 2), 1)]


@pytest.fixture(scope="module", params=DAYS, ids=str)
def world(request, django_db_setup, django_db_blocker, tmp_path_factory):
    """A working day, and a Sunday in the small hours; told once for all these tests, which only look."""
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")), transaction.atomic():
        yield told(*request.param)
        transaction.set_rollback(True)


def test_about_120_people_of_all_nine_towns_in_every_state(world):
    assert 118 <= Person.objects.filter(import_rows=None).count() == len(world.people) <= 125
    assert set(Application.objects.values_list("state", flat=True)) == set(State.values)
    towns = Counter(Person.objects.values_list("municipality", flat=True))
    assert set(towns) - {None} == set(world.towns)


def test_the_admitted_are_45_the_earliest_first_and_giovanna_is_among_them(world):
    assert len(world.admitted) == 45
    received = [person.applications.get().received_at for person in world.admitted]
    assert received == sorted(received)
    assert world.beneficiary in world.admitted
    assert (str(world.beneficiary), world.beneficiary.municipality.name) == ("Giovanna Ripartenza", "Rho")
    assert world.beneficiary.user == world.users["beneficiary"]


def test_stories_are_coherent(world):
    for application in Application.objects.select_related("person"):
        assert application.received_at <= world.now
        assert application.decided_at is None or application.received_at <= application.decided_at <= world.now
    assert not Notice.objects.filter(sent_at__gt=world.now).exists()
    assert not Note.objects.filter(written_at__gt=world.now).exists()
    assert not Appointment.objects.held().filter(starts_at__gt=world.now).exists()


def test_everybody_who_can_be_reached_is_reached_on_numbers_and_addresses_of_nobody(world):
    for person in Person.objects.all():
        assert person.phone == "" or clean_phone(person.phone).startswith("+39 02 0000")
        assert person.email == "" or person.email.endswith("@example.org")
    assert Person.objects.filter(phone="", email="").exists()


def test_tax_codes_add_up_agree_with_the_person_and_belong_to_nobody(world):
    with_code = [person for person in Person.objects.all() if person.tax_code]
    assert 40 <= len(with_code) < len(world.people)
    for person in with_code:
        assert clean_tax_code(person.tax_code) == person.tax_code
        assert codicefiscale.is_valid(person.tax_code)
        assert tax_code_doubts(person.tax_code, birth_date=person.birth_date, sex=person.sex) == []
        assert person.tax_code[11:15] == NOWHERE


def test_the_caseworker_finds_work_to_do(world):
    reach = Application.objects.visible_to(world.users["caseworker"])
    assert queries.overdue(reach, today=world.today).count() >= 3
    assert queries.window_closing(reach, today=world.today).count() >= 2
    assert Notice.objects.to_call().filter(person__in=Person.objects.visible_to(world.users["caseworker"])).exists()
    days = {(one.starts_at.date() - world.today).days for one in Appointment.objects.planned()}
    assert {0, 1} <= days
    assert set(Note.objects.values_list("is_private", flat=True)) == {True, False}


def test_one_pair_may_be_the_same_person(world):
    pairs = [person for person in world.people if look_alikes(person).exists()]
    assert len(pairs) == 2
