from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from beneficiaries.domain.search import index_person
from beneficiaries.models import ContactEntry
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO, PersonFactory
from tests.factories.beneficiaries_work import ContactEntryFactory

pytestmark = pytest.mark.django_db
PAGE, LIST = reverse("beneficiaries:contact_log"), reverse("beneficiaries:contact_list")
PERO = "015170"


@pytest.fixture
def caseworker(client):
    user = UserFactory(caseworker=True, towns=[RHO])
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def known(**kwargs):
    person = PersonFactory(**kwargs)
    index_person(person)
    return person


def press(client, what, url=PAGE, **fields):
    return client.post(url, {"what": what, "place": RHO, "day": timezone.localdate().strftime("%d/%m/%Y")} | fields)


def test_place_and_day_are_there_and_one_tap_writes_the_line(client, caseworker):
    press(client, "cafe", place=PERO)
    form = client.get(PAGE).context["form"]
    shown = {name: form[name].value() for name in ("place", "day", "minutes")}
    response = press(client, "consultation-work", place=shown["place"])
    entry = ContactEntry.objects.latest("pk")
    assert (entry.kind, entry.topic, entry.place_id, entry.by) == ("consultation", "work", PERO, caseworker)
    assert (entry.day, entry.person, entry.minutes) == (timezone.localdate(), None, None)
    assert response["Location"] == f"{PAGE}?fatto={entry.pk}"
    assert client.get(response["Location"]).context["just"] == entry


def test_it_is_undone_at_once(client, caseworker):
    press(client, "call")
    entry = ContactEntry.objects.get()
    assert client.get(PAGE).context["last"][0].may_take_back
    client.post(reverse("beneficiaries:contact_take_back", args=[entry.pk]))
    assert not ContactEntry.objects.exists()


def test_a_name_that_is_one_persons_is_enough(client, caseworker):
    known(first_name="Niccolò", last_name="D'Angelo")
    known(first_name="Anna", last_name="Bianchi")
    press(client, "call", chi="niccolo dangelo", minutes="10")
    entry = ContactEntry.objects.get()
    assert (str(entry.person), entry.minutes) == ("Niccolò D'Angelo", 10)


def test_of_namesakes_one_is_chosen_and_nothing_typed_is_lost(client, caseworker):
    first, second = known(last_name="Bianchi"), known(last_name="Bianchi")
    known(last_name="Bianchi", municipality_id=PERO)
    response = press(client, "desk", chi="bianchi", minutes="15")
    assert not ContactEntry.objects.exists()
    assert set(response.context["namesakes"]) == {first, second}
    assert (response.context["pressed"], response.context["form"]["minutes"].value()) == ("desk", "15")
    press(client, "desk", chi="bianchi", minutes="15", person=second.pk)
    assert ContactEntry.objects.get().person == second


def test_nobody_of_that_name_is_said_beside_the_field(client, caseworker):
    response = press(client, "call", chi="nessunissimo")
    assert list(response.context["form"].errors) == ["chi"]


@pytest.mark.parametrize(("fields", "wrong"), [
    ({"what": "party"}, "what"),
    ({"what": ""}, "what"),
    ({"place": ""}, "place"),
    ({"place": "058091"}, "place"),
    ({"day": "31/2/2026"}, "day"),
    ({"minutes": "0"}, "minutes"),
    ({"minutes": "601"}, "minutes"),
])  # fmt: skip
def test_what_cannot_be_is_refused_beside_its_field(fields, wrong, client, caseworker):
    fields = dict(fields)
    response = press(client, fields.pop("what", "call"), **fields)
    assert list(response.context["form"].errors) == [wrong]
    assert not ContactEntry.objects.exists()


def test_tomorrow_is_refused(client, caseworker):
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert press(client, "call", day=tomorrow.strftime("%d/%m/%Y")).context["form"].errors


def test_from_a_persons_page_the_person_is_there_and_out_of_reach_is_nobody(client, caseworker):
    person, far = PersonFactory(), PersonFactory(municipality_id=PERO)
    assert client.get(PAGE, {"persona": person.pk}).context["person"] == person
    assert client.get(PAGE, {"persona": far.pk}).context["person"] is None
    assert client.get(PAGE, {"persona": "²"}).status_code == 200
    press(client, "call", url=f"{PAGE}?persona={person.pk}", person=person.pk)
    assert press(client, "call", person=far.pk).context["form"].errors
    assert ContactEntry.objects.get().person == person


def shown(client, **query):
    return [entry.pk for entry in client.get(LIST, query).context["page_obj"].object_list]


def test_the_list_filters_by_what_where_when_and_who(client, caseworker):
    today = timezone.localdate()
    old = ContactEntryFactory(kind="cafe", day=today - timedelta(days=40))
    advice = ContactEntryFactory(kind="consultation", topic="family", day=today)
    own = ContactEntryFactory(kind="call", place_id=PERO, by=caseworker, day=today - timedelta(days=1))
    assert shown(client) == [advice.pk, own.pk, old.pk]
    assert shown(client, tipo="cafe") == [old.pk]
    assert shown(client, tema="family") == [advice.pk]
    assert shown(client, luogo=PERO) == shown(client, chi="io") == [own.pk]
    assert shown(client, dal=(today - timedelta(days=1)).strftime("%d/%m/%Y")) == [advice.pk, own.pk]
    assert shown(client, al=(today - timedelta(days=1)).strftime("%d/%m/%Y")) == [own.pk, old.pk]
    assert shown(client, tipo="party") == []


def test_the_file_holds_what_the_list_shows(client, caseworker):
    ContactEntryFactory(kind="cafe", age_band="50_59")
    ContactEntryFactory(kind="call")
    response = client.get(LIST, {"tipo": "cafe", "formato": "csv"})
    assert len(b"".join(response.streaming_content).decode().splitlines()) == 2


def test_pages_cost_the_same_with_one_line_and_with_three(client, caseworker):
    def costs():
        found = []
        for url in (PAGE, LIST):
            with CaptureQueriesContext(connection) as queries:
                client.get(url)
            found.append(len(queries))
        return found

    ContactEntryFactory(by=caseworker, person=PersonFactory())
    client.get(PAGE)
    one = costs()
    for _time in range(2):
        ContactEntryFactory(by=caseworker, person=PersonFactory())
    assert costs() == one
