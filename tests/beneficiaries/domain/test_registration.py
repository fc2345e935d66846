"""From the answers to an application that waits for a caseworker."""

from datetime import UTC, date, datetime, timedelta

import pytest

from beneficiaries.domain.account import claim
from beneficiaries.domain.registration import Answers, register, send_receipt
from beneficiaries.domain.search import matching
from beneficiaries.domain.twins import look_alikes
from beneficiaries.models import Application, Person, Screening
from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.accounts.models import AccessLink, User
from oltreiperimetri.audit.models import AuditEntry
from oltreiperimetri.reminders.models import Message
from oltreiperimetri.shared.errors import DomainError
from oltreiperimetri.shared.models import Municipality
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO, ApplicationFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
TAX_CODE = "CLMTRS75C50F205F"
Channel = Application.Channel


def answers(**changes) -> Answers:
    told = {
        "first_name": "Teresa",
        "last_name": "Colombo",
        "birth_date": date(1975, 3, 10),
        "sex": "F",
        "email": "teresa@example.org",
        "phone": "+39 347 123 4567",
        "municipality": Municipality.objects.get(pk=RHO),
        "working_now": False,
        "last_job_ended_on": date(2026, 3, 31),
        "loss_reason": "dismissal",
        "notice_version": "2026-11-01",
    }
    return Answers(**told | changes)


def registered(**changes) -> Application:
    by, channel = changes.pop("by", None), changes.pop("channel", Channel.ONLINE)
    return register(answers(**changes), channel=channel, by=by, now=NOW)


def test_the_whole_story_is_written_down_at_once():
    application = registered()
    person = application.person
    assert (application.number, application.state, application.due_on) == ("ORF-2026-0001", "received", date(2026, 12, 9))
    assert (application.notice_version, application.notice_at, application.filled_by) == ("2026-11-01", NOW, None)
    assert person.user.roles == {Role.BENEFICIARY}
    assert list(matching(Person.objects.all(), "colombo ter")) == [person]
    assert application.screenings.get().outcome == Screening.Outcome.ELIGIBLE
    assert set(AuditEntry.objects.values_list("action", flat=True)) == {"create_account", "register", "screen"}


def test_almost_nothing_is_enough_to_register():
    application = register(Answers(first_name="Ugo", last_name="Villa"), channel=Channel.ONLINE, by=None, now=NOW)
    assert application.person.user is None
    assert application.screenings.get().outcome == Screening.Outcome.TO_ASSESS


def test_nobody_is_turned_away_whatever_the_screening_says():
    application = registered(birth_date=date(2000, 1, 1), working_now=True)
    assert (application.state, application.screenings.get().outcome) == ("received", "not_eligible")


def test_numbers_run_within_a_year_and_begin_again_with_the_next():
    ApplicationFactory(number="ORF-2025-0041")
    new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # already 2027 in Rome
    numbers = [
        register(answers(email=""), channel=Channel.ONLINE, by=None, now=now).number
        for now in (NOW - timedelta(days=400), NOW, NOW, new_year)
    ]
    assert numbers == ["ORF-2025-0042", "ORF-2026-0001", "ORF-2026-0002", "ORF-2027-0001"]


def test_no_mail_leaves_until_the_receipt_is_sent():
    application = registered()
    assert not Message.objects.exists()
    send_receipt(application, now=NOW)
    send_receipt(application, now=NOW)
    assert list(Message.objects.values_list("recipient", "template")) == [("teresa@example.org", "beneficiaries/receipt")]


def test_without_an_address_there_is_no_receipt_by_mail():
    send_receipt(registered(email=""), now=NOW)
    assert not Message.objects.exists()


def test_a_caseworker_is_written_down_as_who_filled_it_in():
    caseworker = UserFactory(caseworker=True)
    application = registered(by=caseworker, channel=Channel.DESK)
    assert (application.filled_by, application.channel) == (caseworker, "desk")
    entry = AuditEntry.objects.get(action="register")
    assert (entry.actor, entry.on_behalf_of) == (caseworker, application.person.audit_key)


def test_an_address_with_an_account_is_never_joined_in_silence():
    owner = UserFactory(citizen=True, email="teresa@example.org")
    application = registered(email="Teresa@example.org")
    send_receipt(application, now=NOW)
    assert application.person.user is None
    assert owner.roles == {Role.CITIZEN}
    assert AccessLink.objects.get().subject_id == application.pk

    claim(application, by=owner, now=NOW)
    assert Person.objects.get().user == owner
    assert User.objects.get().has_role(Role.BENEFICIARY)


def test_only_the_owner_of_the_address_may_join_it_and_only_once():
    UserFactory(email="teresa@example.org")
    application = registered()
    with pytest.raises(DomainError) as refusal:
        claim(application, by=UserFactory(), now=NOW)
    assert refusal.value.code == "not_yours"


def test_an_account_that_already_has_a_path_is_not_overwritten():
    first = registered()
    second = registered()
    assert second.person != first.person
    with pytest.raises(DomainError) as refusal:
        claim(second, by=first.person.user, now=NOW)
    assert refusal.value.code == "has_person"


def test_who_is_signed_in_and_writes_their_own_address_keeps_their_account():
    citizen = UserFactory(citizen=True, email="teresa@example.org")
    application = registered(by=citizen)
    assert application.person.user == citizen
    assert application.filled_by is None
    assert User.objects.get().roles == {Role.CITIZEN, Role.BENEFICIARY}


def test_who_registers_somebody_else_while_signed_in_does_not_get_their_path():
    daughter = UserFactory(citizen=True)
    application = registered(by=daughter)
    assert application.person.user.email == "teresa@example.org"
    assert application.filled_by == daughter


def test_a_second_application_of_their_own_waits_until_the_first_is_closed():
    first = registered()
    user = first.person.user
    with pytest.raises(DomainError) as refusal:
        registered(by=user)
    assert refusal.value.code == "already_open"

    Application.objects.update(state="withdrawn", decided_at=NOW, ball="", due_on=None)
    second = registered(by=user, first_name="Maria Teresa", phone="", municipality=None, other_town="Novara")
    assert (second.person, second.number) == (first.person, "ORF-2026-0002")
    person = Person.objects.get()
    assert (person.first_name, person.phone) == ("Maria Teresa", "+39 347 123 4567")
    assert (person.municipality, person.other_town) == (None, "Novara")


def test_a_tax_code_already_here_is_accepted_and_shown_to_staff_as_perhaps_the_same():
    first = registered(tax_code=TAX_CODE)
    second = registered(tax_code=TAX_CODE, first_name="Resi", email="", phone="")
    assert second.person.tax_code == TAX_CODE
    assert second.person.tax_code_index is None
    assert list(look_alikes(second.person)) == [first.person]
