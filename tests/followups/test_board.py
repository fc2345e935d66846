"""The office's pages: what they show, to whom, and what they record."""

import re
from datetime import date, timedelta

import pytest

from generazioni.domain.decision import INCUBATION
from oltreiperimetri.accounts.models import User
from oltreiperimetri.audit.models import AuditEntry
from oltreiperimetri.followups import paths
from oltreiperimetri.followups.domain.answer import answer, mark_refused
from oltreiperimetri.followups.domain.plan import open_plan
from oltreiperimetri.followups.domain.queries import outcome_rates
from oltreiperimetri.followups.models import Checkpoint
from tests.factories.generazioni import IdeaFactory

from .conftest import rome

INCUBATION_PATH = paths.get(INCUBATION)
TODAY = rome("2026-11-30 10:00")
RHO, PERO = "015182", "015170"


@pytest.fixture(autouse=True)
def at_work(time_machine, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    time_machine.move_to(TODAY)


def without_csrf(response):
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", response.content)


def staff(email, *towns, role="caseworker"):
    user = User.objects.create_user(email, roles=[role], may_export=True)
    user.municipalities.add(*towns)
    return user


@pytest.fixture
def caseworker(db):
    return staff("caso@example.org", RHO)


@pytest.fixture
def office(client, caseworker):
    client.force_login(caseworker)
    return client


def test_the_board_shows_who_is_waited_for(office, checkpoint):
    page = office.get("/monitoraggio/")

    assert page.status_code == 200
    assert "Anna Prova" in page.content.decode()


@pytest.mark.parametrize(
    "query",
    ["?stato=to_call", "?stato=late", "?stato=call_back", "?comune=015182", "?stato=nonsense&comune=zzz&percorso=x&page=99"],
)
def test_filters_stay_in_the_address_and_a_mistyped_one_is_ignored(office, checkpoint, query):
    assert office.get(f"/monitoraggio/{query}").status_code == 200


def test_a_colleague_of_another_town_sees_nothing_of_it(client, checkpoint):
    client.force_login(staff("altrove@example.org", PERO))

    board = client.get("/monitoraggio/").content.decode()
    theirs = client.get(f"/monitoraggio/{checkpoint.pk}/")
    missing = client.get("/monitoraggio/999999/")

    assert "Anna Prova" not in board
    assert (theirs.status_code, missing.status_code) == (404, 404)
    assert without_csrf(theirs) == without_csrf(missing)


@pytest.mark.parametrize("query", ["", "?stato=waiting", "?stato=call_back"])
def test_the_board_costs_the_same_with_one_three_and_fifty_rows(office, opened, query, django_assert_max_num_queries):
    costs = []
    for wanted in (1, 3, 50):
        while Checkpoint.objects.count() < wanted:
            opened()
        with django_assert_max_num_queries(20) as captured:
            office.get(f"/monitoraggio/{query}")
        costs.append(len(captured))

    assert len(set(costs)) == 1


def test_opening_a_checkpoint_is_recorded(office, checkpoint, caseworker, subjects):
    office.get(f"/monitoraggio/{checkpoint.pk}/")

    entry = AuditEntry.objects.filter(action="read").get()
    assert (entry.actor_id, entry.subject, entry.object_id) == (caseworker.pk, subjects.key, checkpoint.pk)


def test_an_answer_got_by_phone_is_recorded(office, checkpoint, caseworker):
    data = {"answer-channel": "phone", "answer-situation": "employed", "answer-contract_kind": "permanent"}

    response = office.post(f"/monitoraggio/{checkpoint.pk}/risposta/", data)

    assert response.status_code == 302
    checkpoint.refresh_from_db()
    assert (checkpoint.state, checkpoint.answer.by, checkpoint.answer.channel) == ("answered", caseworker, "phone")


def test_closing_too_early_is_refused_where_it_was_typed(office, checkpoint):
    data = {"closing-outcome": "unreachable", "closing-note": "Non risponde mai"}

    response = office.post(f"/monitoraggio/{checkpoint.pk}/chiusura/", data)

    assert response.status_code == 422
    assert "Non risponde mai" in response.content.decode()
    checkpoint.refresh_from_db()
    assert checkpoint.state == "planned"


def test_attempts_then_not_reached(office, checkpoint):
    for channel in ("phone", "phone", "message"):
        office.post(f"/monitoraggio/{checkpoint.pk}/tentativo/", {"attempt-channel": channel})
    data = {"closing-outcome": "unreachable", "closing-note": "Non risponde"}

    office.post(f"/monitoraggio/{checkpoint.pk}/chiusura/", data)

    checkpoint.refresh_from_db()
    assert checkpoint.state == "unreachable"


def test_a_call_that_was_asked_for_is_ticked_once(office, checkpoint):
    answer(checkpoint, {"situation": "searching", "wants_call": True}, channel="link", by=None, now=TODAY)

    for _twice in range(2):
        office.post(f"/monitoraggio/{checkpoint.pk}/richiamata/")

    checkpoint.answer.refresh_from_db()
    assert checkpoint.answer.called_back_at is not None
    assert AuditEntry.objects.filter(action="call_back").count() == 1


@pytest.mark.parametrize(("kind", "content_type"), [("csv", "text/csv"), ("xlsx", "application/vnd.openxml")])
def test_the_list_leaves_as_a_file_and_the_export_is_recorded(office, checkpoint, kind, content_type):
    response = office.get(f"/monitoraggio/?formato={kind}")

    content = b"".join(response.streaming_content)
    assert response["Content-Type"].startswith(content_type)
    assert content
    assert AuditEntry.objects.filter(action="export", object_type="monitoraggio").count() == 1


def test_rates_always_show_the_unknown(opened, caseworker):
    plans = [opened(date(2026, 9, 10)) for _ in range(4)]
    working, searching, refused, _silent = [plan.checkpoints.get() for plan in plans]
    answer(working, {"situation": "self_employed"}, channel="phone", by=caseworker, now=TODAY)
    answer(searching, {"situation": "searching"}, channel="phone", by=caseworker, now=TODAY)
    mark_refused(refused, by=caseworker, now=TODAY, note="Non vuole")

    (rate,) = outcome_rates(Checkpoint.objects.all(), TODAY.date())

    assert dict(rate.counts) == {"self_employed": 1, "searching": 1, "refused": 1, "open": 1}
    assert (rate.months, rate.total, rate.answered) == (1, 4, 2)
    assert (rate.working_among_answers, rate.working_at_least, rate.working_at_most) == (50, 25, 75)


def test_a_checkpoint_to_come_is_not_counted(opened):
    opened(TODAY.date() - timedelta(days=3))

    assert outcome_rates(Checkpoint.objects.all(), TODAY.date()) == []


class TestReady:
    def test_the_lights_have_names_and_a_young_process_is_starting(self, client, db):
        checks = client.get("/readyz").json()["checks"]

        assert set(checks) == {"database", "migrations", "broker", "storage", "beat"}
        assert (checks["database"], checks["migrations"], checks["storage"]) == ("ok", "ok", "ok")


class TestFigures:
    """By town: the path of these tests has no rows of its own, so the ideas of the contest stand in."""

    @pytest.fixture
    def ideas(self, db, monkeypatch):
        found = []
        monkeypatch.setattr(paths, "REGISTRY", {INCUBATION: INCUBATION_PATH})
        for town, situation in ((RHO, "self_employed"), (RHO, ""), (PERO, "searching"), (None, "")):
            idea = IdeaFactory(chosen=True, municipality_id=town)
            plan = open_plan(INCUBATION, anchor_on=date(2026, 5, 10), by=None, now=TODAY, attach=idea.follow_by)
            idea.save()
            if situation:
                answer(plan.checkpoints.get(months=6), {"situation": situation}, channel="phone", by=None, now=TODAY)
            found.append(idea)
        return found

    @pytest.fixture
    def coordinator(self, client, db):
        client.force_login(staff("coord@example.org", role="coordinator"))
        return client

    def test_by_town_with_the_unknown_and_those_of_no_town_last(self, coordinator, ideas):
        page = coordinator.get("/monitoraggio/?per=town")

        bars = page.context["chart"]["bars"]
        assert [(bar.rate.total, bar.rate.answered, bar.rate.working) for bar in bars] == [(1, 1, 0), (2, 1, 1), (1, 0, 0)]
        assert [bar.rate.label for bar in bars][:2] == ["Pero", "Rho"]
        assert page.context["months"] == 6

    def test_one_town_alone(self, coordinator, ideas):
        (rate,) = [bar.rate for bar in coordinator.get(f"/monitoraggio/?comune={RHO}").context["chart"]["bars"]]

        assert (rate.total, rate.answered) == (2, 1)

    def test_the_figures_leave_as_a_file(self, coordinator, ideas):
        response = coordinator.get("/monitoraggio/?per=town&formato=csv&cosa=figure")

        lines = b"".join(response.streaming_content).decode().strip().splitlines()
        assert len(lines) == 4
        assert "Rho" in lines[2]

    @pytest.mark.parametrize(
        "query", ["?per=town", "?per=firm", "?per=cohort&mesi=x", "?stato=divergent", "?azienda=9&gruppo=x"]
    )
    def test_every_view_of_the_figures_opens_and_costs_the_same(
        self, coordinator, ideas, query, django_assert_max_num_queries
    ):
        costs = []
        for _round in range(2):
            with django_assert_max_num_queries(24) as captured:
                assert coordinator.get(f"/monitoraggio/{query}").status_code == 200
            costs.append(len(captured))
            idea = IdeaFactory(chosen=True, municipality_id=RHO)
            open_plan(INCUBATION, anchor_on=date(2026, 5, 10), by=None, now=TODAY, attach=idea.follow_by)
            idea.save()

        assert costs[0] == costs[1]
