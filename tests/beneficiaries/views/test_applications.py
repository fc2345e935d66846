from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from beneficiaries.models import Application, Appointment, CriterionResult, Notice, Screening
from oltreiperimetri.audit.models import AuditEntry
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO, ApplicationFactory, PersonFactory, ScreeningFactory
from tests.pages import without_token

pytestmark = pytest.mark.django_db
State = Application.State
LIST = reverse("beneficiaries:applications")
PERO = "015170"


@pytest.fixture
def caseworker(client):
    user = UserFactory(caseworker=True, towns=[RHO], first_name="Carla", last_name="Bassi")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def screened(outcome=Screening.Outcome.NOT_ELIGIBLE, **kwargs):
    application = ApplicationFactory(**kwargs)
    screening = ScreeningFactory(application=application, outcome=outcome)
    CriterionResult.objects.create(screening=screening, criterion="age", outcome="not_met")
    return application


def listed(client, **query):
    return [one.number for one in client.get(LIST, query).context["page_obj"].object_list]


def step(application, slug):
    return reverse("beneficiaries:step", args=[application.pk, slug])


def test_the_queue_shows_open_applications_of_my_towns_longest_wait_first(client, caseworker):
    older = ApplicationFactory(received_at=timezone.now() - timedelta(days=30))
    newer = ApplicationFactory(received_at=timezone.now() - timedelta(days=3))
    ApplicationFactory(admitted=True)
    ApplicationFactory(person__municipality_id=PERO)
    assert listed(client) == [older.number, newer.number]


def test_people_from_outside_the_programme_and_those_i_follow_are_mine_too(client, caseworker):
    outside = ApplicationFactory(person__municipality=None, person__other_town="Novara")
    followed = ApplicationFactory(person__municipality_id=PERO, owner=caseworker)
    assert set(listed(client)) == {outside.number, followed.number}


def test_the_queue_is_filtered_by_state_outcome_owner_town_and_window(client, caseworker):
    closing = timezone.localdate().replace(day=1) - timedelta(days=700)
    refused = screened(in_review=True, owner=caseworker, last_job_ended_on=closing)
    fresh = ApplicationFactory(last_job_ended_on=timezone.localdate() - timedelta(days=30), due_on=date(2099, 1, 1))
    assert listed(client, stato="in_review") == [refused.number]
    assert listed(client, esito="not_eligible") == [refused.number]
    assert listed(client, assegnata="mie") == [refused.number]
    assert listed(client, assegnata="nessuno") == [fresh.number]
    assert listed(client, comune="altrove") == []
    assert listed(client, scadenza="finestra") == [refused.number]
    assert listed(client, scadenza="passata") == [refused.number]
    assert listed(client, ordina="finestra") == [refused.number, fresh.number]


def test_a_filter_that_does_not_exist_finds_nothing_and_says_so(client, caseworker):
    ApplicationFactory()
    response = client.get(LIST, {"stato": "inventato"})
    assert response.context["count"] == 0
    assert response.context["filters"].errors


def test_each_active_filter_is_a_chip_that_takes_itself_away(client, caseworker):
    chips = client.get(LIST, {"stato": "in_review", "assegnata": "mie"}).context["chips"]
    assert [chip.without for chip in chips] == ["?assegnata=mie", "?stato=in_review"]


def test_the_reasons_are_in_the_list(client, caseworker):
    screened()
    page = client.get(LIST).content.decode()
    assert "Age" in page or "Età" in page


def test_an_empty_queue_says_what_to_do(client, caseworker):
    assert client.get(LIST).status_code == 200


