import pytest
from django.urls import reverse

from beneficiaries.domain.search import index_person
from beneficiaries.models import Note, Notice, Person
from oltreiperimetri.audit.models import AuditEntry
from oltreiperimetri.reminders.models import Message
from oltreiperimetri.shared.desk import Tab
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO, ApplicationFactory, NoteFactory, NoticeFactory, PersonFactory

pytestmark = pytest.mark.django_db
LIST = reverse("beneficiaries:people")
PERO = "015170"


def sign_in(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


@pytest.fixture
def caseworker(client):
    return sign_in(client, UserFactory(caseworker=True, towns=[RHO]))


def indexed(**kwargs):
    person = PersonFactory(**kwargs)
    index_person(person)
    return person


def names(client, **query):
    return [str(person) for person in client.get(LIST, query).context["page_obj"].object_list]


def test_people_are_found_within_reach_by_name_town_and_state(client, caseworker):
    niccolo = indexed(first_name="Niccolò", last_name="D'Angelo")
    indexed(first_name="Niccolò", last_name="Lontano", municipality_id=PERO)
    indexed(first_name="Anna", last_name="Bianchi")
    ApplicationFactory(person=niccolo, in_review=True)
    assert names(client, q="niccolo dangelo") == ["Niccolò D'Angelo"]
    assert names(client, comune=RHO) == ["Anna Bianchi", "Niccolò D'Angelo"]
    assert names(client, stato="in_review") == ["Niccolò D'Angelo"]
    assert names(client, stato="nessuna") == ["Anna Bianchi"]


def test_an_export_keeps_the_searched_name_out_of_the_log(client, caseworker):
    indexed(last_name="Segretissimi")
    response = client.get(LIST, {"q": "segretissimi", "formato": "csv"})
    assert "Segretissimi" in b"".join(response.streaming_content).decode("utf-8-sig")
    assert "segretissimi" not in str(AuditEntry.objects.get(action="export").changes)


def test_changed_contacts_are_saved_findable_and_logged_by_name_only(client, caseworker):
    person = indexed(phone="+39 02 1111111")
    url = reverse("beneficiaries:contacts", args=[person.pk])
    client.post(url, {"email": "Nuova@Example.org", "phone": "333 7654321", "address": "", "contact_by": ""})
    person.refresh_from_db()
    assert (person.email, person.phone) == ("nuova@example.org", "+39 333 765 4321")
    assert names(client, q="333 765") == [str(person)]
    assert AuditEntry.objects.get(action="change_contacts").changes == {"fields": ["email", "phone"]}


def test_a_wrong_phone_is_said_and_nothing_typed_is_lost(client, caseworker):
    person = indexed()
    url = reverse("beneficiaries:contacts", args=[person.pk])
    response = client.post(url, {"email": "non-valida", "phone": "12", "address": "Via Meda 1"})
    assert set(response.context["form"].errors) == {"email", "phone"}
    assert "Via Meda 1" in response.content.decode()


def test_a_shared_note_is_read_by_the_team_and_a_private_one_by_its_author(client, caseworker):
    person = indexed()
    client.post(reverse("beneficiaries:note_new", args=[person.pk]), {"title": "Turni", "text": "Solo mattina"})
    client.post(
        reverse("beneficiaries:note_new", args=[person.pk]), {"title": "Mia", "text": "Da capire", "is_private": "on"}
    )
    mine = client.get(person.tab_url(Tab.NOTES)).content.decode()
    sign_in(client, UserFactory(coordinator=True))
    theirs = client.get(person.tab_url(Tab.NOTES)).content.decode()
    assert "Solo mattina" in mine
    assert "Da capire" in mine
    assert "Solo mattina" in theirs
    assert "Da capire" not in theirs
    assert "Mia" not in theirs


def test_notes_are_encrypted_in_the_database(caseworker):
    from django.db import connection

    NoteFactory(text="parolasegreta", title="titolosegreto")
    with connection.cursor() as cursor:
        cursor.execute("SELECT title, text FROM beneficiaries_note")
        assert "segret" not in str(cursor.fetchall())


def test_only_the_author_corrects_a_note(client, caseworker):
    person = indexed()
    mine, theirs = NoteFactory(person=person, author=caseworker), NoteFactory(person=person)
    corrected = {"title": "Turni", "text": "Anche sera"}
    assert client.post(reverse("beneficiaries:note_edit", args=[mine.pk]), corrected).status_code == 302
    assert client.post(reverse("beneficiaries:note_edit", args=[theirs.pk]), corrected).status_code == 404
    assert sorted(note.text for note in Note.objects.all()) == ["Anche sera", "Preferisce lavorare al mattino."]


def test_a_message_leaves_by_mail_or_becomes_a_call(client, caseworker):
    with_mail, without = indexed(), indexed(email="")
    for person in (with_mail, without):
        client.post(reverse("beneficiaries:write", args=[person.pk]), {"subject": "Ciao", "body": "Ti aspettiamo."})
    assert list(Message.objects.values_list("recipient", flat=True)) == [with_mail.email]
    assert [notice.person for notice in client.get(reverse("beneficiaries:calls")).context["page_obj"]] == [without]


def test_a_call_made_leaves_the_list_and_is_recorded_once(client, caseworker):
    notice = NoticeFactory(delivery=Notice.Delivery.CALL)
    url = reverse("beneficiaries:called", args=[notice.pk])
    client.post(url)
    client.post(url)
    notice.refresh_from_db()
    assert notice.called_by == caseworker
    assert client.get(reverse("beneficiaries:calls")).context["count"] == 0
    assert AuditEntry.objects.filter(action="tell_by_phone").count() == 1


def test_a_participant_does_not_reach_the_lists(client):
    person = PersonFactory(user=UserFactory(beneficiary=True))
    sign_in(client, person.user)
    assert client.get(LIST).status_code == 403
    assert Person.objects.visible_to(person.user).get() == person
