"""A partner sends somebody and sees how far it is; the office calls, registers, joins or closes."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from beneficiaries.desk import organisation_panels, person_records
from beneficiaries.domain.inbound_referral import bring_into_path, waiting_for
from beneficiaries.domain.search import index_person
from beneficiaries.models import Application, InboundReferral
from oltreiperimetri.audit.models import AuditEntry
from oltreiperimetri.reminders.models import Message
from oltreiperimetri.shared.errors import DomainError
from partners.enums import Kind
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO, PersonFactory
from tests.factories.beneficiaries_papers import InboundReferralFactory
from tests.factories.partners import PERO, ContactFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
MINE, NEW = reverse("beneficiaries:my_referrals"), reverse("beneficiaries:my_referral_new")
QUEUE = reverse("beneficiaries:inbound_referrals")
State = InboundReferral.State


def sign_in(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


@pytest.fixture
def body():
    return OrganisationFactory(name="Centro di ascolto", kind=Kind.ASSOCIATION, may_refer=True)


@pytest.fixture
def volunteer(body):
    return ContactFactory(organisation=body, user=UserFactory(firm_contact=True)).user


@pytest.fixture
def caseworker():
    return UserFactory(caseworker=True, towns=[RHO])


def told(body, **changes):
    return {
        "organisation": body.pk,
        "first_name": "Ines",
        "last_name": "Moretti",
        "phone": "347 123 4567",
        "town": RHO,
        "why": "Ha perso il lavoro in primavera",
        "agrees": "on",
    } | changes


def url(name, referral, *args):
    return reverse(f"beneficiaries:inbound_{name}", args=[referral.pk, *args])


def test_a_partner_sends_somebody_who_agreed_and_sees_how_far_it_is(client, body, volunteer):
    sign_in(client, volunteer)
    assert client.post(NEW, told(body)).url == MINE
    referral = InboundReferral.objects.get()
    assert (referral.organisation, referral.sent_by, referral.state) == (body, volunteer, State.RECEIVED)
    assert list(client.get(MINE).context["page_obj"]) == [referral]
    with connection.cursor() as cursor:
        cursor.execute("SELECT why FROM beneficiaries_inboundreferral")
        assert "primavera" not in str(cursor.fetchall())


def test_without_the_persons_agreement_or_any_contact_nobody_is_sent(client, body, volunteer):
    sign_in(client, volunteer)
    page = client.post(NEW, told(body, agrees="", phone=""))
    assert set(page.context["form"].errors) == {"agrees", "phone"}
    assert not InboundReferral.objects.exists()


def test_somebody_sent_twice_is_one_and_the_answer_is_the_same(client, body, volunteer):
    sign_in(client, volunteer)
    first = client.post(NEW, told(body))
    again = client.post(NEW, told(body, first_name="INÈS", phone="+39 3471234567"))
    assert (first.status_code, first.url) == (again.status_code, again.url)
    messages = [str(message) for message in client.get(MINE).context["messages"]]
    assert len(messages) == 2
    assert messages[0] == messages[1]
    assert InboundReferral.objects.count() == 1


def test_somebody_already_in_a_path_is_answered_like_anybody_else(client, body, volunteer, caseworker):
    sign_in(client, volunteer)
    client.post(NEW, told(body))
    bring_into_path(InboundReferral.objects.get(), PersonFactory(), by=caseworker, now=timezone.now())
    assert client.post(NEW, told(body)).url == MINE
    assert InboundReferral.objects.count() == 1


def test_a_partner_sees_nobody_sent_by_others_and_no_word_of_the_path(client, body, volunteer, caseworker):
    others = InboundReferralFactory(last_name="Altrui")
    own = InboundReferralFactory(organisation=body, last_name="Moretti", why="parolasegreta")
    bring_into_path(own, PersonFactory(last_name="Vero", phone="02 999"), by=caseworker, now=timezone.now())
    sign_in(client, volunteer)
    page = client.get(MINE).content.decode()
    assert "Moretti" in page
    for hidden in ("Altrui", "parolasegreta", "Vero", "02 999", own.phone):
        assert hidden not in page
    assert client.get(url("referral", others)).status_code == 403


@pytest.mark.parametrize("change", [{"may_refer": False}, {"state": "suspended"}])
def test_only_bodies_accredited_for_it_send_people(client, body, volunteer, change):
    for name, value in change.items():
        setattr(body, name, value)
    body.save()
    sign_in(client, volunteer)
    assert client.get(MINE).status_code == client.get(NEW).status_code == 404
    assert client.post(NEW, told(body)).status_code == 404
    assert organisation_panels(body, volunteer, today=timezone.localdate()) == []


def test_nobody_sends_on_behalf_of_a_body_that_is_not_theirs(client, body, volunteer):
    sign_in(client, volunteer)
    page = client.post(NEW, told(OrganisationFactory(may_refer=True)))
    assert set(page.context["form"].errors) == {"organisation"}


def test_the_queue_shows_the_own_towns_the_oldest_first_and_how_long_they_wait(client, caseworker):
    sign_in(client, caseworker)
    now = timezone.now()
    new = InboundReferralFactory(sent_at=now)
    late = InboundReferralFactory(sent_at=now - timedelta(days=8))
    InboundReferralFactory(municipality_id=PERO)
    closed = InboundReferralFactory(state=State.CLOSED)
    page = client.get(QUEUE).context
    assert [(one, one.age, one.is_late) for one in page["page_obj"]] == [(late, 8, True), (new, 0, False)]
    assert list(client.get(QUEUE, {"stato": "closed"}).context["page_obj"]) == [closed]
    assert set(waiting_for(caseworker)) == {new, late}


def test_the_queue_costs_the_same_with_one_and_three_rows(client, caseworker):
    sign_in(client, caseworker)
    costs = []
    for _more in range(2):
        InboundReferralFactory.create_batch(1 + _more)
        with CaptureQueriesContext(connection) as queries:
            client.get(QUEUE)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_from_the_queue_the_person_is_registered_with_what_the_partner_told(client, body, volunteer, caseworker):
    referral = InboundReferralFactory(organisation=body, sent_by=volunteer, tells_referrer=True, email="ines@example.org")
    sign_in(client, caseworker)
    page = reverse("beneficiaries:assisted") + f"?segnalazione={referral.pk}"
    form = client.get(page).context["form"]
    assert form.for_whom == str(referral)
    answers = {name: form[name].value() or "" for name in ("first_name", "last_name", "phone", "email", "town")}
    client.post(page, answers | {"channel": "desk", "notice_read": "on"})
    referral.refresh_from_db()
    application = Application.objects.get()
    assert (referral.state, referral.person, referral.taken_by) == (State.IN_PATH, application.person, caseworker)
    assert Message.objects.filter(recipient=volunteer.email).count() == 1
    assert any("primavera" in value for record in person_records(referral.person) for _name, value in record.facts)
    assert client.get(page).status_code == 404


def test_somebody_already_here_is_joined_instead_of_registered_again(client, caseworker):
    person = PersonFactory(phone="+39 347 123 4567")
    index_person(person)
    referral = InboundReferralFactory(first_name=person.first_name, phone="+39 347 123 4567")
    sign_in(client, caseworker)
    assert list(client.get(url("referral", referral)).context["twins"]) == [person]
    client.post(url("join", referral, person.pk))
    referral.refresh_from_db()
    assert (referral.state, referral.person) == (State.IN_PATH, person)
    assert AuditEntry.objects.filter(action="came_through_partner", subject=person.audit_key).exists()


def test_a_call_and_an_end_with_its_reason_which_the_partner_does_not_read(client, body, volunteer, caseworker):
    referral = InboundReferralFactory(organisation=body, sent_by=volunteer, tells_referrer=True)
    sign_in(client, caseworker)
    client.post(url("contacted", referral))
    assert set(client.post(url("close", referral), {}).context["form"].errors) == {"reason"}
    client.post(url("close", referral), {"reason": "not_now"})
    referral.refresh_from_db()
    assert (referral.state, referral.taken_by) == (State.CLOSED, caseworker)
    told_partner = [message.body for message in Message.objects.filter(recipient=volunteer.email)]
    assert len(told_partner) == 2
    assert not any(referral.last_name in text or "not_now" in text for text in told_partner)


def test_the_partner_gets_no_mail_unless_the_person_agreed(client, body, volunteer, caseworker):
    sign_in(client, caseworker)
    client.post(url("contacted", InboundReferralFactory(organisation=body, sent_by=volunteer)))
    assert not Message.objects.exists()


def test_the_person_with_an_address_is_told_who_sent_them(client, body, volunteer):
    sign_in(client, volunteer)
    client.post(NEW, told(body, email="ines@example.org"))
    assert Message.objects.get().recipient == "ines@example.org"


def test_a_closed_one_is_opened_again_unless_sent_again_meanwhile(client, body, caseworker):
    first = InboundReferralFactory(organisation=body, state=State.CLOSED, same_index="a")
    sign_in(client, caseworker)
    client.post(url("contacted", first))
    first.refresh_from_db()
    assert first.state == State.CONTACTED
    second = InboundReferralFactory(organisation=body, state=State.CLOSED, same_index="a")
    client.post(url("contacted", second))
    second.refresh_from_db()
    assert second.state == State.CLOSED


def test_a_referral_out_of_reach_cannot_be_taken(caseworker):
    with pytest.raises(DomainError) as refusal:
        bring_into_path(InboundReferralFactory(municipality_id=PERO), PersonFactory(), by=caseworker, now=timezone.now())
    assert refusal.value.code == "not_allowed"
