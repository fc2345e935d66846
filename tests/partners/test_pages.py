"""What staff and firms do in the browser, and what their pages cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.accounts.models import Invitation
from oltreiperimetri.audit.trail import state_changes
from oltreiperimetri.reminders.models import Message
from partners.models import Contact, JoinRequest, MentorProfile, Organisation, Slot
from tests.factories.accounts import UserFactory
from tests.factories.partners import ContactFactory, OrganisationFactory, SiteFactory, SlotFactory, firm_account, vat_number

pytestmark = pytest.mark.django_db


@pytest.fixture
def caseworker(client):
    user = UserFactory(caseworker=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def sign_in(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def open_slot(**fields):
    return SlotFactory(confirmed_on=timezone.localdate(), starts_on=None, ends_on=None, **fields)


# Staff -------------------------------------------------------------------------------------------------


def test_staff_enter_and_accredit_an_organisation(client, caseworker):
    typed = {
        "name": "Fonderia Nuova S.p.A.",
        "kind": "firm",
        "vat_number": vat_number(5),
        "certified_email": "",
        "is_listed": "on",
    }
    client.post(reverse("partners:organisation_new"), typed)
    organisation = Organisation.objects.get()
    contact = ContactFactory(organisation=organisation)
    client.post(reverse("partners:organisation_move", args=[organisation.pk]), {"to": "accredited"})
    organisation.refresh_from_db()
    assert organisation.state == "accredited"
    assert Message.objects.get().recipient == contact.email


def test_suspending_needs_a_reason_that_history_keeps(client, caseworker):
    organisation = OrganisationFactory()
    url = reverse("partners:organisation_move", args=[organisation.pk])
    client.post(url, {"to": "suspended", "reason": ""})
    organisation.refresh_from_db()
    assert organisation.state == "accredited"
    client.post(url, {"to": "suspended", "reason": "Sicurezza non in regola"})
    assert state_changes(organisation).get().note == "Sicurezza non in regola"


def test_second_organisation_with_the_same_vat_number_is_refused_to_staff(client, caseworker):
    known = OrganisationFactory()
    response = client.post(
        reverse("partners:organisation_new"), {"name": "Doppione", "kind": "firm", "vat_number": known.vat_number}
    )
    assert list(response.context["form"].errors) == ["vat_number"]


def test_staff_answer_who_asks_to_join(client, caseworker):
    organisation = OrganisationFactory()
    asked = JoinRequest.objects.create(
        organisation=organisation, first_name="Ugo", last_name="Re", email="ugo@example.org", asked_at=timezone.now()
    )
    url = reverse("partners:join_request", args=[asked.pk])
    client.post(url, {"answer": "invite"})
    client.post(url, {"answer": "invite"})
    assert Contact.objects.get(organisation=organisation).email == "ugo@example.org"
    assert Invitation.objects.get().role == Role.FIRM_CONTACT


def test_staff_offer_a_slot_on_behalf_of_a_firm(client, caseworker):
    organisation = OrganisationFactory()
    client.post(
        reverse("partners:slot_new") + f"?ente={organisation.pk}", {"title": "Aiuto", "sector": "other", "quantity": "1"}
    )
    assert Slot.objects.get().organisation == organisation


def test_organisations_are_found_by_kind_town_state_and_name(client, caseworker):
    bank = OrganisationFactory(kind="bank", name="Banca della Prova")
    firm = SiteFactory(municipality_id="015170").organisation
    waiting = OrganisationFactory(pending=True)

    def found(query):
        return set(client.get(reverse("partners:organisations") + query).context["page_obj"])

    assert found("") == {bank, firm, waiting}
    assert found("?tipo=bank") == {bank}
    assert found("?comune=015170") == {firm}
    assert found("?stato=pending") == {waiting}
    assert found("?q=DELLA PROVA") == {bank}
    assert found(f"?q={firm.vat_number}") == {firm}
    assert found("?tipo=circus&comune=1&page=99") == {bank, firm, waiting}


def test_slots_are_found_by_sector_town_state_and_licence(client, caseworker):
    kitchen = open_slot(sector="catering", needs_licence=True)
    driver = open_slot(sector="transport", needs_licence=True, needs_car=True, site__municipality_id="015170")
    draft = SlotFactory(draft=True, sector="office")
    expired = SlotFactory(confirmed_on="2020-01-01", starts_on=None, ends_on=None)

    def found(query):
        return set(client.get(reverse("partners:slots") + query).context["page_obj"])

    assert found("?settore=catering") == {kitchen}
    assert found("?comune=015170") == {driver}
    assert found("?stato=draft") == {draft}
    assert found("?stato=open") == {kitchen, driver}
    assert found("?stato=expired") == {expired}
    assert found("?patente=none") == {draft, expired}
    assert found("?patente=licence") == {kitchen, draft, expired}


@pytest.mark.parametrize("name", ["partners:organisations", "partners:slots"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_lists_are_exported_with_their_filters(client, caseworker, name, kind):
    slot = open_slot(title="Addetto unico")
    SlotFactory(draft=True, title="Altra cosa")
    response = client.get(reverse(name), {"formato": kind, "q": slot.organisation.name})
    content = b"".join(response.streaming_content)
    assert response["Content-Disposition"].endswith(f'.{kind}"')
    assert kind == "xlsx" or (slot.organisation.name.encode() in content and content.count(b"\r\n") == 2)


@pytest.mark.parametrize("name", ["partners:organisations", "partners:slots", "partners:network"])
def test_lists_cost_the_same_for_one_three_and_fifty_rows(client, caseworker, name):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(name))
        return len(queries)

    open_slot(site__organisation__is_listed=True)
    cost()
    costs = [cost()]
    for more in (2, 47):
        for _ in range(more):
            slot = open_slot(site__organisation__is_listed=True)
            SiteFactory(organisation=slot.organisation, municipality_id="015170")
        costs.append(cost())
    assert len(set(costs)) == 1
    assert costs[0] <= 8


# Partners ----------------------------------------------------------------------------------------------


def test_area_costs_the_same_for_one_three_and_fifty_slots(client):
    organisation = OrganisationFactory()
    sign_in(client, firm_account(organisation))

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("portal:partner_area"))
        return len(queries)

    costs = []
    for more in (1, 2, 47):
        for _ in range(more):
            open_slot(site=SiteFactory(organisation=organisation))
        cost()
        costs.append(cost())
    assert len(set(costs)) == 1


def test_contact_saves_a_draft_completes_it_and_offers_it(client):
    organisation = OrganisationFactory()
    sign_in(client, firm_account(organisation))
    site, tutor = SiteFactory(organisation=organisation), ContactFactory(organisation=organisation, tutor=True)
    client.post(reverse("partners:slot_new"), {"title": "Aiuto cuoco", "sector": "catering", "quantity": "1"})
    slot = Slot.objects.get()
    client.post(reverse("partners:slot_offer", args=[slot.pk]))
    slot.refresh_from_db()
    assert slot.state == "draft"
    typed = {
        "title": "Aiuto cuoco",
        "sector": "catering",
        "site": site.pk,
        "tasks": "Cucinare",
        "weekly_hours": "30",
        "schedule": "mattina",
        "starts_on": "1/12/2030",
        "ends_on": "30.11.2031",
        "quantity": "1",
        "tutor": tutor.pk,
    }
    client.post(reverse("partners:slot_edit", args=[slot.pk]), typed)
    client.post(reverse("partners:slot_offer", args=[slot.pk]))
    slot.refresh_from_db()
    assert (slot.state, slot.confirmed_on) == ("offered", timezone.localdate())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("weekly_hours", "41"),
        ("weekly_hours", "0"),
        ("quantity", "0"),
        ("starts_on", "31/2/2027"),
        ("ends_on", "1/1/1850"),
        ("title", "x" * 121),
    ],
)
def test_bad_slot_is_explained_and_keeps_what_was_typed(client, field, value):
    sign_in(client, firm_account(OrganisationFactory()))
    typed = {"title": "Aiuto cuoco", "sector": "catering", "quantity": "1", "tasks": "Cucinare bene"} | {field: value}
    response = client.post(reverse("partners:slot_new"), typed)
    assert list(response.context["form"].errors) == [field]
    assert "Cucinare bene" in response.content.decode()


def test_days_in_the_wrong_order_are_refused(client):
    sign_in(client, firm_account(OrganisationFactory()))
    typed = {"title": "Aiuto", "sector": "other", "quantity": "1", "starts_on": "2/1/2030", "ends_on": "1/1/2030"}
    assert client.post(reverse("partners:slot_new"), typed).context["form"].errors
    assert not Slot.objects.exists()


def test_site_and_tutor_of_another_firm_cannot_be_chosen(client):
    sign_in(client, firm_account(OrganisationFactory()))
    other = open_slot()
    typed = {"title": "Aiuto", "sector": "other", "quantity": "1", "site": other.site_id, "tutor": other.tutor_id}
    errors = client.post(reverse("partners:slot_new"), typed).context["form"].errors
    assert set(errors) == {"site", "tutor"}


def test_contact_of_two_organisations_switches_between_them(client):
    first, second = OrganisationFactory(name="Alfa"), OrganisationFactory(name="Beta")
    user = sign_in(client, firm_account(first))
    ContactFactory(organisation=second, user=user)
    assert client.get(reverse("portal:partner_area")).context["organisation"] == first
    assert client.get(reverse("portal:partner_area"), {"ente": second.pk}).context["organisation"] == second


@pytest.mark.parametrize("key", ["0", "-1", "x", "²", "9" * 30])
def test_area_of_no_organisation_is_not_found(client, key):
    sign_in(client, firm_account(OrganisationFactory()))
    assert client.get(reverse("portal:partner_area"), {"ente": key}).status_code == 404
    assert client.get(reverse("partners:slot_new"), {"ente": key}).status_code == 404


def test_area_of_another_firm_is_not_found(client):
    sign_in(client, firm_account(OrganisationFactory()))
    other = OrganisationFactory()
    assert client.get(reverse("portal:partner_area"), {"ente": other.pk}).status_code == 404


def test_contact_without_organisation_is_told_what_to_do(client):
    sign_in(client, UserFactory(firm_contact=True))
    assert client.get(reverse("portal:partner_area")).context["organisation"] is None


def test_what_we_expect_comes_first(client):
    slot = SlotFactory(confirmed_on=timezone.localdate() - timezone.timedelta(days=70), starts_on=None, ends_on=None)
    sign_in(client, firm_account(slot.organisation))
    cards = client.get(reverse("portal:partner_area")).context["cards"]
    assert slot.title in cards[0].items[0].text


def test_contact_invites_a_colleague(client):
    organisation = OrganisationFactory()
    sign_in(client, firm_account(organisation))
    typed = {"first_name": "Lia", "last_name": "Neri", "email": "lia@example.org"}
    client.post(reverse("partners:contact_new", args=[organisation.pk]), typed)
    client.post(reverse("partners:contact_invite", args=[Contact.objects.get(last_name="Neri").pk]))
    assert Invitation.objects.get().subject_id == organisation.pk


def test_whoever_left_no_longer_reaches_the_organisation(client):
    organisation = OrganisationFactory()
    leaver = firm_account(organisation)
    sign_in(client, firm_account(organisation))
    client.post(reverse("partners:contact_end_access", args=[organisation.contacts.get(user=leaver).pk]))
    assert not Organisation.objects.visible_to(leaver).exists()


def test_contact_cannot_say_that_the_firm_may_promote(client):
    organisation = OrganisationFactory()
    sign_in(client, firm_account(organisation))
    typed = {"name": "Nome nuovo", "kind": "firm", "vat_number": organisation.vat_number, "can_promote": "on"}
    client.post(reverse("partners:organisation_edit", args=[organisation.pk]), typed)
    organisation.refresh_from_db()
    assert (organisation.name, organisation.can_promote) == ("Nome nuovo", False)


# Everybody ---------------------------------------------------------------------------------------------


def test_public_page_shows_only_accredited_partners_who_agreed(client):
    shown = SiteFactory(organisation__is_listed=True).organisation
    OrganisationFactory(is_listed=False)
    OrganisationFactory(is_listed=True, pending=True)
    OrganisationFactory(is_listed=True, suspended=True)
    page = client.get(reverse("partners:network"))
    assert page.context["organisations"] == [shown]
    assert {tile.name: tile.partners for tile in page.context["tiles"]}["Rho"] == 1
    assert shown.email not in page.content.decode()


def test_public_page_is_narrowed_by_town_and_kind(client):
    rho = SiteFactory(organisation__is_listed=True).organisation
    pero = SiteFactory(organisation__is_listed=True, organisation__kind="bank", municipality_id="015170").organisation

    def shown(**query):
        return client.get(reverse("partners:network"), query).context["organisations"]

    assert shown(comune="015182") == [rho]
    assert shown(tipo="bank") == [pero]
    assert shown(comune="015182", tipo="bank") == []
    assert shown(comune="zzz", tipo="circus") == [pero, rho]


def test_mentor_keeps_a_profile(client):
    user = sign_in(client, UserFactory(roles=[Role.MENTOR]))
    url = reverse("partners:mentor_profile")
    assert client.post(url, {"topics": "", "hours_per_month": "800"}).context["form"].errors.keys() == {
        "topics",
        "hours_per_month",
    }
    client.post(url, {"topics": "Conti", "hours_per_month": "4", "is_available": "on"})
    client.post(url, {"topics": "Conti e banche", "hours_per_month": "6", "is_available": "on"})
    assert list(MentorProfile.objects.values_list("user", "topics", "hours_per_month")) == [(user.pk, "Conti e banche", 6)]
