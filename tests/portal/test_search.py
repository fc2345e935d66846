import pytest
from django.urls import reverse

from beneficiaries.domain.search import index_person
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO, NoteFactory, PersonFactory
from tests.factories.orafo import CohortFactory

pytestmark = pytest.mark.django_db
URL = reverse("portal:search")


@pytest.fixture
def caseworker(client):
    user = UserFactory(caseworker=True, towns=[RHO])
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def test_people_are_found_within_reach_only(client, caseworker):
    near, far = PersonFactory(last_name="Cattaneo"), PersonFactory(last_name="Cattaneo", municipality_id="015170")
    index_person(near)
    index_person(far)
    assert client.get(URL, {"q": "cattaneo"}).context["people"] == {"items": [near], "has_more": False}


def test_groups_are_found_within_reach_only(client, caseworker):
    near, _far = CohortFactory(name="Gruppo Ulivo"), CohortFactory(name="Ulivo di Pero", municipality_id="015170")
    assert client.get(URL, {"q": "ulivo"}).context["cohorts"] == {"items": [near], "has_more": False}


def test_notes_are_never_searched(client, caseworker):
    note = NoteFactory(text="Parola unica", title="Parola unica")
    index_person(note.person)
    assert client.get(URL, {"q": "parola"}).context["people"]["items"] == []


def test_an_empty_box_searches_nothing_and_one_letter_is_too_few(client, caseworker):
    assert "people" not in client.get(URL).context
    assert client.get(URL, {"q": "a"}).context["too_short"]