@pytest.mark.parametrize("name", ["beneficiaries:applications", "beneficiaries:people"])
def test_lists_cost_the_same_with_one_row_three_and_fifty(client, caseworker, name):
    costs = []
    for extra in (1, 2, 47):
        for _each in range(extra):
            screened(in_review=True, owner=UserFactory(caseworker=True))
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(name)).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1] == costs[2]
    assert costs[0] <= 12


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_is_a_file_and_leaves_a_trace(client, caseworker, kind):
    screened()
    response = client.get(LIST, {"formato": kind, "esito": "not_eligible"})
    content = b"".join(response.streaming_content)
    assert content
    assert response["Content-Disposition"].endswith(f'domande.{kind}"')
    assert AuditEntry.objects.get(action="export").changes == {"filters": {"esito": "not_eligible"}}


def test_the_export_keeps_the_filters_and_the_reach(client, caseworker):
    mine = screened()
    ApplicationFactory(person__municipality_id=PERO)
    response = client.get(LIST, {"formato": "csv"})
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith(mine.number)


def test_ticked_applications_get_an_owner_and_the_others_a_sentence(client, caseworker):
    colleague = UserFactory(caseworker=True, towns=[RHO])
    mine, outside_his_towns = ApplicationFactory(), ApplicationFactory(person__municipality_id=PERO, owner=caseworker)
    foreign = ApplicationFactory(person__municipality_id=PERO)

    both = [mine.pk, outside_his_towns.pk]
    response = client.post(reverse("beneficiaries:batch"), {"chosen": both, "owner": colleague.pk, "atto": "assegna"})
    hidden = client.post(reverse("beneficiaries:batch"), {"chosen": [foreign.pk], "owner": caseworker.pk})

    owners = dict(Application.objects.values_list("pk", "owner"))
    assert owners == {mine.pk: colleague.pk, outside_his_towns.pk: caseworker.pk, foreign.pk: None}
    assert [row.outcome for row, _label, _tone in response.context["rows"]] == ["done", "refused"]
    assert [row.outcome for row, _label, _tone in hidden.context["rows"]] == ["gone"]


def test_nothing_ticked_is_said(client, caseworker):
    response = client.post(reverse("beneficiaries:batch"), {"owner": caseworker.pk}, follow=True)
    assert len(list(response.context["messages"])) == 1


def test_opening_an_application_is_recorded_once(client, caseworker):
    application = screened()
    client.get(application.get_absolute_url())
    entry = AuditEntry.objects.get(action="read")
    assert (entry.object_id, entry.subject, entry.actor) == (application.pk, application.person.audit_key, caseworker)


def test_another_towns_application_answers_like_a_missing_one(client, caseworker):
    foreign = ApplicationFactory(person__municipality_id=PERO)
    hidden = client.get(foreign.get_absolute_url())
    missing = client.get(reverse("beneficiaries:application", args=[999_999]))
    assert (hidden.status_code, without_token(hidden)) == (404, without_token(missing))


def test_the_page_offers_exactly_the_steps_of_the_table(client, caseworker):
    application = ApplicationFactory()
    moves = client.get(application.get_absolute_url()).context["moves"]
    assert [move["slug"] for move in moves] == ["in-esame", "ritira"]


def test_a_decision_walks_through_its_page(client, caseworker):
    application = ApplicationFactory(in_review=True)
    ScreeningFactory(application=application, outcome=Screening.Outcome.ELIGIBLE)
    page = client.get(step(application, "ammetti"))
    proposed = page.context["form"]["message"].value()

    response = client.post(step(application, "ammetti"), {"seen": "in_review", "message": proposed, "note": ""})

    assert response.status_code == 302
    application.refresh_from_db()
    assert application.state == State.ADMITTED
    assert Notice.objects.get().body == proposed


def test_going_against_the_screening_needs_reason_and_note_and_loses_nothing_typed(client, caseworker):
    application = screened(in_review=True)
    typed = {"seen": "in_review", "message": "Ti aspettiamo.", "note": "", "reason": ""}
    response = client.post(step(application, "ammetti"), typed)
    assert set(response.context["form"].errors) == {"reason", "note"}
    assert "Ti aspettiamo." in response.content.decode()


