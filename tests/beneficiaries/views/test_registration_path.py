"""Conditional steps, going back, skipping, saving while typing: the way through a registration."""

import re

import pytest
from django.urls import reverse

from beneficiaries.models import Application, EmploymentSpell, HouseholdMember, RegistrationDraft, WorkProfile
from beneficiaries.views.registration_steps import STEPS, Path
from tests.conftest import StrictClient

from .registering import CHECK, TOLD, begin, fill, register, skip, step

pytestmark = pytest.mark.django_db
AUTOSAVE = reverse("beneficiaries:register_autosave")


def slugs(told) -> list[str]:
    return [one.slug for one in Path(told).steps]


def test_who_works_is_asked_nothing_about_the_last_job():
    on_path = slugs({"working_now": "yes"})
    assert not {"ultimo-lavoro", "motivo", "dopo", "lavoro-1", "did"} & set(on_path)
    assert {"ultimo-lavoro", "motivo", "dopo", "did"} <= set(slugs({"working_now": "no"}))


def test_jobs_after_the_last_one_are_asked_one_a_page_while_there_is_another():
    told = {"working_now": "no", "last_job_ended_on": "31/3/2026", "worked_after": "yes"}
    assert [slug for slug in slugs(told) if slug.startswith("lavoro-")] == ["lavoro-1"]
    told |= {"job1_more": "yes", "job2_more": "yes"}
    assert [slug for slug in slugs(told) if slug.startswith("lavoro-")] == ["lavoro-1", "lavoro-2", "lavoro-3"]
    assert not [slug for slug in slugs(told | {"worked_after": "no"}) if slug.startswith("lavoro-")]


def test_the_partner_is_asked_only_of_who_lives_with_somebody():
    assert "coppia" in slugs({"more": "yes", "lives_with": "yes"})
    assert "coppia" not in slugs({"more": "yes", "lives_with": "no"})
    assert "coppia" not in slugs({"more": "yes", "lives_with": "not_said"})
    assert "coppia" not in slugs({"lives_with": "yes"})


def test_the_number_of_steps_counts_the_conditional_ones_and_grows_only_by_choice(client):
    begin(client)
    totals = {}
    for slug, answers in TOLD.items():
        context = client.get(step(slug)).context
        totals[slug] = context["total"]
        assert 1 <= context["number"] < context["total"]
        client.post(step(slug), answers)
    needed, chosen = [list(totals.values())[part] for part in (slice(None, 12), slice(12, None))]
    assert (needed[0], needed[-1]) == (14, 13)
    assert needed == sorted(needed, reverse=True)
    assert chosen == sorted(chosen, reverse=True)
    check = client.get(CHECK).context
    assert check["number"] == check["total"] == len(TOLD) + 1


def test_a_step_off_the_path_leads_back_onto_it(client):
    begin(client)
    fill(client, until="lavoro", working_now="yes")
    assert client.get(step("motivo"))["Location"] == step("servizi")
    assert client.post(step("motivo"), {"loss_reason": "dismissal"})["Location"] == step("servizi")
    assert "loss_reason" not in RegistrationDraft.objects.get().answers


def test_an_answer_that_left_the_path_is_not_sent(client):
    begin(client)
    fill(client)
    client.post(step("lavoro") + "?da=controlla", {"working_now": "yes"})
    client.post(CHECK, {"notice_read": "on"})
    application = Application.objects.get()
    assert (application.working_now, application.last_job_ended_on, application.did_on) == (True, None, None)
    assert (application.loss_reason, EmploymentSpell.objects.count()) == ("", 0)


def test_going_back_keeps_what_is_typed_also_when_it_is_wrong(client):
    begin(client)
    fill(client, until="casa")
    response = client.post(step("contatti"), {"email": "teresa@", "phone": "pronto", "azione": "indietro"})
    assert response["Location"] == step("casa")
    form = client.get(step("contatti")).context["form"]
    assert (form["email"].value(), form["phone"].value()) == ("teresa@", "pronto")
    assert client.get(CHECK)["Location"] == step("contatti")


def test_going_back_from_the_first_step_leads_to_the_code(client):
    begin(client)
    assert client.post(step("nome"), {"azione": "indietro"})["Location"] == reverse("beneficiaries:register_code")


def test_the_page_saves_what_is_being_typed(client):
    begin(client)
    response = client.post(AUTOSAVE + "?passo=nome", {"first_name": "Ter"})
    assert (response.status_code, response.content) == (204, b"")
    assert client.get(step("nome")).context["form"]["first_name"].value() == "Ter"
    assert RegistrationDraft.objects.get().step == ""


@pytest.mark.parametrize("query", ["", "?passo=inventato"])
def test_saving_without_a_step_or_without_a_registration_does_nothing(client, query):
    assert client.post(AUTOSAVE + query, {"first_name": "x"}).status_code == 204
    begin(client)
    client.post(AUTOSAVE + query, {"first_name": "x"})
    assert RegistrationDraft.objects.get().answers == {}


