"""A firm and the office with a need."""

import pytest
from django.urls import reverse
from django.utils import timezone

from generazioni.models import Need
from tests.factories.accounts import UserFactory
from tests.factories.generazioni import EditionFactory, IdeaFactory, NeedFactory
from tests.factories.partners import OrganisationFactory, firm_account

pytestmark = pytest.mark.django_db
TYPED = {"title": "Consegne", "description": "Non abbiamo un furgone.", "offer": "Un primo ordine."}


def edition_now(phase="announced"):
    return EditionFactory(phase=phase, today=timezone.localdate())


def sign_in(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def page(name, need):
    return reverse(f"generazioni:{name}", args=[need.pk])


def test_firm_posts_a_need_and_staff_publish_it(client):
    edition_now()
    organisation = OrganisationFactory()
    sign_in(client, firm_account(organisation))
    client.post(reverse("generazioni:need_new"), TYPED)
    need = Need.objects.get()
    assert (need.organisation, need.state) == (organisation, "proposed")
    assert client.post(page("need_publish", need)).status_code == 403
    sign_in(client, UserFactory(caseworker=True))
    client.post(page("need_publish", need))
    need.refresh_from_db()
    assert need.state == "published"


def test_need_sent_back_keeps_its_reason_and_needs_one(client):
    need = NeedFactory(proposed=True, edition=edition_now())
    sign_in(client, UserFactory(caseworker=True))
    assert client.post(page("need_send_back", need), {"reason": ""}).context["send_back_form"].errors
    client.post(page("need_send_back", need), {"reason": "Scrivi che cosa offri."})
    sign_in(client, firm_account(need.organisation))
    assert client.get(need.get_absolute_url()).context["history"][0].body == "Scrivi che cosa offri."
    client.post(page("need_edit", need), TYPED)
    need.refresh_from_db()
    assert (need.state, need.title) == ("proposed", "Consegne")


def test_outside_the_days_the_form_keeps_what_was_typed(client):
    edition_now("review")
    sign_in(client, firm_account(OrganisationFactory()))
    response = client.post(reverse("generazioni:need_new"), TYPED)
    assert response.context["form"].non_field_errors()
    assert not Need.objects.exists()


def test_firm_cannot_change_what_is_published(client):
    need = NeedFactory(edition=edition_now())
    sign_in(client, firm_account(need.organisation))
    assert client.post(page("need_edit", need), TYPED).context["form"].non_field_errors()
    need.refresh_from_db()
    assert need.title != TYPED["title"]


def test_need_of_another_firm_is_not_found(client):
    need = NeedFactory(edition=edition_now())
    sign_in(client, firm_account(OrganisationFactory()))
    assert {client.get(page(name, need)).status_code for name in ["need_own", "need_edit"]} == {404}
    assert client.post(page("need_withdraw", need)).status_code == 404
    assert client.get(reverse("generazioni:need_new"), {"ente": need.organisation_id}).status_code == 404


def test_firm_sees_titles_of_chosen_ideas_only_after_the_results(client):
    edition = edition_now("decision")
    need = NeedFactory(edition=edition)
    chosen = IdeaFactory(chosen=True, edition=edition, title="Titolocanarino")
    other = IdeaFactory(sent=True, edition=edition, state="not_chosen")
    for idea in (chosen, other):
        idea.needs.add(need)
    sign_in(client, firm_account(need.organisation))
    assert "Titolocanarino" not in client.get(need.get_absolute_url()).content.decode()
    edition.results_published_at = timezone.now()
    edition.save()
    assert list(client.get(need.get_absolute_url()).context["chosen"]) == [chosen]


def test_own_needs_stand_in_the_area_of_the_firm(client):
    need = NeedFactory(edition=edition_now())
    NeedFactory(edition=need.edition)
    sign_in(client, firm_account(need.organisation))
    panels = client.get(reverse("portal:partner_area")).context["panels"]
    assert [panel.context["needs"] for panel in panels if panel.anchor == "bisogni"] == [[need]]


def test_office_filters_and_exports_the_needs(client):
    edition = edition_now()
    first, second = NeedFactory(edition=edition, title="Furgone"), NeedFactory(edition=edition, proposed=True)
    sign_in(client, UserFactory(caseworker=True))
    url = reverse("generazioni:needs")
    assert set(client.get(url).context["page_obj"]) == {first, second}
    assert list(client.get(url, {"stato": "proposed"}).context["page_obj"]) == [second]
    assert list(client.get(url, {"q": "furg"}).context["page_obj"]) == [first]
    assert client.get(url, {"edizione": "²"}).status_code == 404
    assert b"".join(client.get(url, {"formato": "csv"}).streaming_content).count(b"\r\n") == 3
