import pytest
from django.urls import reverse

from beneficiaries.domain.search import index_person
from beneficiaries.domain.twins import find_twins
from beneficiaries.models import Person, PersonMerge, TwinPair
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import ApplicationFactory, PersonFactory

pytestmark = pytest.mark.django_db


def known(**fields) -> Person:
    person = PersonFactory(last_name="Colombo", **fields)
    index_person(person)
    find_twins(person)
    return person


@pytest.fixture
def coordinator(client):
    user = UserFactory(coordinator=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def test_two_files_are_compared_made_one_and_two_again(client, coordinator):
    keep, drop = known(email=""), known(phone="")
    assert client.get(keep.get_absolute_url()).context["panels"][0].context["known"][0].person == drop
    assert client.get(reverse("beneficiaries:twins")).context["count"] == 1
    url = reverse("beneficiaries:compare", args=[keep.pk, drop.pk])
    form = client.get(url).context["form"]
    typed = {line.name: line.chosen for line in form.lines if line.differs}
    assert client.post(url, typed).context["form"].errors.keys() == {"looked"}
    assert client.post(url, typed | {"looked": "on"}).url == keep.get_absolute_url()
    merged = PersonMerge.objects.get()
    assert Person.objects.get().email == drop.email
    assert client.get(f"{keep.get_absolute_url()}?scheda=storia").status_code == 200
    undo = reverse("beneficiaries:merge_undo", args=[merged.pk])
    assert client.get(undo).context["reasons"] == []
    client.post(undo)
    assert Person.objects.count() == 2


def test_two_people_are_remembered_as_two_and_looked_at_again(client, coordinator):
    known()
    known()
    pair = TwinPair.objects.get()
    client.post(reverse("beneficiaries:twins_not_same", args=[pair.pk]))
    pair.refresh_from_db()
    assert (pair.state, pair.decided_by) == ("not_same", coordinator)
    assert client.get(reverse("beneficiaries:twins")).context["count"] == 0
    assert client.get(f"{reverse('beneficiaries:twins')}?stato=not_same").context["count"] == 1
    client.post(reverse("beneficiaries:twins_again", args=[pair.pk]))
    pair.refresh_from_db()
    assert (pair.state, pair.decided_by) == ("suspected", None)


def test_what_must_be_solved_first_is_listed(client, coordinator):
    keep, drop = known(), known()
    for person in (keep, drop):
        ApplicationFactory(person=person, interview=True)
    url = reverse("beneficiaries:compare", args=[keep.pk, drop.pk])
    lines = client.get(url).context["form"].lines
    typed = {line.name: line.chosen or "keep" for line in lines if line.differs} | {"looked": "on"}
    assert client.post(url, {**typed, "application": ""}).context["form"].errors.keys() == {"application"}
    assert client.post(url, typed).status_code == 302


def test_my_own_file_is_not_mine_to_merge(client, coordinator):
    mine, other = known(user=coordinator), known()
    assert client.get(reverse("beneficiaries:compare", args=[mine.pk, other.pk])).status_code == 403
