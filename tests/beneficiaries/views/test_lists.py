import pytest
from django.urls import reverse

from beneficiaries.domain.search import index_person
from beneficiaries.models import Application, SavedView
from oltreiperimetri.audit.models import AuditEntry
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO, ApplicationFactory, PersonFactory, ScreeningFactory
from tests.factories.beneficiaries_lists import SavedViewFactory

pytestmark = pytest.mark.django_db
LIST, PEOPLE = "/domande/", "/persone/"


@pytest.fixture
def caseworker(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    user = UserFactory(caseworker=True, towns=[RHO])
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def outcomes(response):
    return [row.outcome for row, _label, _tone in response.context["rows"]]


def test_without_the_right_a_list_is_no_file_and_has_no_button(client, caseworker):
    ApplicationFactory()
    caseworker.may_export = False
    caseworker.save()

    for address in (LIST, PEOPLE):
        assert b"formato=csv" not in client.get(address).content
        assert client.get(address, {"formato": "csv"}).status_code == 403
    assert not AuditEntry.objects.filter(action="export").exists()


def test_a_file_is_written_down_with_its_filters_and_rows(client, caseworker):
    ApplicationFactory.create_batch(3)
    body = b"".join(client.get(LIST, {"formato": "csv", "stato": "received"}).streaming_content)
    assert body.count(b"\r\n") == 4
    assert AuditEntry.objects.get(action="export").changes == {"filters": {"stato": "received"}}
    assert AuditEntry.objects.get(action="export_rows").changes == {"rows": 3}


def test_a_view_keeps_filters_but_never_a_searched_name(client, caseworker):
    data = {"list": "people", "name": "Rho ammessi", "query": "q=Bianchi&comune=015182&page=3&stato=admitted&posta="}
    client.post(reverse("beneficiaries:view_save"), data)
    view = SavedView.objects.get()
    assert (view.owner, view.query) == (caseworker, "comune=015182&stato=admitted")


def test_the_default_view_opens_first_and_can_be_left(client, caseworker):
    SavedViewFactory(owner=caseworker, is_default=True, query="stato=received")
    assert client.get(LIST)["Location"] == f"{LIST}?stato=received"
    assert client.get(LIST, {"vista": "tutte"}).status_code == 200


def test_a_shared_view_is_seen_by_all_and_deleted_by_its_owner_only(client, caseworker):
    shared, private = SavedViewFactory(is_shared=True), SavedViewFactory()
    assert client.get(LIST).context["views"] == [shared]
    for view in (shared, private):
        assert client.post(reverse("beneficiaries:view_delete", args=[view.pk])).status_code == 404
    assert SavedView.objects.count() == 2


def test_a_batch_says_what_became_of_each_row(client, caseworker):
    fresh, decided = ApplicationFactory(), ApplicationFactory(admitted=True)
    chosen = [fresh.pk, decided.pk, 999999]
    response = client.post(reverse("beneficiaries:batch"), {"atto": "esame", "chosen": chosen})
    assert outcomes(response) == ["done", "refused", "gone"]
    fresh.refresh_from_db()
    assert (fresh.state, fresh.owner) == (Application.State.IN_REVIEW, caseworker)


def test_several_go_to_the_waiting_list_with_the_same_words(client, caseworker):
    ready = ApplicationFactory(in_review=True)
    ScreeningFactory(application=ready)
    against = ApplicationFactory(in_review=True)
    data = {"atto": "lista-attesa", "chosen": [ready.pk, against.pk]}

    asked = client.post(reverse("beneficiaries:batch"), data)
    assert asked.context["form"].initial["chosen"] == [ready.pk, against.pk]
    response = client.post(reverse("beneficiaries:batch"), data | {"message": "Sei in lista d’attesa."})

    assert outcomes(response) == ["done", "refused"]
    ready.refresh_from_db()
    assert ready.state == Application.State.WAITING_LIST
    assert ready.person.notices.get().body.startswith("Sei in lista")


def test_ticking_sends_to_the_page_of_invitations(client, caseworker):
    application = ApplicationFactory()
    response = client.post(reverse("beneficiaries:batch"), {"atto": "invita", "chosen": [application.pk]})
    assert response["Location"] == f"{reverse('beneficiaries:appointment_invite')}?persona={application.person_id}"


@pytest.mark.parametrize("searched", ["D'Angelo", "D’ANGELO", "d angelo", "dangelo", "niccolo'", "Niccolò", "NICCOLO"])
def test_names_are_found_whatever_accents_case_and_apostrophes(client, caseworker, searched):
    person = PersonFactory(first_name="Niccolò", last_name="D'Angelo")
    index_person(person)
    index_person(PersonFactory(first_name="Mario", last_name="Bianchi"))
    assert client.get(PEOPLE, {"q": searched}).context["page_obj"].object_list == [person]