def test_saving_late_changes_nothing_of_what_was_sent(client):
    register(client)
    assert client.post(AUTOSAVE + "?passo=nome", {"first_name": "x"}).status_code == 204
    assert RegistrationDraft.objects.get().answers is None


def test_whoever_hurries_skips_the_rest_in_one_tap_and_can_still_send(client):
    begin(client)
    fill(client, until="servizi")
    assert skip(client, "altro")["Location"] == CHECK
    assert client.get(CHECK).context["skipped_url"]
    client.post(CHECK, {"notice_read": "on"})
    person = Application.objects.get().person
    assert (person.household_told_on, HouseholdMember.objects.count(), WorkProfile.objects.count()) == (None, 0, 0)


@pytest.mark.parametrize("slug", [one.slug for one in STEPS if one.skippable and one.slug in TOLD])
def test_every_skippable_step_is_left_for_later_in_one_tap(client, slug):
    begin(client)
    fill(client)
    client.post(step(slug), TOLD[slug] | {"azione": "salta"})
    assert client.get(CHECK).status_code == 200


def test_a_step_that_is_due_is_not_skipped(client):
    begin(client)
    assert set(client.post(step("nome"), {"azione": "salta"}).context["form"].errors) == {"first_name", "last_name"}


def test_family_work_and_profile_are_written_down(client):
    register(client)
    application = Application.objects.get()
    person = application.person
    assert sorted(person.household.values_list("relation", "birth_year", "is_dependant", "is_working")) == [
        ("child", 2012, True, None),
        ("child", 2015, True, None),
        ("other", None, True, None),
        ("partner", None, None, False),
    ]
    assert person.work_profile.skills == "So guidare il muletto"
    assert (person.work_profile.hours, person.work_profile.italian) == ("part", "mother_tongue")
    spell = person.spells.get()
    assert (spell.started_on, str(spell.ended_on), spell.ended_how) == (None, "2026-03-31", "dismissal")
    assert str(application.did_on) == "2026-04-10"


def with_a_job_after(client, first, last):
    begin(client)
    fill(client, until="motivo")
    client.post(step("dopo"), {"worked_after": "yes"})
    answers = {"job1_from": first, "job1_to": last, "job1_kind": "employee", "job1_more": "no"}
    response = client.post(step("lavoro-1"), answers)
    if response.status_code == 302:
        for slug in ("did", "servizi", "altro"):
            skip(client, slug)
        client.post(CHECK, {"notice_read": "on"})
    return response


def test_a_short_job_only_suspends_and_the_clock_does_not_start_again(client):
    with_a_job_after(client, "1/4/2026", "27/9/2026")
    application = Application.objects.get()
    assert str(application.last_job_ended_on) == "2026-03-31"
    assert application.person.spells.count() == 2


def test_a_longer_job_afterwards_starts_the_clock_again(client):
    with_a_job_after(client, "1/4/2026", "28/9/2026")
    assert str(Application.objects.get().last_job_ended_on) == "2026-09-28"


def test_a_job_that_ends_before_it_begins_is_pointed_out(client):
    response = with_a_job_after(client, "1/5/2026", "30/4/2026")
    assert set(response.context["form"].errors) == {"job1_to"}


@pytest.mark.parametrize("typed", ["due", "12", "1899", "2999", "2012 e 20122", " ".join(["2012"] * 16)])
def test_years_of_birth_that_cannot_be_are_pointed_out(client, typed):
    begin(client)
    fill(client, until="coppia")
    assert set(client.post(step("figli"), {"children": typed, "dependants": ""}).context["form"].errors) == {"children"}


def test_who_will_be_told_is_said_before_sending(client):
    """Complaint 8: nobody knows who gets the updates."""
    begin(client)
    fill(client)
    told = " ".join(client.get(CHECK).context["updates"])
    assert "teresa@example.org" in told
    assert "+39 347 123 4567" in told
    other = StrictClient()
    begin(other)
    fill(other, email="", phone="")
    assert len(other.get(CHECK).context["updates"]) == 3


def test_an_error_is_announced_in_every_way(client):
    """Complaint 14: summary with links, "Error:" in the title, the message bound to its field."""
    begin(client)
    page = client.post(step("nascita"), {"birth_date": "31/2/1975", "sex": ""}).content.decode()
    assert 'role="alert" tabindex="-1"' in page
    assert 'href="#id_birth_date"' in page
    assert 'aria-invalid="true"' in page
    birth = re.search(r'<input[^>]*name="birth_date"[^>]*>', page).group()
    assert 'aria-describedby="id_birth_date_helptext id_birth_date_error"' in birth
    assert 'id="id_birth_date_error"' in page
    group = re.search(r'<fieldset[^>]*id="id_sex"[^>]*>', page).group()
    assert "id_sex_error" in group
    assert 'href="#id_sex_0"' in page
    assert 'id="id_sex_0"' in page