def test_the_second_caseworker_gets_a_clear_sentence(client, caseworker):
    application = ApplicationFactory(state=State.WAITING_LIST)
    ScreeningFactory(application=application)
    response = client.post(step(application, "ammetti"), {"seen": "in_review", "message": "Ti aspettiamo."})
    assert response.status_code == 200
    assert response.context["form"].non_field_errors()
    application.refresh_from_db()
    assert application.state == State.WAITING_LIST


def test_a_step_outside_the_table_sends_back_with_a_sentence(client, caseworker):
    application = ApplicationFactory()
    response = client.get(step(application, "ammetti"), follow=True)
    assert response.redirect_chain[-1][0] == application.get_absolute_url()
    assert client.get(step(application, "inventato")).status_code == 404


def test_an_interview_is_planned_from_its_page_and_closed(client, caseworker):
    application = ApplicationFactory(in_review=True)
    day = f"{timezone.localdate() + timedelta(days=10):%d/%m/%Y}"
    client.post(
        step(application, "colloquio"),
        {"seen": "in_review", "day": day, "time": "9.30", "place": "Rho", "message": ""},
    )
    planned = Appointment.objects.get()
    assert timezone.localtime(planned.starts_at).strftime("%d/%m/%Y %H:%M") == f"{day} 09:30"
    assert client.get(application.get_absolute_url()).context["planned"] == planned
    outcome = {"outcome": "no_show", "note": "Febbre"}
    early = client.post(reverse("beneficiaries:interview", args=[planned.pk]), outcome)
    assert early.context["form"].non_field_errors()
    Appointment.objects.update(starts_at=timezone.now() - timedelta(hours=1))
    client.post(reverse("beneficiaries:interview", args=[planned.pk]), outcome)
    planned.refresh_from_db()
    assert planned.state == Appointment.State.NO_SHOW


@pytest.mark.parametrize(
    "slug", ["in-esame", "informazioni", "colloquio", "ammetti", "lista-attesa", "non-ammettere", "ritira"]
)
def test_every_step_page_opens_and_refuses_an_empty_form(client, caseworker, slug):
    state = State.RECEIVED if slug == "in-esame" else State.IN_REVIEW
    application = ApplicationFactory(state=state)
    assert client.get(step(application, slug)).status_code == 200
    assert client.post(step(application, slug)).status_code == 200
    application.refresh_from_db()
    assert application.state == state


def test_the_protocol_is_written_once_and_corrected_by_a_coordinator(client, caseworker):
    application = ApplicationFactory()
    url = reverse("beneficiaries:protocol", args=[application.pk])
    short = client.post(url, {"protocol_number": "123", "protocol_on": "3/11/2026"})
    assert "protocol_number" in short.context["form"].errors
    client.post(url, {"protocol_number": "0001234", "protocol_on": "3/11/2026"})
    second = client.post(url, {"protocol_number": "0009999", "protocol_on": "3/11/2026"})
    assert second.context["form"].non_field_errors()

    client.force_login(UserFactory(coordinator=True), backend="django.contrib.auth.backends.ModelBackend")
    client.post(url, {"protocol_number": "0009999", "protocol_on": "3/11/2026"})
    application.refresh_from_db()
    assert application.protocol_number == "0009999"


def test_a_participant_gets_no_queue(client):
    person = PersonFactory(user=UserFactory(beneficiary=True))
    ApplicationFactory(person=person)
    client.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(LIST).status_code == 403


def test_asking_for_information_with_the_offered_words_only_asks_for_nothing(client, caseworker):
    application = ApplicationFactory(in_review=True)
    page = client.get(step(application, "informazioni"))
    offered = {name: field.initial for name, field in page.context["form"].fields.items() if field.initial}
    answer = client.post(step(application, "informazioni"), offered | {"answer_by": f"{offered['answer_by']:%d/%m/%Y}"})
    assert answer.context["form"].has_error("message", "nothing_asked")
    application.refresh_from_db()
    assert application.state == State.IN_REVIEW
