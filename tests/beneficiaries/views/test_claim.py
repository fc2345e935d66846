"""A page begun by the office becomes the person's own."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from beneficiaries.domain.claimed_account import hand_over
from beneficiaries.domain.registration import Answers, register_assisted
from beneficiaries.models import Application, Person
from oltreiperimetri.accounts.models import AccessLink, User
from oltreiperimetri.audit.models import AuditEntry
from oltreiperimetri.reminders.models import Message
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO, PersonFactory

pytestmark = pytest.mark.django_db
CODE, CLAIM = reverse("beneficiaries:claim_code"), reverse("beneficiaries:claim")
BORN = date(1975, 3, 10)
NO_PERSON = {"email": "", "user": None}


def sign_in(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


@pytest.fixture
def caseworker():
    return UserFactory(caseworker=True, towns=[RHO])


def handed(person, caseworker, **fields):
    return hand_over(person, by=caseworker, now=timezone.now(), **fields)


def test_complaint_7_what_the_office_made_and_what_the_person_makes_is_one_record(client, caseworker):
    """CiviForm 1506, 7767, 2561: two accounts that never join. From the desk to the own page, with a new account."""
    answers = Answers(first_name="Ugo", last_name="Villa", birth_date=BORN, notice_version="1")
    application = register_assisted(answers, channel=Application.Channel.DESK, by=caseworker, now=timezone.now())
    access = handed(application.person, caseworker)
    assert client.post(CODE, {"code": access.code.lower().replace("-", " ")}).url == CLAIM
    page = client.get(CLAIM)
    assert "Villa" not in page.content.decode()
    new = {"email": "ugo@example.org", "password1": "lago-verde-montagna-9", "next": CLAIM}
    client.post(reverse("account_signup"), new)
    number = re.search(r"\b\d{6}\b", mail.outbox[-1].body).group()
    proven = client.post(reverse("account_email_verification_sent"), {"code": number})
    assert proven.url == CLAIM
    assert client.post(CLAIM, {"birth_date": "10/3/1975"}).url == reverse("portal:my_path")
    person = Person.objects.get()
    assert (person.user.email, person.email, list(person.applications.all())) == (
        "ugo@example.org",
        "ugo@example.org",
        [application],
    )
    assert client.get(reverse("portal:my_path")).context["person"] == person
    assert Message.objects.get().recipient == "ugo@example.org"
    assert AuditEntry.objects.get(action="claim").on_behalf_of == person.audit_key


def test_an_account_of_before_takes_over_the_page_by_the_link(client, caseworker):
    person = PersonFactory(**NO_PERSON)
    access = handed(person, caseworker)
    sign_in(client, UserFactory(citizen=True))
    client.get(reverse("beneficiaries:claim_link", args=[access.link.split("/")[-2]]))
    client.post(CLAIM, {"birth_date": "10/3/1975"})
    person.refresh_from_db()
    assert person.user.has_role("beneficiary")


def test_code_and_link_work_once_and_a_new_one_ends_the_old(client, caseworker):
    person = PersonFactory(**NO_PERSON)
    old = handed(person, caseworker)
    access = handed(person, caseworker)
    assert client.post(CODE, {"code": old.code}).context["form"].errors
    sign_in(client, UserFactory(citizen=True))
    client.post(CODE, {"code": access.code})
    client.post(CLAIM, {"birth_date": "10/3/1975"})
    sign_in(client, UserFactory(citizen=True))
    assert client.post(CODE, {"code": access.code}).context["form"].errors
    assert client.get(reverse("beneficiaries:claim_link", args=[access.link.split("/")[-2]])).url == CLAIM
    assert client.get(CLAIM).url == CODE
    assert not AccessLink.objects.filter(used_at=None, revoked_at=None).exists()


def test_wrong_used_and_expired_codes_are_answered_alike(client, caseworker, time_machine):
    """Nobody learns from the answer whether somebody is known here."""
    access = handed(PersonFactory(**NO_PERSON), caseworker)
    taken = handed(PersonFactory(**NO_PERSON), caseworker)
    Person.objects.filter(pk=Person.objects.last().pk).update(user=UserFactory())
    answers = [client.post(CODE, {"code": code}).context["form"].errors for code in ("AAAA-AAAA-AAAA", taken.code)]
    time_machine.move_to(timezone.now() + timedelta(days=30, minutes=1))
    answers.append(client.post(CODE, {"code": access.code}).context["form"].errors)
    assert answers[0] == answers[1] == answers[2] != {}


def test_a_sheet_found_by_somebody_else_opens_nothing(client, caseworker):
    person = PersonFactory(**NO_PERSON)
    access = handed(person, caseworker)
    sign_in(client, UserFactory(citizen=True))
    client.post(CODE, {"code": access.code})
    for _try in range(5):
        assert set(client.post(CLAIM, {"birth_date": "11/3/1975"}).context["form"].errors) == {"birth_date"}
    assert client.post(CLAIM, {"birth_date": "10/3/1975"}).status_code == 429
    person.refresh_from_db()
    assert person.user is None


def test_without_a_date_of_birth_in_the_file_none_is_asked(client, caseworker):
    person = PersonFactory(**NO_PERSON, birth_date=None)
    access = handed(person, caseworker)
    user = sign_in(client, UserFactory(citizen=True))
    client.post(CODE, {"code": access.code})
    assert not client.get(CLAIM).context["form"].fields
    client.post(CLAIM)
    person.refresh_from_db()
    assert person.user == user


def test_the_office_itself_and_who_has_a_page_already_are_sent_elsewhere(client, caseworker):
    person = PersonFactory(**NO_PERSON)
    access = handed(person, caseworker)
    for user in (caseworker, PersonFactory(user=UserFactory(beneficiary=True)).user):
        sign_in(client, user)
        client.post(CODE, {"code": access.code})
        page = client.post(CLAIM, {"birth_date": "10/3/1975"})
        assert page.context["form"].non_field_errors()
    person.refresh_from_db()
    assert person.user is None
    assert AccessLink.objects.filter(used_at=None, revoked_at=None).count() == 2  # nothing was used up


def test_an_address_written_by_the_office_stays_and_hears_of_it(client, caseworker):
    person = PersonFactory(user=None, email="figlia@example.org")
    access = handed(person, caseworker)
    sign_in(client, UserFactory(citizen=True))
    client.post(CODE, {"code": access.code})
    client.post(CLAIM, {"birth_date": "10/3/1975"})
    person.refresh_from_db()
    assert person.email == "figlia@example.org"
    assert Message.objects.get().recipient == "figlia@example.org"


@pytest.mark.parametrize(("way", "status"), [("foglio", 200), ("link", 200), ("posta", 302)])
def test_the_caseworker_prints_shows_or_sends_the_access(client, caseworker, way, status):
    sign_in(client, caseworker)
    person = PersonFactory(user=None)
    url = reverse("beneficiaries:hand_over", args=[person.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"come": way}).status_code == status
    assert AccessLink.objects.filter(purpose="claim", subject_id=person.pk).count() == 2
    assert Message.objects.count() == (way == "posta")


def test_without_an_address_no_link_is_sent_and_with_an_account_none_is_needed(client, caseworker):
    sign_in(client, caseworker)
    person = PersonFactory(**NO_PERSON)
    url = reverse("beneficiaries:hand_over", args=[person.pk])
    assert client.post(url, {"come": "posta"}).url == url
    assert not AccessLink.objects.exists()
    person.user = User.objects.first()
    person.save()
    assert client.get(url).status_code == 404


def test_no_code_is_kept_readable(caseworker):
    access = handed(PersonFactory(**NO_PERSON), caseworker)
    kept = " ".join(AccessLink.objects.values_list("token_hash", flat=True))
    assert access.code not in kept
    assert access.link.split("/")[-2] not in kept
